import type { Point, References, Series } from '../figures/curve.ts';
import type { Outcome } from '../training/experiment.ts';
import type { TitledQuestion } from '../training/model.ts';
import { stepsOf } from '../training/phases.ts';
import type { Evaluation, Floors, Step } from '../training/protocol.ts';
import type { Run } from '../training/run.ts';
import { surprise } from '../training/surprise.ts';

/** One loss of a run with the lines that speak of it. */
export interface LossChart {
  readonly name: string;
  readonly title: string;
  readonly series: readonly Series[];
  /** The same where several runs are drawn: then each is one curve. */
  readonly whole: readonly Series[];
  readonly references: References;
}

/**
 * The losses a run has had, in the order its questions are asked: also one that comes only after a first phase
 * without it.
 */
function lossNames({ questions, steps, evaluations, stored }: Known): readonly string[] {
  const judged = evaluations.length > 0 ? evaluations : (stored?.evaluations ?? []);
  const had = new Set(
    [judged[0], judged.at(-1), steps[0], steps.at(-1)].flatMap((one) =>
      Object.keys({ ...one?.losses, ...(one && 'asked' in one ? one.asked : {}) }),
    ),
  );
  return Object.keys(questions).filter((name) => had.has(name));
}

/** Whether a step was to ask for something, but chance has left nothing to ask: a gap in its curve. */
const isUnasked = (one: Pick<Step, 'asked'> | Evaluation, name: string): boolean =>
  'asked' in one && one.asked?.[name] === 0;

/** In how many of its steps a loss had nothing to ask, in words; undefined where it always had. */
export function unasked(name: string, steps: readonly Step[]): string | undefined {
  const meant = steps.filter(({ losses, asked }) => (asked ?? losses)[name] !== undefined);
  const gaps = meant.filter((step) => isUnasked(step, name)).length;
  if (gaps === 0) return undefined;
  return `in ${gaps.toLocaleString('en')} of ${meant.length.toLocaleString('en')} steps`;
}

/** The reference lines of one loss: of yes or no the toss of a coin, of a token its guesses by count and context. */
function referencesOf(
  name: string,
  kind: TitledQuestion['kind'],
  floors: Floors | undefined,
  mayRemember: boolean,
): References {
  if (!floors || kind === 'match') return [];
  const possible = mayRemember ? 'best possible without memory' : 'best possible';
  const guesses =
    kind === 'yesNo'
      ? [{ name: 'a coin', loss: Math.LN2 }]
      : [
          { name: 'all words alike', loss: floors.uniform },
          { name: 'as often as they occur', loss: floors.unigram },
          { name: 'the word before', loss: floors.bigram },
        ];
  const best = Object.entries(floors.best)
    .filter(([of]) => of === name || of.startsWith(`${name}-`))
    .map(([of, { loss, label }]) => {
      const kind = of === name ? possible : `${possible} (${of.slice(name.length + 1)})`;
      return { name: label ?? kind, loss, best: true };
    });
  return [...guesses, ...best.sort((a, b) => b.loss - a.loss)];
}

/** What is known of a run: here and now, and of the same run made before and stored. */
export interface Known {
  /** What each of its losses asks. */
  readonly questions: Readonly<Record<string, TitledQuestion>>;
  readonly steps: readonly Step[];
  readonly evaluations: readonly Evaluation[];
  readonly floors: Floors | undefined;
  readonly stored?: Pick<Outcome, 'evaluations' | 'floors' | 'batches'>;
}

/** What a phase is about in which a student learns its teacher's layers, or what comes behind them. */
function taughtIn({ trainable, without = [] }: Run['phases'][number]): string | undefined {
  if (without.includes('features')) return 'words';
  if (!without.includes('noising')) return undefined;
  const layers = new Set(trainable?.map((name) => /\.layer\.(\d+)\./.exec(name)?.[1]));
  const [only] = layers;
  return layers.size === 1 && only !== undefined ? `layer ${Number(only) + 1}` : 'all layers';
}

/**
 * Where a phase begins behind one in which not all was asked, and the schedule begins anew; of a student that is first
 * taught its teacher's layers the first one as well.
 */
export function turnsOf(run: Run, losses: number): readonly { readonly x: number; readonly label: string }[] {
  const { phases } = run;
  const first = phases.length > 1 && phases[0]?.without?.includes('distillation') ? taughtIn(phases[0]) : undefined;
  const begins = first !== undefined && losses > 1 ? [{ x: 0, label: first }] : [];
  const others = phases.slice(0, -1).flatMap(({ without = [], steps: long }, i) => {
    const x = stepsOf({ phases: phases.slice(0, i + 1) });
    const label = without.includes('pairing') ? 'from here on both questions' : 'next phase';
    const taught = without.includes('distillation') ? taughtIn(phases[i + 1]!) : undefined;
    return long > 0 && without.length > 0 && losses > 1 ? [{ x, label: taught ?? label }] : [];
  });
  return [...begins, ...others];
}

/** What a run was judged by, and what it learned from, of one loss. */
interface Curves {
  readonly training: readonly Point[];
  readonly sameText: readonly Point[];
  readonly heldOut: readonly Point[];
}
/** Of a run that learns from few documents: what it has seen, what it has seen in part, and what it has not. */
const threefold = ({ training, sameText, heldOut }: Curves, hue: number, ghost = false): readonly Series[] => {
  const curve = (name: string, i: number, trace: Series['traces'][number]): Series => ({
    name: ghost ? 'stored run' : name,
    ghost,
    isNamed: true,
    hue: hue + i,
    traces: [trace],
  });
  return [
    curve('its own holes', 0, { training }),
    curve('new holes, same text', 1, { training: [], heldOut: sameText }),
    curve('new text', 2, { training: [], heldOut }),
  ];
};

/** A chart a loss, so that every curve is beside the lines of its own question. */
export function lossCharts(known: Known): readonly LossChart[] {
  const { questions, steps, evaluations, floors, stored } = known;
  const before = stored?.evaluations ?? [];
  const isBegun = steps.length > 0 || evaluations.length > 0;
  const isHere = isBegun || before.length === 0;
  const judged = evaluations.length > 0 ? evaluations : before;
  const isThreefold = judged.some(({ sets }) => sets?.sameText);
  return lossNames(known).map((name, hue) => {
    const { kind, per, owner, title: asked } = questions[name]!;
    const title = owner ? `${owner}: ${asked}` : asked;
    const pointsOf = (some: readonly (Pick<Step, 'step' | 'losses' | 'asked'> | Evaluation)[]) =>
      some.flatMap((one): Point[] => {
        const loss = one.losses[name] ?? (isUnasked(one, name) ? Number.NaN : undefined);
        return loss === undefined ? [] : [[one.step, loss]];
      });
    const sameText = (some: readonly Evaluation[]) =>
      pointsOf(some.flatMap(({ step, sets }) => (sets?.sameText ? [{ step, ...sets.sameText }] : [])));
    const here = { training: pointsOf(steps), heldOut: pointsOf(evaluations), sameText: sameText(evaluations) };
    const past = {
      training: pointsOf(stored?.batches ?? []),
      heldOut: pointsOf(before),
      sameText: sameText(before),
    };
    const rates = judged.flatMap(({ step, positives }): Point[] => {
      const share = positives?.[name];
      return share === undefined ? [] : [[step, surprise(share)]];
    });
    // Alone on the chart a stored run is what one looks at.
    const ghost = isBegun;
    const traces = (training: readonly Point[], heldOut: readonly Point[]) => [{ training, heldOut }];
    // Of verdicts on tokens the share of yes moves as the generator learns, and with it what knowing it is worth.
    const rate: Series = { name: 'knowing only how many', guide: true, traces: [{ training: rates }] };
    const whole = [
      ...(isHere ? [{ name: owner ?? title, hue, traces: traces(here.training, here.heldOut) }] : []),
      ...(before.length > 0 ? [{ name: 'stored run', ghost, hue, traces: traces([], past.heldOut) }] : []),
      ...(per === 'token' && rates.length > 0 ? [rate] : []),
    ];
    const three = () => [
      ...(isHere ? threefold(here, hue) : []),
      ...(before.length > 0 ? threefold(past, hue, ghost) : []),
    ];
    return {
      name,
      title,
      series: isThreefold ? three() : whole,
      whole,
      references: referencesOf(name, kind, floors ?? stored?.floors, isThreefold),
    };
  });
}
