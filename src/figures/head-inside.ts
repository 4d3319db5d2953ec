import { counted, listed, percent, type Table } from './table.ts';

/** A part of the scores: `content`, and a number a key. */
export interface Term {
  readonly title: string;
  readonly values: ArrayLike<number>;
}

/** One head for one query: what it computes from, key by key. */
export interface HeadNumbers {
  readonly tokens: readonly string[];
  /** The place that asks. */
  readonly query: number;
  /** The place of the first key, where that is not 0. */
  readonly first?: number;
  /** Whether it is a kernel over neighbours: what it weighs hangs on the place and not on what stands there. */
  readonly isKernel?: boolean;
  /** The token there, where it stands in another text than the keys. */
  readonly asker?: string | undefined;
  /** What keys and values are made of, row-major [key, width]. */
  readonly state?: { readonly values: ArrayLike<number>; readonly width: number };
  /** What queries and keys are made of, where that is something narrower. */
  readonly narrowed?: { readonly values: ArrayLike<number>; readonly width: number } | undefined;
  /** The query's numbers, and those of the keys, row-major [key, numbers]. */
  readonly asked?: ArrayLike<number>;
  readonly keys?: ArrayLike<number>;
  /** What each score is the sum of; one term is the score itself. */
  readonly terms?: readonly Term[];
  /** A score a key, before the mask. */
  readonly scores: ArrayLike<number>;
  /** Whether the query may see the key. */
  readonly mask: readonly boolean[];
  /** What softmax makes of scores and mask: they add up to 1. */
  readonly shares: ArrayLike<number>;
  /** Row-major [key, numbers]. */
  readonly values: ArrayLike<number>;
  /** How many numbers a value has: the width of the head. */
  readonly numbers: number;
}

/** One line of the weighted sum: a key, or all the others together. */
export interface Summand {
  /** The key; absent for the others. */
  readonly key?: number;
  /** How many keys it stands for. */
  readonly keys: number;
  readonly share: number;
  /** The value; of the others the mean, weighted by their shares. */
  readonly value: readonly number[];
}

/** How many keys have a line of their own. */
const most = 4;

/** What the query gathers: over all keys, share times value. */
export const weightedSum = ({ tokens, shares, values, numbers }: HeadNumbers): readonly number[] =>
  Array.from({ length: numbers }, (_, c) =>
    tokens.reduce((sum, __, j) => sum + (shares[j] ?? 0) * (values[j * numbers + c] ?? 0), 0),
  );

/** The keys by their share, the largest first; those after the fourth in one line. */
export function summandsOf({ tokens, shares, values, numbers }: HeadNumbers): readonly Summand[] {
  const vectorOf = (j: number) => Array.from({ length: numbers }, (_, c) => values[j * numbers + c] ?? 0);
  const order = [...tokens.keys()].sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0) || a - b);
  const own = order
    .slice(0, most)
    .map((key): Summand => ({ key, keys: 1, share: shares[key] ?? 0, value: vectorOf(key) }));
  const others = order.slice(most);
  if (others.length === 0) return own;
  const share = others.reduce((sum, j) => sum + (shares[j] ?? 0), 0);
  const value = Array.from({ length: numbers }, (_, c) => {
    const sum = others.reduce((total, j) => total + (shares[j] ?? 0) * (values[j * numbers + c] ?? 0), 0);
    return share > 0 ? sum / share : 0;
  });
  return [...own, { keys: others.length, share, value }];
}

/** The number that is written out: the wanted one, else the one that is largest in the sum. */
export function componentOf(head: HeadNumbers, wanted: number | undefined): number {
  if (wanted !== undefined && wanted >= 0 && wanted < head.numbers) return wanted;
  const sizes = weightedSum(head).map(Math.abs);
  return Math.max(0, sizes.indexOf(Math.max(...sizes)));
}

/** A number with a true minus: `−1.20`. */
export const signed = (value: number, digits: number): string => {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
};

const brackets = (value: number): string => (value < 0 ? `(${signed(value, 2)})` : signed(value, 2));
/** Large numbers and small ones with four digits: `1,901`, `0.0213`, `2.4e+9`. */
const fourDigits = (value: number): string =>
  value >= 1e7 || value < 1e-4 ? value.toExponential(1) : value.toLocaleString('en', { maximumSignificantDigits: 4 });

/** How the score of a key comes about, at length and shortly. */
export function spellScore(head: HeadNumbers, key: number): readonly string[] {
  const { scores, terms = [], numbers, asked } = head;
  const score = scores[key] ?? 0;
  const name = nameOf(head, key);
  if (terms.length > 1) {
    const parts = terms.map(({ title, values }) => ({ title, value: values[key] ?? 0 }));
    return [
      `${name}: ${parts.map(({ title, value }) => `${title} ${brackets(value)}`).join(' + ')} = ${signed(score, 2)}`,
      `${parts.map(({ value }) => brackets(value)).join(' + ')} = ${signed(score, 2)}`,
    ];
  }
  if (!asked) return [];
  const root = Math.sqrt(numbers);
  const product = `${signed(score * root, 2)} ÷ ${root.toFixed(2)} = ${signed(score, 2)}`;
  return [`${name}: query · key ÷ √${numbers} = ${product}`, product];
}

/** How its share comes about. */
export function spellShare(head: HeadNumbers, key: number): readonly string[] {
  const { tokens, scores, mask, shares } = head;
  const name = nameOf(head, key);
  if (!mask[key]) return [`${name}: −∞ stays −∞, and e to the −∞ is 0`];
  const own = Math.exp(scores[key] ?? 0);
  const all = tokens.reduce((sum, _, j) => sum + (mask[j] ? Math.exp(scores[j] ?? 0) : 0), 0);
  const share = shares[key] ?? 0;
  const written = share < 0.01 ? `${fourDigits(100 * share)} %` : percent(share);
  const ratio = `${fourDigits(own)} ÷ ${fourDigits(all)} = ${written}`;
  const seen = mask.filter(Boolean).length;
  return [
    `${name}: e to the ${signed(scores[key] ?? 0, 2)} is ${fourDigits(own)}, all ${seen} together ${fourDigits(all)}; ${ratio}`,
    ratio,
  ];
}

/** A key by its token and its place. */
export const nameOf = ({ tokens, first = 0 }: Pick<HeadNumbers, 'tokens' | 'first'>, j: number): string =>
  `${tokens[j] ?? ''} (${j + first})`.trim().replace('(-', '(−');

/** One sentence that is true of the picture. */
export function describeHead(head: HeadNumbers, component?: number): string {
  const { tokens, query, mask, numbers, asker, isKernel, first = 0 } = head;
  const blocked = tokens.filter((_, j) => !mask[j]).length;
  const c = componentOf(head, component);
  const top = summandsOf(head).flatMap(({ key, share }) =>
    key === undefined || share < 0.01 ? [] : [`${nameOf(head, key)} ${percent(share)}`],
  );
  const asked = asker === undefined ? nameOf(head, query) : `${asker} (${query + first})`;
  const masked = blocked === 0 ? 'the mask forbids none' : `the mask forbids ${blocked}`;
  return (
    (isKernel
      ? `One kernel for ${nameOf(head, query)} over ${counted(tokens.length, 'place')}: `
      : `One head for the query ${asked} over ${counted(tokens.length, 'key')}: ${masked}, `) +
    `softmax gives ${listed(top)}, and number ${c + 1} of the ${numbers} that it gathers is ` +
    `${signed(weightedSum(head)[c] ?? 0, 3)}.`
  );
}

/** A row a key; the last one is the sum. */
export function tabulateHead(head: HeadNumbers, component?: number): Table {
  const { tokens, scores, mask, shares, values, numbers, terms = [] } = head;
  const c = componentOf(head, component);
  const summed = terms.length > 1 ? terms : [];
  return {
    columns: [
      'Key',
      ...summed.map(({ title }) => `Score by ${title}`),
      'Score',
      'Mask',
      'Share',
      `Number ${c + 1} of its value`,
      'Share × number',
    ],
    rows: [
      ...tokens.map((_, j) => {
        const share = shares[j] ?? 0;
        const value = values[j * numbers + c] ?? 0;
        return [
          nameOf(head, j),
          ...summed.map((term) => signed(term.values[j] ?? 0, 2)),
          signed(scores[j] ?? 0, 2),
          mask[j] ? '0' : '−∞',
          share.toFixed(4),
          signed(value, 3),
          signed(share * value, 3),
        ];
      }),
      ['the sum', ...summed.map(() => ''), '', '', '1', '', signed(weightedSum(head)[c] ?? 0, 3)],
    ],
  };
}
