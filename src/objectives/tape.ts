import type { Rng } from '../core/rng.ts';
import type { Vocabulary } from '../text/document.ts';

/** One random decision as data: what kind, about what (a place, or a counter), and how probable it was. */
export interface TapeStep {
  readonly kind: string;
  readonly about: number;
  readonly chance?: number;
}

/** The steps of one kind. */
export type StepOf<S extends TapeStep, K extends S['kind']> = Extract<S, { readonly kind: K }>;

/** All steps of one kind, in their order. */
export const stepsOf = <S extends TapeStep, K extends S['kind']>(steps: readonly S[], kind: K): StepOf<S, K>[] =>
  steps.filter((step): step is StepOf<S, K> => step.kind === kind);

/** Draws as the steps that made them, in the order they were made. */
export interface Taped<S extends TapeStep> {
  readonly steps: readonly S[];
}

/** One of several, each known by a number: its first place, or its index. */
export interface Choice<Chosen> {
  /** What may be chosen. */
  readonly open: readonly number[];
  /** What a step has chosen; a number that is never open if it is there no more. */
  readonly of: (step: Chosen) => number;
  /** The step that chooses this; `misfit` is the held one in whose stead it stands. */
  readonly make: (chosen: number, misfit?: Chosen) => Chosen;
  /** Draws among them, all alike; absent: the first one, where their order was drawn before. */
  readonly rng?: Rng;
  /** What must still be true of a held step besides that its choice is open. */
  readonly fits?: (step: Chosen) => boolean;
  /** A held step that does not fit keeps its choice if that is open, and is made anew; else it chooses again. */
  readonly stays?: boolean;
  /**
   * Whether a fresh choice may be what another step holds, which then has to choose again. `never`: only if nothing
   * else is open. `once`: the one that is drawn anew may, and who loses its choice takes what nobody holds, so that
   * two change places. `freely`: any may.
   */
  readonly swaps?: 'never' | 'once' | 'freely';
}

/** Takes down decisions; steps that are held from an earlier tape are used again wherever they still can be. */
export interface Tape<S extends TapeStep> {
  readonly steps: readonly S[];
  /** Held steps of a kind, whether or not they were used yet. */
  held<K extends S['kind']>(kind: K): readonly StepOf<S, K>[];
  /**
   * The held step of this kind about this, if it `fits`, else a fresh one, which may go by the one that did not fit.
   */
  take<K extends S['kind']>(
    kind: K,
    about: number,
    fresh: (misfit?: StepOf<S, K>) => StepOf<S, K>,
    fits?: (step: StepOf<S, K>) => boolean,
  ): StepOf<S, K>;
  /**
   * The held step of this kind about this, if what it chose is open and it fits; else a fresh choice, which leaves to
   * the other held steps what is theirs as far as `swaps` says.
   */
  choose<K extends S['kind']>(kind: K, about: number, choice: Choice<StepOf<S, K>>): StepOf<S, K>;
}

export function createTape<S extends TapeStep>(held: readonly S[]): Tape<S> {
  const steps: S[] = [];
  const heldOf = <K extends S['kind']>(kind: K) => stepsOf(held, kind);
  const heldAbout = <K extends S['kind']>(kind: K, about: number) =>
    held.length === 0 ? undefined : heldOf(kind).find((step) => step.about === about);
  const put = <One extends S>(step: One): One => {
    steps.push(step);
    return step;
  };
  return {
    steps,
    held: heldOf,
    take(kind, about, fresh, fits = () => true) {
      const old = heldAbout(kind, about);
      return put(old !== undefined && fits(old) ? old : fresh(old));
    },
    choose(kind, about, { open, of, make, rng, fits = () => true, stays = false, swaps = 'never' }) {
      const old = heldAbout(kind, about);
      if (old !== undefined && open.includes(of(old))) {
        if (fits(old)) return put(old);
        if (stays) return put(make(of(old), old));
      }
      const isAny = held.length === 0 || swaps === 'freely' || (swaps === 'once' && old === undefined);
      const spoken = new Set(isAny ? [] : heldOf(kind).map(of));
      const unspoken = isAny ? open : open.filter((one) => !spoken.has(one));
      const from = unspoken.length > 0 ? unspoken : open;
      return put(make(from[rng ? rng.int(from.length) : 0]!, old));
    },
  };
}

/** Makes all decisions about an input, holding on to `held` where that is possible. */
export type Recorder<In, Options, S extends TapeStep> = (
  input: In,
  options: Options,
  vocabulary: Vocabulary,
  rng: Rng,
  held: readonly S[],
) => Taped<S>;

/** What an objective gets for writing its draws on a tape: drawing, scrubbing, and drawing one decision anew. */
export function taped<In, Options, S extends TapeStep>(record: Recorder<In, Options, S>) {
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
