import type { Extra, TapeState } from './tape.ts';

/** A value of an option. */
export type Plain = string | number | boolean;

/** What a reader changed in a tape, measured against where it began: all that an address has to say. */
export interface TapeChange {
  /** Empty: a text drawn from the corpus. */
  readonly sentence?: string;
  readonly seed?: string;
  readonly draw?: number;
  readonly redraws?: readonly number[];
  readonly at?: number;
  readonly options?: Readonly<Record<string, Plain>>;
  readonly extra?: Extra;
}

export const isPlain = (value: unknown): value is Plain => ['string', 'number', 'boolean'].includes(typeof value);

const ifDiffers = <T>(value: T, from: T): T | undefined => (value === from ? undefined : value);
/** Undefined where nothing is in it. */
const filled = <T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> | undefined =>
  entries.length > 0 ? Object.fromEntries(entries) : undefined;

/** The difference between a start and what the reader made of it. */
export function changeOf(start: TapeState, state: TapeState): TapeChange {
  const options = Object.entries(state.options).flatMap(([key, value]) =>
    isPlain(value) && value !== start.options[key] ? [[key, value] as const] : [],
  );
  return {
    sentence: state.sentence === start.sentence ? undefined : (state.sentence ?? ''),
    seed: ifDiffers(state.seed, start.seed),
    draw: ifDiffers(state.draw, start.draw),
    redraws: state.redraws.length > 0 ? state.redraws : undefined,
    at: state.at,
    options: filled(options),
    extra: filled(Object.entries(state.extra ?? {}).filter(([, value]) => value !== undefined)),
  };
}

/** The start with the reader's changes put over it: once something was changed, all decisions are shown. */
export function stateOf(start: TapeState, change: TapeChange): TapeState {
  const isChanged = Object.values(change).some((value) => value !== undefined);
  const sentence = change.sentence ?? start.sentence;
  return {
    sentence: sentence === '' ? undefined : sentence,
    seed: change.seed ?? start.seed,
    draw: change.draw ?? start.draw,
    redraws: change.redraws ?? start.redraws,
    at: change.at ?? (isChanged ? undefined : start.at),
    options: { ...start.options, ...change.options },
    extra: change.extra,
  };
}
