import { signed } from './head-inside.ts';
import { counted, type Table } from './table.ts';

/** A vector with its name, and how many times it counts. */
export interface VectorLine {
  readonly title: string;
  /** Whether the title is a token. */
  readonly isToken?: boolean;
  /** Absent: once. */
  readonly factor?: number;
  readonly vector: ArrayLike<number>;
}

/** How a norm makes a number of the one before: less the mean, over the spread, times a gain, and a shift. */
export interface NormedBy {
  /** Absent: gain and shift alone. */
  readonly statistics?: { readonly mean: number; readonly spread: number } | undefined;
  readonly gain: ArrayLike<number>;
  readonly shift: ArrayLike<number>;
}

/** Numbers between two maps, before and after their activation. */
export interface Units {
  readonly before: ArrayLike<number>;
  readonly after: ArrayLike<number>;
  /** `gelu`, `relu`. */
  readonly activation: string;
  /** Those that count most, the first first. */
  readonly strongest: readonly number[];
}

/** One step of what is computed at a place. */
export interface VectorStep {
  readonly title: string;
  /** In a few words each: what it does. */
  readonly words: readonly string[];
  /** What is added up. */
  readonly lines: readonly VectorLine[];
  /** What comes of it. */
  readonly total?: VectorLine;
  readonly norm?: NormedBy;
  readonly units?: Units;
}

/** What is computed at one place of a text, step by step. */
export interface VectorSum {
  /** What it is: `The embeddings`, `The feed-forward part of layer 1`. */
  readonly name: string;
  readonly tokens: readonly string[];
  /** The place that is shown. */
  readonly place: number;
  readonly steps: readonly VectorStep[];
  /** The number of the vectors that is written out. */
  readonly component: number;
}

const at = ({ factor = 1, vector }: VectorLine, c: number): number => factor * (vector[c] ?? 0);

/** What the lines of a step add up to, at one number. */
export const sumAt = ({ lines }: VectorStep, c: number): number => lines.reduce((sum, line) => sum + at(line, c), 0);

/** What a line brings, as it is written. */
export const broughtBy = (line: VectorLine, c: number): string => signed(at(line, c), 3);

/** The number of a vector that is largest. */
export function largestOf(vector: ArrayLike<number>): number {
  let found = 0;
  for (let c = 1; c < vector.length; c++) if (Math.abs(vector[c]!) > Math.abs(vector[found]!)) found = c;
  return found;
}

const brackets = (value: number): string => (value < 0 ? `(${signed(value, 3)})` : signed(value, 3));

/** How a norm comes to its number, at length and shortly. `before`: the number that goes in. */
export function spellNorm({ statistics, gain, shift }: NormedBy, before: number, c: number): readonly string[] {
  const [g, s] = [gain[c] ?? 0, shift[c] ?? 0];
  const ending = `× ${brackets(g)} + ${brackets(s)}`;
  if (!statistics) {
    const after = signed(before * g + s, 3);
    return [`${signed(before, 3)} × gain + shift = ${signed(before, 3)} ${ending} = ${after}`];
  }
  const { mean, spread } = statistics;
  const after = signed(((before - mean) / spread) * g + s, 3);
  const middle = `(${signed(before, 3)} − ${brackets(mean)}) ÷ ${spread.toFixed(3)}`;
  return [`(number − mean) ÷ spread × gain + shift = ${middle} ${ending} = ${after}`, `${middle} ${ending} = ${after}`];
}

/** What the activation makes of the strongest unit. */
export function spellUnit({ before, after, activation, strongest }: Units): readonly string[] {
  const [unit] = strongest;
  if (unit === undefined) return [];
  const [from, to] = [signed(before[unit] ?? 0, 3), signed(after[unit] ?? 0, 3)];
  return [
    `unit ${unit + 1} comes to ${from} before the activation; ${activation} makes ${to} of it`,
    `${from} → ${to}`,
  ];
}

/** How many units answer at all. */
export const answering = ({ after }: Units): number => Array.from(after).filter((value) => value > 0).length;

/** One sentence that is true of the picture. */
export function describeSteps({ name, tokens, place, steps, component: c }: VectorSum): string {
  const last = steps.findLast(({ total }) => total)?.total;
  const parts = steps.flatMap(({ lines, total }) =>
    total && lines.length > 0 ? [`${total.title} of ${lines.length}`] : [],
  );
  const summed = parts.length > 0 ? `: ${parts.join(', ')}` : '';
  return (
    `${name} at ${tokens[place] ?? ''} (${place}), ${counted(steps.length, 'step')}${summed}; ` +
    `number ${c + 1} of ${last?.vector.length ?? 0} that goes on is ${last ? broughtBy(last, c) : ''}.`
  );
}

/** A row a line, and one for what each step comes to. */
export const tabulateSteps = ({ steps, component: c }: VectorSum): Table => ({
  columns: ['Step', 'What', 'Times', `Number ${c + 1}`, 'Brings'],
  rows: steps.flatMap(({ title, lines, total, units }) => [
    ...lines.map((line) => [
      title,
      line.title,
      line.factor === undefined ? '' : signed(line.factor, 4),
      signed(line.vector[c] ?? 0, 4),
      broughtBy(line, c),
    ]),
    ...(units?.strongest ?? []).map((unit) => [
      title,
      `unit ${unit + 1}`,
      '',
      signed(units?.before[unit] ?? 0, 4),
      signed(units?.after[unit] ?? 0, 4),
    ]),
    ...(total ? [[title, total.title, '', '', broughtBy(total, c)]] : []),
  ]),
});
