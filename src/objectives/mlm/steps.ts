import type { Rng } from '../../core/rng.ts';
import type { Vocabulary } from '../../text/document.ts';
import type { Sequence } from '../objective.ts';
import type { Tape } from '../tape.ts';
import type { MlmOptions } from './options.ts';
import type { Unit } from './units.ts';

/** Why a word that came up is not asked for: it would overshoot the number wanted, or it is taken already. */
export type Skip = 'too long' | 'covered';

export type MlmStep =
  /** Which of the stored masks is used. */
  | { readonly kind: 'copy'; readonly about: 0; readonly copy: number; readonly chance: number }
  /** How many tokens are asked for; about 0 = of all or of content words, 1 = of the others. */
  | { readonly kind: 'count'; readonly about: number; readonly count: number; readonly chance: number }
  /** The word or token that came up `about`-th. */
  | {
      readonly kind: 'unit';
      readonly about: number;
      readonly positions: Unit;
      readonly skipped?: Skip;
      readonly chance?: number;
    }
  /** How many words from the `about`-th one on; `positions` are those of the run, shortened until it fits. */
  | {
      readonly kind: 'size';
      readonly about: number;
      readonly size: number;
      readonly positions: Unit;
      readonly skipped?: Skip;
      readonly chance: number;
    }
  /** What the token at `about` is shown as; `id` is what stands there then. */
  | {
      readonly kind: 'outcome';
      readonly about: number;
      readonly outcome: 'mask' | 'random' | 'keep';
      readonly id: number;
      readonly chance: number;
    }
  /** Which other token is shown at `about`. */
  | { readonly kind: 'token'; readonly about: number; readonly id: number; readonly chance: number };

/** What all parts of one recording work on. */
export interface Recording {
  readonly input: Sequence;
  readonly options: MlmOptions;
  readonly vocabulary: Vocabulary;
  readonly rng: Rng;
  readonly tape: Tape<MlmStep>;
}
