import type { Field } from '../objective.ts';

export type DenoiseOptions = {
  /** `clean`: as the paper describes it; `reference`: as the published code does it, quirks included. */
  readonly mode: 'clean' | 'reference';
  /** Share of the sentences that change places among themselves. */
  readonly permuteShare: number;
  /** Share of the words that are shown as [MASK], one for one. */
  readonly maskRate: number;
  /** Share of the words that are taken out without a trace. */
  readonly deleteRate: number;
  /** Share of the words that vanish in spans, each span behind one [MASK]. */
  readonly infillRate: number;
  /** `poisson`: as the paper has it; `sentence`: one span of 1 to 5 words in each sentence, whose floor is known. */
  readonly spans: 'poisson' | 'sentence';
  /** Mean length of a span: Poisson. Lewis et al. 2020, §2.2. */
  readonly lambda: number;
  /** Share of replacements that are another token instead of [MASK]. */
  readonly randomShare: number;
  /** Tokens put in, as a share of those there. */
  readonly insertRate: number;
  /** How often the text is turned so that it begins elsewhere. */
  readonly rotateRate: number;
};

/** What the published models were trained with: infilling and sentence permutation. Lewis et al. 2020, §3. */
export const defaults: DenoiseOptions = {
  mode: 'clean',
  permuteShare: 1,
  maskRate: 0,
  deleteRate: 0,
  infillRate: 0.3,
  spans: 'poisson',
  lambda: 3,
  randomShare: 0,
  insertRate: 0,
  rotateRate: 0,
};

export const fields: readonly Field<DenoiseOptions>[] = [
  { key: 'permuteShare', label: 'Shuffle sentences', hint: 'Share of sentences that change places.', kind: 'rate' },
  { key: 'maskRate', label: 'Mask words', hint: 'Share of words shown as [MASK].', kind: 'rate' },
  { key: 'deleteRate', label: 'Delete words', hint: 'Share of words taken out.', kind: 'rate' },
  { key: 'infillRate', label: 'Hide spans', hint: 'Share of words in spans, one [MASK] each.', kind: 'rate' },
  {
    key: 'spans',
    label: 'Spans',
    hint: 'How many, and how long.',
    kind: 'choice',
    choices: [
      { value: 'poisson', label: 'Poisson lengths (BART)' },
      { value: 'sentence', label: 'one a sentence' },
    ],
    when: ({ mode, infillRate }) => mode === 'clean' && infillRate > 0,
  },
  {
    key: 'lambda',
    label: 'Span length λ',
    hint: 'Mean length of a span.',
    kind: 'number',
    min: 0.1,
    max: 10,
    step: 0.1,
    when: ({ mode, spans, infillRate }) => (mode === 'reference' || spans === 'poisson') && infillRate > 0,
  },
  { key: 'randomShare', label: 'Another token', hint: 'Instead of [MASK], so often.', kind: 'rate' },
  { key: 'insertRate', label: 'Insert tokens', hint: 'Tokens put in, as a share.', kind: 'rate' },
  { key: 'rotateRate', label: 'Rotate', hint: 'How often the text begins elsewhere.', kind: 'rate' },
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

/** Words to be touched of `count`: rounded up; in reference mode in 32-bit floats, which gives one more at times. */
export function budgetOf(rate: number, count: number, mode: DenoiseOptions['mode']): number {
  if (rate === 0) return 0;
  const exact = mode === 'reference' ? Math.fround(count * Math.fround(rate)) : count * rate - 1e-6;
  return Math.min(count, Math.ceil(exact));
}

/** P(length = k) of a Poisson distribution, up to the first that falls below 1e-7: 0 … 17 for λ = 3. */
export function poissonWeights(lambda: number): number[] {
  const weights = [Math.exp(-lambda)];
  for (let k = 1; weights[k - 1]! >= 1e-7 || k <= lambda; k++) weights.push((weights[k - 1]! * lambda) / k);
  return weights;
}

/** Longest span where each sentence has one. */
export const longestInSentence = 5;
