import type { ComponentProps } from 'svelte';
import type RelayRows from '../RelayRows.svelte';
import type { RelayToken } from '../relay.ts';

const plain = (token: string): RelayToken => ({ original: token, given: token, sampled: token, filled: false });
const filled = (original: string, sampled: string): RelayToken => ({
  original,
  given: '[MASK]',
  sampled,
  filled: true,
});
const special = (token: string): RelayToken => ({ ...plain(token), special: true });
const tokens = [
  special('[CLS]'),
  plain('the'),
  filled('chef', 'chef'),
  filled('cooked', 'ate'),
  plain('the'),
  plain('meal'),
  special('[SEP]'),
];
const shares = [0.01, 0.05, 0.22, 0.84, 0.03, 0.61, 0.01];
const nothing = () => undefined;

export const specimens: Readonly<Record<string, ComponentProps<typeof RelayRows>>> = {
  'a lucky guess and a replacement': { tokens, width: 720, current: 3, onpick: nothing },
  'still to be drawn': {
    tokens: tokens.map((token) => ({
      ...token,
      unasked: true,
      ...(token.filled ? { filled: false, sampled: '?', open: true } : {}),
    })),
    width: 720,
  },
  'with verdicts, narrow': { tokens: tokens.map((token, i) => ({ ...token, share: shares[i]! })), width: 340 },
};
