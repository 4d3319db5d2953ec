import { createRng } from '../core/rng.ts';
import type { AnyNoising, AnyPairing } from '../objectives/catalog.ts';
import type { AnyOptions } from '../objectives/facts.ts';
import type { Decision, Objective } from '../objectives/objective.ts';
import { completeOptions } from '../objectives/options.ts';
import type { Vocabulary } from '../text/document.ts';

/** What a stage keeps besides the draws, by names of its own. */
export type Extra = Readonly<Record<string, string | number | readonly number[] | undefined>>;

/** Everything that fixes what a tape shows: plain data, short enough for an address. */
export interface TapeState {
  /** The reader's own sentence; absent: the text is drawn from the corpus. */
  readonly sentence?: string;
  readonly seed: string;
  /** How many times all was drawn anew. */
  readonly draw: number;
  /** Which decisions were then drawn anew one by one, in this order. */
  readonly redraws: readonly number[];
  readonly options: AnyOptions;
  /** How many decisions are shown; absent: all. */
  readonly at?: number;
  /** Belongs to these draws and falls with them. */
  readonly extra?: Extra;
}

/** What a caller may set of a first state. */
export interface TapeStart {
  readonly sentence?: string;
  readonly seed?: string;
  readonly at?: number;
  /** Options that depart from the objective's defaults. */
  readonly options?: AnyOptions;
}

/** The state that a caller's wishes stand for. */
export const startOf = (
  { sentence, seed = '1', at, options }: TapeStart,
  objective?: { readonly defaults: AnyOptions },
): TapeState => ({ sentence, at, seed, draw: 0, redraws: [], options: { ...objective?.defaults, ...options } });

/** The state with all drawn anew. */
export const drawnAnew = <State extends TapeState>(state: State): State => ({
  ...state,
  draw: state.draw + 1,
  redraws: [],
  at: undefined,
  extra: undefined,
});

/** The state with the draws that it began with, however often all was drawn anew since. */
export const drawnFirst = <State extends TapeState>(state: State): State => ({ ...drawnAnew(state), draw: 0 });

/** The state after decision `index` was drawn anew. */
export const redrawn = <State extends TapeState>(state: State, index: number): State => ({
  ...state,
  redraws: [...state.redraws, index],
  extra: undefined,
});

/** The state with the last single redraw taken back. */
export const takenBack = <State extends TapeState>(state: State): State => ({
  ...state,
  redraws: state.redraws.slice(0, -1),
  extra: undefined,
});

/** The state with its first `at` decisions shown; undefined: all. */
export const scrubbed = <State extends TapeState>(state: State, at: number | undefined): State => ({ ...state, at });

/** The state with the reader's own sentence, or with another text of the corpus. */
export const written = <State extends TapeState>(state: State, sentence: string | undefined): State =>
  sentence === undefined ? { ...drawnAnew(state), sentence } : { ...state, sentence, redraws: [], extra: undefined };

/** The state under other options. */
export const chosen = <State extends TapeState>(state: State, options: AnyOptions): State => ({
  ...state,
  options,
  redraws: [],
  extra: undefined,
});

export type AnyObjective = AnyPairing | AnyNoising;
/** A pairing or a noising by what it draws about, whatever it makes. */
export type Drawing<In> = Objective<In, unknown, AnyOptions, unknown> & { readonly kind: 'pairing' | 'noising' };

/** The names of the streams of random draws: every address that was ever sent hangs on them. */
const streams = {
  noising: { all: 'draw', first: 'noise' },
  pairing: { all: 'pair', first: 'draw' },
} as const;

/** All decisions about an input: drawn from the seed, then some of them drawn anew. */
export function drawsOf<In>(
  objective: Drawing<In>,
  input: In,
  { seed, draw, redraws }: TapeState,
  options: AnyOptions,
  vocabulary: Vocabulary,
): unknown {
  const complete = completeOptions(objective, options);
  const { all, first } = streams[objective.kind];
  const rng = createRng(seed).fork(`${all} ${draw}`);
  return redraws.reduce<unknown>(
    (draws, index, k) => objective.redraw(input, draws, index, complete, vocabulary, rng.fork(`redraw ${k}`)),
    objective.draw(input, complete, vocabulary, rng.fork(first)),
  );
}

/** Draws, as far as the tape is played. */
export interface Played {
  /** All draws, and those that are shown. */
  readonly draws: unknown;
  readonly cut: unknown;
  readonly decisions: readonly Decision[];
  /** How many of the decisions are shown. */
  readonly at: number;
}

/** The draws of a state up to where its tape stands. */
export function play<In>(
  objective: Drawing<In>,
  input: In,
  draws: unknown,
  { at: wanted }: TapeState,
  vocabulary: Vocabulary,
): Played {
  const decisions = objective.decisions(input, draws, vocabulary);
  const at = Math.min(wanted ?? decisions.length, decisions.length);
  return { draws, cut: objective.upTo(draws, at), decisions, at };
}

/** What drawing decision `index` anew came to, in words. */
export function redrawWords(index: number, before: Decision | undefined, after: Decision | undefined): string {
  if (!before || !after) return '';
  const result = after.answer === before.answer ? 'the same again' : after.answer;
  return `Draw ${index + 1} drawn anew: ${before.answer} became ${result}. All other draws stand as far as they can.`;
}
