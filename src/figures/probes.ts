import { percent, type Table } from './table.ts';

/** What a model says at one masked place. */
export interface Probe {
  readonly position: number;
  /** The token that stood there. */
  readonly truth: string;
  /** The most probable tokens, most probable first. */
  readonly guesses: readonly { readonly token: string; readonly share: number }[];
  /** Probability of the truth, and how many tokens are at least as probable (1 = it is the first guess). */
  readonly truthShare: number;
  readonly truthRank: number;
}

/** One sentence that is true of the predictions. */
export function describeProbes(probes: readonly Probe[]): string {
  if (probes.length === 0) return 'No probe position.';
  const right = probes.filter(({ truthRank }) => truthRank === 1).length;
  const each = probes.map(
    ({ position, truth, truthShare }) => `${truth} at position ${position} has ${percent(truthShare)}`,
  );
  return `The first guess is right at ${right} of ${probes.length} masked places: ${each.join(', ')}.`;
}

export const tabulateProbes = (probes: readonly Probe[]): Table => ({
  columns: ['Position', 'Rank', 'Token', 'Probability', 'Truth'],
  rows: probes.flatMap(({ position, truth, guesses, truthShare, truthRank }) => [
    ...guesses.map(({ token, share }, i) => [position, i + 1, token, percent(share), token === truth ? 'yes' : 'no']),
    ...(guesses.some(({ token }) => token === truth) ? [] : [[position, truthRank, truth, percent(truthShare), 'yes']]),
  ]),
});
