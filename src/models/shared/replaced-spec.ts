import type { Blueprint, NamedAxes, Parts } from '../architecture.ts';

type Of = Blueprint<never, Parts>;

/** What the two losses of `replacedTokens` ask. Clark et al. 2020, §2. */
export const replacedQuestions = {
  mlm: {
    logits: 'generator.logits',
    per: 'slot',
    kind: 'token',
    from: 'own',
    title: 'hidden tokens',
    owner: 'generator',
  },
  rtd: { logits: 'discriminator.logits', per: 'token', kind: 'yesNo', from: 'noising', owner: 'discriminator' },
} as const satisfies Of['questions'];

/** λ of Clark et al. 2020, §2, eq. of the joint loss. */
export const replacedWeights = ({ discriminatorWeight }: { readonly discriminatorWeight: number }) => ({
  rtd: discriminatorWeight,
});

/** What `replacedTokens` shows besides its networks: what the discriminator reads, and where that is a replacement. */
export const replacedTaps: readonly NamedAxes[] = [
  { name: 'corrupted', axes: ['batch', 'seq'] },
  { name: 'replaced', axes: ['batch', 'seq'] },
];
