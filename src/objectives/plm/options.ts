import type { Field } from '../objective.ts';
import { roundHalfEven } from '../round.ts';

export type PlmOptions = {
  /** `clean`: as the paper describes it; `reference`: as the published code does it, quirks included. */
  readonly mode: 'clean' | 'reference';
  /**
   * `spans`: short runs with context around them are predicted, in random order (XLNet's code). `random`: the last of
   * a random order of the whole sequence. `identity`: everything from left to right.
   */
  readonly order: 'spans' | 'random' | 'identity';
  /** Share of the tokens that is predicted: 1/K. Yang et al. 2019, §2.3. */
  readonly share: number;
  /** Longest span; lengths n in proportion to 1/n. */
  readonly maxSpan: number;
  /** A span of n has floor(n · alpha / beta) tokens of context around it. */
  readonly maskAlpha: number;
  readonly maskBeta: number;
  /** The two halves of the sequence have orders of their own, the first before the second. */
  readonly halves: boolean;
};

export const defaults: PlmOptions = {
  mode: 'clean',
  order: 'random',
  share: 1 / 6,
  maxSpan: 5,
  maskAlpha: 6,
  maskBeta: 1,
  halves: false,
};

const hasSpans = ({ order, mode }: PlmOptions): boolean => order === 'spans' || mode === 'reference';

export const fields: readonly Field<PlmOptions>[] = [
  {
    key: 'order',
    label: 'What is predicted',
    hint: 'Which tokens, and in which order.',
    kind: 'choice',
    choices: [
      { value: 'random', label: 'the last of a random order' },
      { value: 'spans', label: 'spans, in random order (XLNet)' },
      { value: 'identity', label: 'everything, left to right' },
    ],
  },
  {
    key: 'share',
    label: 'Share predicted',
    hint: 'One K-th of the tokens.',
    kind: 'rate',
    when: ({ order, mode }) => order !== 'identity' || mode === 'reference',
  },
  {
    key: 'maxSpan',
    label: 'Longest span',
    hint: 'Words predicted in a row, 1 to n.',
    kind: 'count',
    min: 1,
    max: 8,
    when: hasSpans,
  },
  {
    key: 'maskAlpha',
    label: 'Context',
    hint: 'Context words for each predicted one.',
    kind: 'count',
    min: 1,
    max: 12,
    when: hasSpans,
  },
  {
    key: 'maskBeta',
    label: 'Context divisor',
    hint: 'Divides the context.',
    kind: 'count',
    min: 1,
    max: 12,
    when: hasSpans,
  },
  {
    key: 'halves',
    label: 'Two halves',
    hint: 'As published: the first half before the second.',
    kind: 'flag',
    when: ({ mode }) => mode === 'reference',
  },
  {
    key: 'mode',
    label: 'Procedure',
    hint: 'As the paper says, or as the published code does.',
    kind: 'choice',
    choices: [
      { value: 'clean', label: 'as described' },
      { value: 'reference', label: 'as published' },
    ],
  },
];

/** How many tokens of a sequence are predicted; XLNet's 85 of 512 is rounded down. */
export function goal({ mode, share }: PlmOptions, length: number): number {
  const wanted = share * length;
  return Math.max(1, mode === 'reference' ? Math.floor(wanted + 1e-9) : roundHalfEven(wanted));
}

/** Split between the halves, the odd one to the first. */
export const halfGoals = (whole: number): readonly [number, number] => [Math.ceil(whole / 2), Math.floor(whole / 2)];

export const slots = (options: PlmOptions, length: number): number =>
  options.order === 'identity' ? length : Math.min(length, goal(options, length));
