import type { Lab } from './lab.svelte.ts';

/** So long nothing is turned to or changed before the engine gets ready, in milliseconds. */
const calmMs = 2500;

/**
 * The engine gets ready for the run asked for while the reader reads, once `isTime`: Start then waits for little. To be
 * called while a component is set up.
 */
export function readyWhileRead(lab: Lab, isTime: () => boolean): void {
  $effect(() => {
    const { run, runner } = lab;
    if (!isTime() || runner.status !== 'idle') return;
    const timer = setTimeout(() => runner.warm(run), calmMs);
    return () => clearTimeout(timer);
  });
}
