import type { Rng } from '../core/rng.ts';
import type { Vocabulary } from '../text/document.ts';

/** One random decision as data: what kind, about what (a place, or a counter), and how probable it was. */
export interface Step {
  readonly kind: string;
  readonly about: number;
  readonly chance?: number;
}

/** Draws as the steps that made them, in the order they were made. */
export interface Taped<S extends Step> {
  readonly steps: readonly S[];
}

type Of<S extends Step, K extends S['kind']> = Extract<S, { readonly kind: K }>;

/** Takes down decisions; steps that are held from an earlier tape are used again wherever they still can be. */
export interface Tape<S extends Step> {
  readonly steps: readonly S[];
  /** Held steps of a kind, whether or not they were used yet. */
  held<K extends S['kind']>(kind: K): readonly Of<S, K>[];
  /**
   * The held step of this kind about this, if it `fits`, else a fresh one, which may go by the one that did not fit.
   */
  take<K extends S['kind']>(
    kind: K,
    about: number,
    fresh: (misfit?: Of<S, K>) => Of<S, K>,
    fits?: (step: Of<S, K>) => boolean,
  ): Of<S, K>;
}

export function createTape<S extends Step>(held: readonly S[]): Tape<S> {
  const steps: S[] = [];
  const isOf =
    <K extends S['kind']>(kind: K) =>
    (step: S): step is Of<S, K> =>
      step.kind === kind;
  return {
    steps,
    held: (kind) => held.filter(isOf(kind)),
    take(kind, about, fresh, fits = () => true) {
      const old = held.length === 0 ? undefined : held.filter(isOf(kind)).find((step) => step.about === about);
      const step = old !== undefined && fits(old) ? old : fresh(old);
      steps.push(step);
      return step;
    },
  };
}

/** Makes all decisions about an input, holding on to `held` where that is possible. */
export type Recorder<In, Options, S extends Step> = (
  input: In,
  options: Options,
  vocabulary: Vocabulary,
  rng: Rng,
  held: readonly S[],
) => Taped<S>;

/** What an objective gets for writing its draws on a tape: drawing, scrubbing, and drawing one decision anew. */
export function taped<In, Options, S extends Step>(record: Recorder<In, Options, S>) {
  return {
    draw: (input: In, options: Options, vocabulary: Vocabulary, rng: Rng): Taped<S> =>
      record(input, options, vocabulary, rng, []),
    upTo: (draws: Taped<S>, count: number): Taped<S> => ({ steps: draws.steps.slice(0, Math.max(0, count)) }),
    redraw: (input: In, draws: Taped<S>, at: number, options: Options, vocabulary: Vocabulary, rng: Rng): Taped<S> =>
      record(
        input,
        options,
        vocabulary,
        rng,
        draws.steps.filter((_, i) => i !== at),
      ),
  };
}
