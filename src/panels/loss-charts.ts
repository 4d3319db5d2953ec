import type { Point, References, Series } from '../figures/curve.ts';
import { noisings, pairings } from '../objectives/catalog.ts';
import type { Outcome } from '../training/experiment.ts';
import type { Evaluation, Floors, Step } from '../training/protocol.ts';

/** One loss of a run with the lines that speak of it. */
export interface LossChart {
  readonly name: string;
  readonly title: string;
  readonly series: readonly Series[];
  readonly references: References;
}

/** Who is asked what, by the name of the loss. */
const titles: Readonly<Record<string, string>> = {
  mlm: 'hidden tokens',
  nsp: 'next sentence or not',
  sop: 'order of the sentences',
  plm: 'tokens in the order drawn',
  rtd: 'replaced or original',
  denoise: 'the text written back',
  causal: 'the next token',
};
/** Where two models train together, whose loss it is. */
const owners: Readonly<Record<string, string>> = { mlm: 'generator', rtd: 'discriminator' };

const bestNames: Readonly<Record<string, string>> = {
  rtd: 'best, fakes by word counts',
  'rtd-perfect': 'best, perfect fakes',
};

/** Nats a question of one who knows only that a share `p` of the answers is yes. */
const surprise = (p: number): number => (p <= 0 || p >= 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log(1 - p));

/** All losses of a run, the token's first: also one that comes only after a first phase without it. */
const lossNames = (steps: readonly Step[], evaluations: readonly Evaluation[]): readonly string[] => [
  ...new Set([evaluations[0], steps[0], steps.at(-1)].flatMap((one) => Object.keys(one?.losses ?? {}))),
];

/** The reference lines of one loss: of a yes-or-no question the toss of a coin, of a token its guesses by count and context. */
function referencesOf(name: string, floors: Floors | undefined, asksYesOrNo: boolean): References {
  if (!floors) return [];
  const guesses = asksYesOrNo
    ? [{ name: 'a coin', loss: Math.LN2 }]
    : [
        { name: 'uniform', loss: floors.uniform },
        { name: 'unigram', loss: floors.unigram },
        { name: 'bigram', loss: floors.bigram },
      ];
  const best = Object.entries(floors.best)
    .filter(([of]) => of === name || of.startsWith(`${name}-`))
    .map(([of, { loss }]) => ({ name: bestNames[of] ?? 'best possible', loss, best: true }));
  return [...guesses, ...best.sort((a, b) => b.loss - a.loss)];
}

/** What is known of a run: here and now, and of the same run made before and stored. */
export interface Known {
  readonly steps: readonly Step[];
  readonly evaluations: readonly Evaluation[];
  readonly floors: Floors | undefined;
  readonly stored?: Pick<Outcome, 'evaluations' | 'floors'>;
}

/** A chart a loss, so that every curve is beside the lines of its own question. */
export function lossCharts({ steps, evaluations, floors, stored }: Known): readonly LossChart[] {
  const before = stored?.evaluations ?? [];
  const names = lossNames(steps, evaluations.length > 0 ? evaluations : before);
  return names.map((name, hue) => {
    const asked = titles[name] ?? (noisings[name] ?? pairings[name])?.name.toLowerCase() ?? name;
    const owner = names.includes('rtd') ? owners[name] : undefined;
    const title = owner ? `${owner}: ${asked}` : asked;
    const has = <T extends Step | Evaluation>(one: T) => one.losses[name] !== undefined;
    const pointsOf = (some: readonly (Step | Evaluation)[]) =>
      some.filter(has).map(({ step, losses }): Point => [step, losses[name]!]);
    const judged = evaluations.length > 0 ? evaluations : before;
    const rates = judged.flatMap(({ step, positives }): Point[] => {
      const share = positives?.[name];
      return share === undefined ? [] : [[step, surprise(share)]];
    });
    const guides: readonly (readonly [string, readonly Point[]])[] = [
      ['stored run', pointsOf(before)],
      // The share of replaced tokens falls as the generator learns, and with it what knowing the share is worth.
      ['knowing only how many', name === 'rtd' ? rates : []],
    ];
    const drawn = guides.filter(([, points]) => points.length > 0);
    return {
      name,
      title,
      series: [
        { name: owner ?? title, hue, traces: [{ training: pointsOf(steps), heldOut: pointsOf(evaluations) }] },
        ...drawn.map(([guide, training]): Series => ({ name: guide, guide: true, traces: [{ training }] })),
      ],
      references: referencesOf(name, floors ?? stored?.floors, rates.length > 0),
    };
  });
}
