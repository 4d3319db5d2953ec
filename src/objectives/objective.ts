import type { AnySource } from '../core/papers.ts';
import type { Rng } from '../core/rng.ts';
import type { Document, Vocabulary } from '../text/document.ts';
import type { HiddenSpan, Relation } from '../text/exact.ts';
import type { Frame } from './frame.ts';
import type { Carried } from './rows.ts';

/** The label of a position that bears no loss, as in PyTorch. */
export const IGNORE = -100;

/** One option of an objective, as a control and as a check: menus and error messages are made from it. */
export type Field<Options> = {
  readonly key: keyof Options & string;
  readonly label: string;
  readonly hint: string;
  /** Whether it changes anything beside these other options; where it does not, it is not offered. Absent: always. */
  when?(options: Options): boolean;
} & (
  | { readonly kind: 'rate'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'count'; readonly min: number; readonly max: number }
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly step: number }
  | { readonly kind: 'choice'; readonly choices: readonly { readonly value: string; readonly label: string }[] }
  | { readonly kind: 'flag' }
);

/** A draw explained: a place, what happened there, and words for it. For a pairing `position` is a run: 0 or 1. */
export interface Note {
  readonly position: number;
  readonly kind: 'hidden' | 'replaced' | 'kept' | 'moved' | 'removed' | 'inserted' | 'asked';
  readonly text: string;
}

/** One random decision on the tape, in the order drawn. */
export interface Decision {
  /** What was decided, as a short question: `Which position?` */
  readonly question: string;
  /** What came out: `6 (mat)`. */
  readonly answer: string;
  /** The place in the sequence it is about, if it is about one. */
  readonly position?: number;
  /** How probable this outcome was, if that is a plain number. */
  readonly chance?: number;
}

/** What can be said of an objective without drawing: `facts.ts` of its folder, for menus, charts and checks. */
export interface Facts<Options> {
  readonly id: string;
  readonly name: string;
  /** What its loss asks, as a chart calls it: `hidden tokens`; absent: its name. */
  readonly title?: string;
  /** One sentence for a menu. */
  readonly summary: string;
  readonly source: AnySource;
  readonly defaults: Options;
  readonly fields: readonly Field<Options>[];
}

export interface PairingFacts<Options> extends Facts<Options & PairingOptions> {
  readonly kind: 'pairing';
  /** How its two runs may belong together, for exact floors. */
  readonly relation: Relation;
  /** What label 0 and label 1 say of a pair; absent: it asks nothing. */
  readonly labels?: readonly [string, string];
}

export interface NoisingFacts<Options> extends Facts<Options> {
  readonly kind: 'noising';
  /** What its example asks for: every architecture that can answer this can be trained with it. */
  readonly asks: Answer;
  /** The kinds that its notes can be of, for the legend of its chips; absent: its own stage says what they mean. */
  readonly kinds?: readonly Note['kind'][];
}

/**
 * An objective is two pure functions: `draw` makes every random decision, `apply` has no randomness at all.
 * What was drawn is plain JSON: it is the tape that pictures show and the very data that trains.
 */
export interface Objective<In, Out, Options, Draws> extends Facts<Options> {
  /**
   * All the chance, none of the effect. Throws `AppError('bad-option' | 'bad-text', …, field)` for impossible input.
   */
  draw(input: In, options: Options, vocabulary: Vocabulary, rng: Rng): Draws;
  /** All the effect, none of the chance. */
  apply(input: In, draws: Draws): Out;
  /** The draws in words and places, for any figure. */
  explain(input: In, draws: Draws): readonly Note[];
  /** The draws as single decisions, in the order they were made. */
  decisions(input: In, draws: Draws, vocabulary: Vocabulary): readonly Decision[];
  /** The state after the first `count` decisions (for scrubbing); with all of them it equals `draws`. */
  upTo(draws: Draws, count: number): Draws;
  /** Decision `at` drawn anew, all others left as they are as far as that is possible. */
  redraw(input: In, draws: Draws, at: number, options: Options, vocabulary: Vocabulary, rng: Rng): Draws;
}

/**
 * Chooses which text goes together. Its input is all documents; it draws one passage of at most `maxLength` tokens
 * packed.
 */
export interface Pairing<Options, Draws>
  extends PairingFacts<Options>,
    Objective<readonly Document[], Passage, Options & PairingOptions, Draws> {
  /**
   * No chance: what a row reads in its turn, going on where the turn before ended and beginning again at the end of
   * its share of the documents; absent: every example is drawn anew. Throws as `draw` does.
   */
  follow?(documents: readonly Document[], options: Options & PairingOptions, at: Turn): Draws;
}

/** Where a row of a run stands: row `row` of `rows`, in its `turn`-th step; turn 0 is the first. */
export interface Turn {
  readonly row: number;
  readonly rows: number;
  readonly turn: number;
}

/** What a model is asked to say; an architecture names those its heads and masks can give. */
export type Answer =
  /** The original at each scored place, read from all that is seen. */
  | 'tokens'
  /** Each token from those before it, the others out of sight. */
  | 'next token'
  /** The original at each target, which sees only what `permMask` lets it see. */
  | 'tokens in order'
  /** Of every token, whether it is the original; a generator fills in the scored places. */
  | 'originality'
  /** The whole text, written by a decoder. */
  | 'text';

/** Chooses what is hidden, reordered or replaced. The label of a pair is put to its example by `makeExample`. */
export interface Noising<Options, Draws> extends NoisingFacts<Options>, Objective<Sequence, Example, Options, Draws> {
  /**
   * At most this many positions of a sequence of `length` tokens bear loss: the fixed number of prediction slots a
   * row. `goesOn`: a sequence may have a `next` token.
   */
  slots(options: Options, length: number, goesOn?: boolean): number;
  /** Runs of tokens that are hidden as a whole, by their places before any noise; absent: there are none. */
  hidden?(draws: Draws): readonly HiddenSpan[];
  /** An example that asks for just these places, nothing drawn; absent: they are shown as [MASK]. */
  ask?(sequence: Sequence, positions: readonly number[], vocabulary: Vocabulary): Example;
}

/** What every pairing must know. */
export interface PairingOptions {
  /** The longest packed sequence, special tokens included. */
  readonly maxLength: number;
  /** What a recipe says is packed around the runs; no option of a person's. */
  readonly frame?: Frame;
}

export interface Passage {
  readonly a: readonly number[];
  readonly b?: readonly number[];
  readonly pairLabel?: 0 | 1;
  /** Where the runs come from, for pictures: one for each run, or those that follow one another in `a`. */
  readonly origin?: readonly Origin[];
  /** What was read of its document in the turns before, where a row reads on; for exact floors. */
  readonly before?: readonly number[];
  /** The token that comes behind the run, where a row reads on: who predicts the next one is asked for it too. */
  readonly next?: number | undefined;
  /** Tokens of `a` in front of each separator within it; absent: there is none. */
  readonly breaks?: readonly number[];
}

/** Sentences `first` … `last` (inclusive) of document `document`, with `skip` tokens cut from the front. */
export interface Origin {
  readonly document: number;
  readonly first: number;
  readonly last: number;
  readonly skip: number;
}

/** A packed passage: [CLS] a [SEP] b [SEP], with the separators within a; or the runs alone. */
export interface Sequence {
  readonly ids: readonly number[];
  readonly segments: readonly number[];
  readonly pairLabel?: 0 | 1;
  /** The token behind the last one, where nothing is packed around a run that goes on. */
  readonly next?: number | undefined;
  /** Tokens that its row has room for, by which published limits go; absent: as many as it has. */
  readonly room?: number;
}

/**
 * What the model sees and what it is asked. `labels[i]` is the original id at a scored position, `IGNORE` elsewhere.
 * What else goes into a batch as it is has its line in `rows.ts`.
 */
export interface Example extends Carried {
  readonly inputIds: readonly number[];
  readonly segments: readonly number[];
  readonly labels: readonly number[];
  /** The places that bear loss, each as often as it is asked; absent: those that have a label, once each. */
  readonly asked?: readonly number[];
  /** `labels[i]` names the original `shift` places to the right; 0 if absent (1: next-token prediction). */
  readonly shift?: number;
  readonly pairLabel?: 0 | 1;
  /** 0: the label stands there but is not asked for; absent where every row of the batch is asked. */
  readonly pairWeight?: 0 | 1 | undefined;
  /** What a decoder reads while it writes; `labels` are then of its places. */
  readonly decoderInputIds?: readonly number[];
  /** For pictures: a factorization order. `order[k]` comes k-th; those that bear loss come last. */
  readonly order?: readonly number[];
  /** For pictures: 1 where the token is not the original one. */
  readonly replaced?: readonly number[];
}

/** Which pairing and which noising, with their options. */
export interface Recipe {
  readonly pairing: string;
  readonly noising: string;
  readonly pairingOptions: object;
  readonly noisingOptions: object;
  /** Absent: that of BERT. */
  readonly frame?: Frame;
}
