import { AppError } from '../../core/errors.ts';
import type { Field } from '../objective.ts';
import { roundHalfEven } from '../round.ts';

export type MlmOptions = {
  /** `clean`: as the paper describes it; `reference`: as the published code does it, quirks included. */
  readonly mode: 'clean' | 'reference';
  /**
   * How many are hidden. `fixed`: the nearest whole number of rate · length, at least one (BERT, ALBERT).
   * `rounded`: rate · length, rounded up or down by chance (RoBERTa). `independent`: a coin for each place
   * (Hugging Face). `content`: a coin for each place, content words and the others at rates of their own.
   */
  readonly count: 'fixed' | 'rounded' | 'independent' | 'content';
  readonly rate: number;
  readonly contentRate: number;
  readonly functionRate: number;
  /** Of the chosen tokens, the share shown as [MASK]. */
  readonly maskShare: number;
  /** Of the chosen tokens, the share shown as another token; what is left is shown as it is. */
  readonly randomShare: number;
  /** At most so many are hidden; 0 sets no limit. */
  readonly cap: number;
  readonly wholeWords: boolean;
  /** Longest run of words hidden together, lengths n in proportion to 1/n. Lan et al. 2020, §4.1. */
  readonly ngram: number;
  /** Masks a sequence is given once and for all; 0 draws anew every time. Liu et al. 2019, §4.1. */
  readonly copies: number;
};

export const defaults: MlmOptions = {
  mode: 'clean',
  count: 'fixed',
  rate: 0.15,
  contentRate: 0.35,
  functionRate: 0.05,
  maskShare: 0.8,
  randomShare: 0.1,
  cap: 0,
  wholeWords: false,
  ngram: 1,
  copies: 0,
};

const isByContent = ({ count }: MlmOptions): boolean => count === 'content';

export const fields: readonly Field<MlmOptions>[] = [
  {
    key: 'count',
    label: 'How many',
    hint: 'How the number of hidden tokens is found.',
    kind: 'choice',
    choices: [
      { value: 'fixed', label: 'a fixed share (BERT)' },
      { value: 'rounded', label: 'rounded by chance (RoBERTa)' },
      { value: 'independent', label: 'a coin a token' },
      { value: 'content', label: 'content words preferred' },
    ],
  },
  {
    key: 'rate',
    label: 'Masking rate',
    hint: 'Share of the tokens that are asked for.',
    kind: 'rate',
    when: ({ count }) => count !== 'content',
  },
  { key: 'contentRate', label: 'Content words', hint: 'Share of content words.', kind: 'rate', when: isByContent },
  { key: 'functionRate', label: 'Other words', hint: 'Share of the others.', kind: 'rate', when: isByContent },
  { key: 'maskShare', label: 'Shown as [MASK]', hint: 'Of the tokens asked for.', kind: 'rate' },
  { key: 'randomShare', label: 'Shown as another', hint: 'Of the tokens asked for; the rest stay.', kind: 'rate' },
  {
    key: 'cap',
    label: 'At most',
    hint: 'Most tokens hidden in a sequence; 0 = no limit.',
    kind: 'count',
    min: 0,
    max: 512,
  },
  { key: 'wholeWords', label: 'Whole words', hint: 'Pieces of a word are hidden together.', kind: 'flag' },
  {
    key: 'ngram',
    label: 'Longest run',
    hint: 'Words hidden in a row, 1 to n.',
    kind: 'count',
    min: 1,
    max: 5,
    when: ({ count, mode }) => count === 'fixed' || (count === 'rounded' && mode === 'clean'),
  },
  {
    key: 'copies',
    label: 'Stored masks',
    hint: 'Masks a sequence keeps; 0 = drawn anew.',
    kind: 'count',
    min: 0,
    max: 100,
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

/** What no single field can say: the shares leave something over. */
export function checkShares({ maskShare, randomShare }: MlmOptions): void {
  if (maskShare + randomShare <= 1 + 1e-9) return;
  const together = Math.round((maskShare + randomShare) * 1000) / 1000;
  throw new AppError(
    'bad-option',
    `The shares shown as [MASK] and as another token add up to ${together}, but together they must be between 0 and 1.`,
    'randomShare',
  );
}

/** max(1, round(rate · length)), capped. Devlin et al. 2019, appendix A.1, and its code. */
export function fixedCount({ rate, cap }: MlmOptions, length: number): number {
  const wanted = Math.max(1, roundHalfEven(rate * length));
  return cap > 0 ? Math.min(cap, wanted) : wanted;
}

/**
 * The most places of a sequence of at most `length` tokens that can be asked for. For coins, five standard deviations
 * above their mean, which not one sequence in a million would pass; what does pass is not asked for.
 */
export function slots(options: MlmOptions, length: number): number {
  const { mode, count, rate, contentRate, functionRate, cap, wholeWords } = options;
  if (count === 'fixed') return fixedCount(options, length);
  const areWordsCounted = wholeWords && (mode === 'reference' || count !== 'rounded');
  if (areWordsCounted) return length;
  const coin = count === 'content' ? Math.max(contentRate, functionRate) : rate;
  const most =
    count === 'rounded'
      ? Math.floor(rate * length) + 1
      : Math.ceil(coin * length + 5 * Math.sqrt(coin * (1 - coin) * length));
  return Math.max(1, Math.min(most, length, cap > 0 ? cap : length));
}
