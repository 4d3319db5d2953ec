import type { Lab } from '../lab.svelte.ts';

/** Takes the stored run up, so that it answers as a run that was trained here does. */
export interface TakingUp {
  /** Whether its weights were stored. */
  readonly isOffered: boolean;
  readonly isLoading: boolean;
  /** Why it did not succeed. */
  readonly problem: string | undefined;
  /** At the last step of which there are weights. */
  load(): Promise<void>;
}

/** To be called while a component is set up. */
export function createTakingUp(lab: () => Lab): TakingUp {
  let isLoading = $state(false);
  let problem = $state<string>();
  return {
    get isOffered() {
      const { runner, stored, fit } = lab();
      return runner.status === 'idle' && stored?.loadWeights !== undefined && fit?.isBarred !== true;
    },
    get isLoading() {
      return isLoading;
    },
    get problem() {
      return problem;
    },
    async load() {
      const { stored, run, probe, runner, scene } = lab();
      isLoading = true;
      problem = undefined;
      try {
        const state = (await stored?.loadWeights?.())?.states.at(-1);
        const evaluations = stored?.result?.outcomes[0]?.evaluations ?? [];
        if (!state) return;
        scene.seek(undefined);
        runner.adopt(run, { ...state, evaluations }, probe);
      } catch (error) {
        problem = error instanceof Error ? error.message : String(error);
      } finally {
        isLoading = false;
      }
    },
  };
}
