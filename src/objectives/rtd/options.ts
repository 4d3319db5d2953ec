import type { Field } from '../objective.ts';
import { roundHalfEven } from '../round.ts';

export type RtdOptions = {
  /** `clean`: as the paper describes it; `reference`: as the published code does it, quirks included. */
  readonly mode: 'clean' | 'reference';
  readonly rate: number;
  /** Where substitutes come from before there is a generator: by how often tokens stand in the text, or any alike. */
  readonly substitutes: 'counts' | 'uniform';
  /** Whether the original may be the substitute, by luck. */
  readonly luck: boolean;
  /** In reference mode: share of the drawn places that the generator sees as [MASK]. */
  readonly maskShare: number;
  /** At most so many places; 0 sets no limit. */
  readonly cap: number;
};

export const defaults: RtdOptions = {
  mode: 'clean',
  rate: 0.15,
  substitutes: 'counts',
  luck: true,
  maskShare: 0.85,
  cap: 0,
};

export const fields: readonly Field<RtdOptions>[] = [
  {
    key: 'rate',
    label: 'Share drawn',
    hint: 'Share of the tokens given to the generator; at least one is.',
    kind: 'rate',
  },
  {
    key: 'substitutes',
    label: 'Substitutes',
    hint: 'Where they come from before a generator has learned.',
    kind: 'choice',
    choices: [
      { value: 'counts', label: 'by word counts' },
      { value: 'uniform', label: 'any word alike' },
    ],
  },
  {
    key: 'luck',
    label: 'Lucky guesses',
    hint: 'The original may be sampled; it then counts as original.',
    kind: 'flag',
  },
  { key: 'cap', label: 'At most', hint: 'Most tokens drawn; 0 = no limit.', kind: 'count', min: 0, max: 512 },
  {
    key: 'maskShare',
    label: 'Hidden from the generator',
    hint: 'As published: 0.85; the rest it sees.',
    kind: 'rate',
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

/**
 * max(1, round(rate · length)), capped; in reference mode also by floor((rate + 0.005) · room), the published room for
 * predictions of a row that has room for so many tokens. Clark et al. 2020, code: `pretrain_helpers.mask`.
 */
export function slots({ mode, rate, cap }: RtdOptions, length: number, room = length): number {
  const most = mode === 'reference' ? Math.floor((rate + 0.005) * room) : length;
  const wanted = Math.min(most, roundHalfEven(rate * length));
  return Math.max(1, cap > 0 ? Math.min(cap, wanted) : wanted);
}
