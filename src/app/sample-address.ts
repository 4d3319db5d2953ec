import { isPlain, type TapeChange } from '../panels/tape-change.ts';

/** What a reader changed in the example on the stage, measured against the step's own start. */
export type SampleChange = TapeChange;

const longestSentence = 600;
const mostRedraws = 64;

const prefix = 'option.';

export function encodeSample({ redraws, options = {}, ...rest }: SampleChange, query: URLSearchParams): void {
  for (const [key, value] of Object.entries(rest)) if (value !== undefined) query.set(key, String(value));
  if (redraws) query.set('redraws', redraws.join('.'));
  for (const [key, value] of Object.entries(options)) query.set(`${prefix}${key}`, JSON.stringify(value));
}

const isCount = (text: string) => /^\d{1,6}$/.test(text);

/**
 * Reads the reader's changes; what cannot be meant is left out and named in `problems`. The panel itself judges
 * options.
 */
export function decodeSample(query: URLSearchParams, problems: string[]): SampleChange {
  const read = <T>(key: string, fits: (text: string) => boolean, make: (text: string) => T, wanted: string) => {
    const text = query.get(key);
    if (text === null) return {};
    if (fits(text)) return { [key]: make(text) };
    problems.push(`${key} must be ${wanted}. It is left out.`);
    return {};
  };
  const options = [...query].flatMap(([name, text]) => {
    if (!name.startsWith(prefix)) return [];
    try {
      const value: unknown = JSON.parse(text);
      if (isPlain(value)) return [[name.slice(prefix.length), value] as const];
    } catch {
      // Said below, like any other value that is none.
    }
    problems.push(`${name} must be a number, true, false or a text in quotes. It is left out.`);
    return [];
  });
  const areCounts = (text: string) => text.split('.').length <= mostRedraws && text.split('.').every(isCount);
  const isShort = (text: string) => text.length <= longestSentence;
  return {
    ...read('sentence', isShort, String, `at most ${longestSentence} characters long`),
    ...read('seed', (text) => text !== '' && isShort(text), String, 'a text'),
    ...read('draw', isCount, Number, 'a whole number'),
    ...read('redraws', areCounts, (text) => text.split('.').map(Number), 'whole numbers with dots between them'),
    ...read('at', isCount, Number, 'a whole number'),
    ...(options.length > 0 && { options: Object.fromEntries(options) }),
  };
}
