import { percent, type Table } from './table.ts';

/** What a model says at one masked place. */
export interface Probe {
  readonly position: number;
  /** What stands in front of it, and what it shows itself: `so the`, `[MASK]`. */
  readonly before?: string;
  readonly shown?: string;
  /** The token that stood there; empty where nobody knows: a `[MASK]` was written and no word. */
  readonly truth: string;
  /** The most probable tokens, most probable first. */
  readonly guesses: readonly { readonly token: string; readonly share: number }[];
  /** Probability of the truth, and how many tokens are at least as probable (1 = it is the first guess). */
  readonly truthShare: number;
  readonly truthRank: number;
  /** What is said of that instead, where a rank tells nothing. */
  readonly said?: string | undefined;
  /** e to the entropy: as uncertain as a choice among so many, all equal. */
  readonly among?: number;
  /** What the best possible reader gives the truth. */
  readonly best?: number;
}

/** `first`, `2nd`, `143rd`. */
export function ordinal(n: number): string {
  if (n === 1) return 'first';
  const ending = Math.floor(n / 10) % 10 === 1 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}

/** A word that is written from right to left takes nothing along of what stands beside it. */
const apart = (word: string): string => (/[\u0590-\u08ff]/.test(word) ? `\u2068${word}\u2069` : word);

/** `truth toad: first`; one that is far behind also with its share. */
export const truthOf = ({ truth, truthRank, truthShare, guesses }: Probe): string =>
  truth === ''
    ? 'no word stood here'
    : `truth ${apart(truth)}: ${ordinal(truthRank)}${truthRank > guesses.length ? `, ${percent(truthShare)}` : ''}`;

/** A number of equal choices: one decimal where that tells something. */
export const amongOf = (n: number): string => (n < 20 ? n.toFixed(1) : Math.round(n).toLocaleString('en'));

/** One sentence that is true of the predictions. */
export function describeProbes(probes: readonly Probe[]): string {
  if (probes.length === 0) return 'No probe position.';
  const known = probes.filter(({ truth }) => truth !== '');
  const open = probes.filter(({ truth }) => truth === '');
  const right = known.filter(({ truthRank }) => truthRank === 1).length;
  const each = known.map(
    ({ position, truth, truthShare }) => `${truth} at position ${position} has ${percent(truthShare)}`,
  );
  const first = open.map(({ position, guesses }) => `${guesses[0]?.token ?? 'nothing'} at position ${position}`);
  return [
    ...(each.length > 0
      ? [`The first guess is right at ${right} of ${known.length} masked places: ${each.join(', ')}.`]
      : []),
    ...(first.length > 0 ? [`Where no word stood the first guess is ${first.join(', ')}.`] : []),
  ].join(' ');
}

export const tabulateProbes = (probes: readonly Probe[]): Table => ({
  columns: ['Position', 'Rank', 'Token', 'Probability', 'Truth'],
  rows: probes.flatMap(({ position, truth, guesses, truthShare, truthRank }) => [
    ...guesses.map(({ token, share }, i) => [position, i + 1, token, percent(share), token === truth ? 'yes' : 'no']),
    ...(truth === '' || guesses.some(({ token }) => token === truth)
      ? []
      : [[position, truthRank, truth, percent(truthShare), 'yes']]),
  ]),
});
