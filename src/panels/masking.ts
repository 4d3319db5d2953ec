import { AppError } from '../core/errors.ts';
import { createRng } from '../core/rng.ts';
import type { AnyNoising, AnyOptions, AnyPairing } from '../objectives/catalog.ts';
import { pack } from '../objectives/make.ts';
import type { Decision, Example, Note, Sequence } from '../objectives/objective.ts';
import { checkOptions } from '../objectives/options.ts';
import type { Document, Tokenizer } from '../text/document.ts';

/** Everything that fixes what the panel shows: plain data, short enough for an address. */
export interface MaskingState {
  /** The sentence, or nothing for a passage drawn from the corpus. */
  readonly sentence?: string;
  readonly seed: string;
  /** How many times all was drawn anew. */
  readonly draw: number;
  /** Which decisions were then drawn anew one by one, in this order. */
  readonly redraws: readonly number[];
  readonly options: AnyOptions;
  /** How many decisions are shown; absent: all. */
  readonly at?: number;
}

/** What a caller may set of a first state. */
export interface MaskingStart {
  readonly sentence?: string;
  readonly seed?: string;
  readonly at?: number;
  /** Options that depart from the objective's defaults. */
  readonly options?: AnyOptions;
}

/** The state that a caller's wishes stand for. */
export const startOf = ({ sentence, seed = '1', at, options }: MaskingStart, noising?: AnyNoising): MaskingState => ({
  ...(sentence === undefined ? {} : { sentence }),
  ...(at === undefined ? {} : { at }),
  seed,
  draw: 0,
  redraws: [],
  options: { ...noising?.defaults, ...options },
});

/** What the panel works with. */
export interface MaskingTools {
  readonly noising: AnyNoising;
  readonly tokenizer: Tokenizer;
  readonly pairing: AnyPairing;
  readonly pairingOptions: AnyOptions;
  readonly documents: readonly Document[];
  /** Longest packed sequence. */
  readonly maxLength: number;
}

/** The text on its way into the objective. */
export interface Packed {
  readonly sequence: Sequence;
  /** Position at which text of another document begins. */
  readonly documentStart?: number;
  /** Sentences for the reader about what did not go in as it was written. */
  readonly remarks: readonly string[];
}

export function packed({ sentence, seed, draw }: MaskingState, tools: MaskingTools): Packed {
  const { tokenizer, pairing, pairingOptions, documents, maxLength } = tools;
  const { vocabulary } = tokenizer;
  if (sentence === undefined) {
    const rng = createRng(seed).fork(`passage ${draw}`).fork('pair');
    const passage = pairing.apply(
      documents,
      pairing.draw(documents, { ...pairing.defaults, ...pairingOptions, maxLength }, vocabulary, rng),
    );
    const [a, b] = passage.origin ?? [];
    return {
      sequence: pack(passage, vocabulary),
      ...(a && b && a.document !== b.document ? { documentStart: passage.a.length + 2 } : {}),
      remarks: [],
    };
  }
  const ids = tokenizer.encode(sentence);
  if (ids.length === 0) {
    throw new AppError(
      'bad-text',
      'There is no text to work on. Write a sentence, or take one from the corpus.',
      'sentence',
    );
  }
  const room = maxLength - 2;
  const unknown = ids.slice(0, room).filter((id) => id === vocabulary.unknownId).length;
  return {
    sequence: pack({ a: ids.slice(0, room) }, vocabulary),
    remarks: [
      ...(ids.length > room
        ? [`Only the first ${room} of ${ids.length} tokens fit into ${maxLength} with the frame; the rest is left out.`]
        : []),
      ...(unknown > 0
        ? [
            `${unknown === 1 ? 'One token is' : `${unknown} tokens are`} not in the vocabulary of this corpus and stand${unknown === 1 ? 's' : ''} as ${vocabulary.tokens[vocabulary.unknownId]}.`,
          ]
        : []),
    ],
  };
}

/** All decisions about a sequence: drawn from the seed, then some of them drawn anew. */
export function drawsOf(state: MaskingState, { sequence }: Packed, { noising, tokenizer }: MaskingTools): unknown {
  const { vocabulary } = tokenizer;
  checkOptions(noising.fields, state.options);
  const rng = createRng(state.seed).fork(`draw ${state.draw}`);
  return state.redraws.reduce<unknown>(
    (draws, index, k) => noising.redraw(sequence, draws, index, state.options, vocabulary, rng.fork(`redraw ${k}`)),
    noising.draw(sequence, state.options, vocabulary, rng.fork('noise')),
  );
}

/** What there is to see after the first `at` decisions. */
export interface Shown {
  readonly decisions: readonly Decision[];
  readonly at: number;
  readonly example: Example;
  readonly notes: readonly Note[];
}

export function shownAt(
  state: MaskingState,
  { sequence }: Packed,
  draws: unknown,
  { noising, tokenizer }: MaskingTools,
): Shown {
  const decisions = noising.decisions(sequence, draws, tokenizer.vocabulary);
  const at = Math.min(state.at ?? decisions.length, decisions.length);
  const cut = noising.upTo(draws, at);
  return { decisions, at, example: noising.apply(sequence, cut), notes: noising.explain(sequence, cut) };
}

/** The state after the reader drew decision `index` anew. */
export const redrawn = (state: MaskingState, index: number): MaskingState => ({
  ...state,
  redraws: [...state.redraws, index],
});
/** The state with all drawn anew. */
export const drawnAnew = ({ at: _, ...state }: MaskingState): MaskingState => ({
  ...state,
  draw: state.draw + 1,
  redraws: [],
});
/** The state with the last single redraw taken back. */
export const takenBack = (state: MaskingState): MaskingState => ({ ...state, redraws: state.redraws.slice(0, -1) });
