import { isCount, isTree, type Lens } from './run-field.ts';

/** A stretch of a run with a schedule of its own. */
export interface Phase {
  readonly steps: number;
  readonly schedule: {
    /** The highest rate. */
    readonly learningRate: number;
    /** Updates of linear rise from 0. */
    readonly warmup: number;
    /** Share of the phase's steps from which on the rate falls linearly to 0; 1 = never. */
    readonly decayFrom: number;
  };
  /** Options of the noising that differ in this phase. */
  readonly noisingOptions?: object;
  /**
   * What is not asked: `noising`, `pairing`, or a loss of the architecture's own by its name. Where the pair is not
   * asked about, only true pairs are shown.
   */
  readonly without?: readonly string[];
  /**
   * Share of the rows that are drawn as in the phase before and, where that asks nothing about the pair, bear no loss
   * of it: what was learned there is not forgotten while the next thing is learned. Absent: none.
   */
  readonly practice?: number | undefined;
  /** What the names of the weights that learn begin with; absent: all learn. */
  readonly trainable?: readonly string[];
}

/** What has phases. */
export interface Phased {
  readonly phases: readonly Phase[];
}

/** Updates of all phases. */
export const stepsOf = ({ phases }: Phased): number => phases.reduce((sum, { steps }) => sum + steps, 0);

/** The phase of update `step` (1 is the first), the one before it, and how many updates came before it. */
export function phaseAt(
  { phases }: Phased,
  step: number,
): { readonly phase: Phase; readonly earlier: Phase | undefined; readonly before: number } {
  let before = 0;
  let at = 0;
  while (at < phases.length - 1 && step > before + phases[at]!.steps) {
    before += phases[at]!.steps;
    at++;
  }
  return { phase: phases[at]!, earlier: phases[at - 1], before };
}

const isNumber = (value: unknown, most: number): boolean => typeof value === 'number' && value >= 0 && value <= most;
const areNames = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.every((one) => typeof one === 'string'));

function isPhase(value: unknown): boolean {
  if (!isTree(value) || !isCount(value.steps, 1) || !isTree(value.schedule)) return false;
  const { learningRate, warmup, decayFrom } = value.schedule;
  const { noisingOptions = {}, without, trainable, practice = 0 } = value;
  return (
    isNumber(learningRate, 10) &&
    isCount(warmup, 0) &&
    isNumber(decayFrom, 1) &&
    isTree(noisingOptions) &&
    isNumber(practice, 1) &&
    areNames(without) &&
    areNames(trainable)
  );
}

/** Whether a value is a list of phases. */
export const arePhases = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isPhase);

const last = ({ phases }: Phased): Phase => phases.at(-1)!;
/** The phase in which nothing is asked about the pair, where there is one. */
const first = ({ phases }: Phased): Phase | undefined => (phases.length > 1 ? phases[0] : undefined);
const earlyOf = (run: Phased): number => first(run)?.steps ?? 0;
const optionsFirst = (run: Phased): object => first(run)?.noisingOptions ?? {};

/** Whether one schedule and a first phase say all there is to say. */
const isPlain = ({ phases }: Phased): boolean =>
  phases.length <= 2 &&
  phases.every(({ trainable, without = [] }, i) => !trainable && without.length === phases.length - 1 - i);

/** A run of `steps` updates, the first `early` of them without the pair's question, with other options. */
function twofold<R extends Phased>(run: R, steps: number, early: number, noisingOptions: object): R {
  const { schedule, practice } = last(run);
  const main: Phase = { steps: steps - early, schedule, ...(practice && { practice }) };
  const isTwofold = early > 0 || Object.keys(noisingOptions).length > 0;
  return {
    ...run,
    phases: isTwofold ? [{ steps: early, schedule, noisingOptions, without: ['pairing'] }, main] : [main],
  };
}

/** Phases as plain settings: how many steps in all, how many of them a first phase takes, one schedule for all. */
export function phaseLenses<R extends Phased>() {
  const lens = (get: (run: R) => unknown, set: (run: R, value: unknown) => R): Lens<R> => ({ get, set });
  return {
    steps: lens(stepsOf, (run, value) => twofold(run, Number(value), earlyOf(run), optionsFirst(run))),
    early: lens(earlyOf, (run, value) => twofold(run, stepsOf(run), Number(value), optionsFirst(run))),
    earlyOptions: lens(optionsFirst, (run, value) => twofold(run, stepsOf(run), earlyOf(run), value as object)),
    /** Share of the rows that stay as they were in the first phase. */
    practice: lens(
      (run) => last(run).practice ?? 0,
      (run, value) => ({
        ...run,
        phases: run.phases.map((phase, i) =>
          i === run.phases.length - 1 ? { ...phase, practice: Number(value) || undefined } : phase,
        ),
      }),
    ),
    /** All of them, where those settings do not say it. */
    many: lens(
      (run) => (isPlain(run) ? undefined : run.phases),
      (run, value) => (value === undefined ? run : { ...run, phases: value as readonly Phase[] }),
    ),
    inSchedule: (name: keyof Phase['schedule']) =>
      lens(
        (run) => last(run).schedule[name],
        (run, value) => ({
          ...run,
          phases: run.phases.map((phase) => ({ ...phase, schedule: { ...phase.schedule, [name]: value } })),
        }),
      ),
  };
}
