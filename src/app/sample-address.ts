import type { Placed } from '../lesson.ts';
import { type KeptKind, keptKeys, stagePanels } from '../panels/stages.ts';
import { isPlain, type TapeChange } from '../panels/tape-change.ts';
import { saidOfStrangers } from './strangers.ts';

/** Changes of several tapes, each under the name that its keys begin with: `pair.draw=2`. */
export type Tapes = Readonly<Record<string, TapeChange>>;

/**
 * What a reader changed on the stage of a step, measured against the step's own start: the first tape has its keys for
 * itself, any further one is among the others.
 */
export interface SampleChange extends TapeChange {
  readonly others?: Tapes;
  /** The letter of the run whose model a lab shows. */
  readonly looked?: string | undefined;
}

const lookedKey = 'model';

/** A run of a lab by its letter; nothing where it is none. */
export const lettered = (query: URLSearchParams): string | undefined => {
  const letter = query.get(lookedKey) ?? '';
  return /^[A-Z]$/.test(letter) ? letter : undefined;
};

const longestSentence = 600;
const mostRedraws = 64;
const mostPlaces = 1024;
const optionPrefix = 'option.';

/** What is placed by the names of tapes: none, the empty one for the first tape, and its panel's for any other. */
export function tapeNames(placed: readonly Pick<Placed, 'kind' | 'name'>[]): readonly (string | undefined)[] {
  const tapes = placed.map(({ kind, name }, place) =>
    kind === 'panel' && stagePanels.includes(name) ? { name, place } : undefined,
  );
  const first = tapes.find((tape) => tape !== undefined);
  return tapes.map((tape) => {
    if (!tape || tape === first) return tape && '';
    const before = tapes.filter((one) => one?.name === tape.name && one !== first && one.place < tape.place).length;
    return before === 0 ? tape.name : `${tape.name}-${before + 1}`;
  });
}

/** What was changed on the tape of that name. */
export function changeAt({ others, looked: _, ...first }: SampleChange, tape: string): TapeChange {
  return tape === '' ? first : (others?.[tape] ?? {});
}

/** The changes with those on one tape replaced. */
export function withChange(sample: SampleChange, tape: string, change: TapeChange): SampleChange {
  return tape === ''
    ? { ...change, others: sample.others }
    : { ...sample, others: { ...sample.others, [tape]: change } };
}

function encodeTape(change: TapeChange, query: URLSearchParams, prefix: string): void {
  const { redraws, options = {}, extra = {}, ...plain } = change;
  const entries = [
    ...Object.entries(plain),
    ['redraws', redraws] as const,
    ...Object.entries(options).map(([key, value]) => [`${optionPrefix}${key}`, JSON.stringify(value)] as const),
    ...Object.entries(extra),
  ];
  for (const [key, value] of entries)
    if (value !== undefined) query.set(`${prefix}${key}`, Array.isArray(value) ? value.join('.') : String(value));
}

/** Writes the changes of several tapes into a query, and returns it. */
export function encodeTapes(tapes: Tapes, query: URLSearchParams): URLSearchParams {
  for (const [name, change] of Object.entries(tapes)) encodeTape(change, query, `${name}.`);
  return query;
}

export function encodeSample({ others = {}, looked, ...first }: SampleChange, query: URLSearchParams): void {
  if (looked !== undefined) query.set(lookedKey, looked);
  encodeTape(first, query, '');
  encodeTapes(others, query);
}

const isCount = (text: string) => /^\d{1,6}$/.test(text);
const isShort = (text: string) => text.length <= longestSentence;
const areCounts = (most: number) => (text: string) => text.split('.').length <= most && text.split('.').every(isCount);
const counts = (text: string) => text.split('.').map(Number);

/** Whether a text can be meant, what it means, and what was wanted. */
type Reading = readonly [fits: (text: string) => boolean, make: (text: string) => unknown, wanted: string];
const kinds: Readonly<Record<KeptKind, Reading>> = {
  count: [isCount, Number, 'a whole number'],
  counts: [areCounts(mostPlaces), counts, 'whole numbers with dots between them'],
  text: [isShort, String, `at most ${longestSentence} characters long`],
};
const readings: Readonly<Record<string, Reading>> = {
  sentence: kinds.text,
  seed: [(text) => text !== '' && isShort(text), String, 'a text'],
  draw: kinds.count,
  redraws: [areCounts(mostRedraws), counts, 'whole numbers with dots between them'],
  at: kinds.count,
};

/**
 * Reads the reader's changes of one tape; what cannot be meant is left out and named in `problems`. The stage itself
 * judges options and what it keeps besides.
 */
function decodeTape(query: URLSearchParams, prefix: string, problems: string[]): TapeChange {
  const entriesOf = (table: Readonly<Record<string, Reading>>) =>
    Object.entries(table).flatMap(([key, [fits, make, wanted]]) => {
      const text = query.get(`${prefix}${key}`);
      if (text === null) return [];
      if (fits(text)) return [[key, make(text)] as const];
      problems.push(`${prefix}${key} must be ${wanted}. It is left out.`);
      return [];
    });
  const options = [...query].flatMap(([name, text]) => {
    if (!name.startsWith(`${prefix}${optionPrefix}`)) return [];
    try {
      const value: unknown = JSON.parse(text);
      if (isPlain(value)) return [[name.slice(prefix.length + optionPrefix.length), value] as const];
    } catch {
      // Said below, like any other value that is none.
    }
    problems.push(`${name} must be a number, true, false or a text in quotes. It is left out.`);
    return [];
  });
  const own = Object.fromEntries(entriesOf(readings));
  const extra = entriesOf(Object.fromEntries(Object.entries(keptKeys).map(([key, kind]) => [key, kinds[kind]])));
  return {
    ...own,
    options: options.length > 0 ? Object.fromEntries(options) : undefined,
    extra: extra.length > 0 ? (Object.fromEntries(extra) as TapeChange['extra']) : undefined,
  };
}

/** The tape that a key of a query is about: `pair` for `pair.draw`, `pair-2` for the second of its panel. */
function tapeOf(key: string): string | undefined {
  const [, name = '', panel = ''] = /^(([a-z-]+?)(?:-\d+)?)\./.exec(key) ?? [];
  return stagePanels.includes(panel) ? name : undefined;
}

/** Reads the changes of all tapes that have a name. */
export function decodeTapes(query: URLSearchParams, problems: string[]): Tapes {
  const names = new Set([...query.keys()].flatMap((key) => tapeOf(key) ?? []));
  return Object.fromEntries([...names].map((name) => [name, decodeTape(query, `${name}.`, problems)]));
}

/** A query without the keys of tapes that have a name. */
export const withoutTapes = (query: URLSearchParams): URLSearchParams =>
  new URLSearchParams([...query].filter(([key]) => tapeOf(key) === undefined));

/** Whether a key, without the name of its tape, says something of a tape. */
const isOfTape = (key: string): boolean =>
  Object.hasOwn(readings, key) || Object.hasOwn(keptKeys, key) || key.startsWith(optionPrefix);

/** `known`: what the page itself reads besides. */
export function decodeSample(query: URLSearchParams, problems: string[], known: readonly string[] = []): SampleChange {
  const first = decodeTape(query, '', problems);
  const others = decodeTapes(query, problems);
  const isKnown = (key: string) => known.includes(key) || isOfTape(key.slice((tapeOf(key)?.length ?? -1) + 1));
  problems.push(...saidOfStrangers([...query.keys()].filter((key) => key !== lookedKey && !isKnown(key))));
  return { ...first, others: Object.keys(others).length > 0 ? others : undefined, looked: lettered(query) };
}
