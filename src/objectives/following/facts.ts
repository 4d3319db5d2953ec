import type { PairingFacts, PairingOptions } from '../objective.ts';
import { maxLengthField } from '../options.ts';

export type FollowingOptions = PairingOptions;

export const facts: PairingFacts<FollowingOptions> = {
  kind: 'pairing',
  id: 'following',
  relation: 'consecutive',
  name: 'Reading on',
  summary: 'Each row goes on in the text where it stopped in the step before, and no question about it.',
  source: { paper: 'transformer-xl', where: '§3.2, segment-level recurrence' },
  defaults: { maxLength: 64 },
  fields: [maxLengthField],
};
