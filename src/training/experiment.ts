import { AppError } from '../core/errors.ts';
import { runOf } from './arm.ts';
import { type Client, createClient } from './client.ts';
import { type Heard, heard, nothingHeard } from './history.ts';
import type { Frame, ProbeRows, ProbeText } from './probed.ts';
import type { Evaluation, Floors, HoleKind, Message, OtherQuestion, Step } from './protocol.ts';
import type { Run, Settings } from './run.ts';
import { settingsOf } from './settings.ts';

/** A claim put to the test: recipes that differ in one thing, each trained from several seeds. */
export interface Experiment {
  readonly id: string;
  readonly title: string;
  readonly arms: readonly Arm[];
  /** What all arms share. */
  readonly base: Settings;
  readonly seeds: readonly string[];
  /** Also ask each trained model to read clean text back. */
  readonly readBack: boolean;
  /** Pairings by which each trained model is judged as well, whichever it was trained by. */
  readonly judgedOn?: readonly string[];
  /** First places of held-out rows by which each trained model is judged as well. */
  readonly firstPlaces?: readonly number[];
  /** Kinds of places at which each trained model is judged as well, one hole a row. */
  readonly holes?: readonly HoleKind[];
  /** What the first run is asked while it is made: then it is recorded, to be seen again without making it. */
  readonly probe?: ProbeText;
}

export interface Arm {
  readonly label: string;
  /** What differs from the base. */
  readonly change: Settings;
  /** A run that comes first, as what differs from the base: the arm begins with the weights it ends with. */
  readonly before?: Settings;
}

/** One trained model's story. */
export interface Outcome {
  readonly arm: string;
  readonly seed: string;
  readonly evaluations: readonly Evaluation[];
  readonly readBack?: Evaluation;
  /** How held-out pairs of each of the experiment's `judgedOn` were judged. */
  readonly judgedOn?: Readonly<Record<string, Evaluation>>;
  /** How held-out text was told whose rows begin at each of the experiment's `firstPlaces`. */
  readonly from?: Readonly<Record<string, Evaluation>>;
  /** How single holes of each of the experiment's `holes` were filled, by name; in `best`, what can be known there. */
  readonly holes?: Readonly<Record<string, Evaluation>>;
  readonly floors?: Floors;
  readonly parameters: number;
  /** How the run that came first was judged at its end, on its own questions. */
  readonly before?: Evaluation;
  /** Mean losses of the batches since the evaluation before; of runs that are judged on further sets alone. */
  readonly batches?: readonly Pick<Step, 'step' | 'losses'>[];
}

/** What was recorded of the first run of an experiment. */
export interface Recorded {
  readonly probe: ProbeRows;
  readonly frames: readonly Frame[];
  /** At its end, by their names in the state dict. */
  readonly weights: Readonly<Record<string, Float32Array>>;
}

/** Stored beside the lesson with all that is needed to make it again. */
export interface Result {
  readonly experiment: Experiment;
  readonly device: string;
  readonly command: string;
  readonly outcomes: readonly Outcome[];
}

/** How far an experiment is. */
export interface ExperimentProgress {
  readonly arm: string;
  readonly seed: string;
  readonly step: number;
  /** What the model under way was last judged. */
  readonly at?: Evaluation;
  /** Models finished, and of how many. */
  readonly done: number;
  readonly of: number;
}

/**
 * Trains every arm from every seed, one after the other, arms alternating, so that a stopped experiment is still fair.
 * `stop.aborted` ends it after the update under way; what is finished by then is returned.
 */
export async function runExperiment(
  experiment: Experiment,
  onProgress: (progress: ExperimentProgress, outcomes: readonly Outcome[]) => void,
  stop: AbortSignal,
  connect: (onMessage: (message: Message) => void) => Client = createClient,
): Promise<{ readonly device: string; readonly outcomes: readonly Outcome[]; readonly recorded?: Recorded }> {
  const { arms, seeds, probe } = experiment;
  const jobs = seeds.flatMap((seed) => arms.map((arm) => ({ arm, seed })));
  const outcomes: Outcome[] = [];
  let recorded: Recorded | undefined;
  let device = '';
  let hear: (message: Message) => void = () => undefined;
  const client = connect((message) => {
    if (message.type === 'ready') device = message.adapter;
    hear(message);
  });
  /** What a model makes of several questions, by what is asked; undefined where there are none. */
  async function asked<T>(
    each: readonly T[] | undefined,
    named: (one: T) => string,
    question: (one: T) => OtherQuestion,
  ): Promise<Record<string, Evaluation> | undefined> {
    if (!each) return;
    const found: Record<string, Evaluation> = {};
    for (const one of each) {
      const at = await client.judgeBy(question(one));
      if (at) found[named(one)] = at;
    }
    return found;
  }
  try {
    for (const { arm, seed } of jobs) {
      if (stop.aborted) break;
      const report = (step: number, at?: Evaluation) =>
        onProgress({ arm: arm.label, seed, step, at, done: outcomes.length, of: jobs.length }, outcomes);
      const listen = (listener: typeof hear) => {
        hear = listener;
      };
      const first = arm.before && runOf(experiment, { change: arm.before }, seed);
      const earlier = first && (await trainOnce(client, { run: first, probe: undefined }, report, stop, listen));
      if (first && !earlier) break;
      const start = first && { start: { run: settingsOf(first) } };
      const run = runOf(experiment, { change: { ...arm.change, ...start } }, seed);
      const shown = outcomes.length === 0 ? probe : undefined;
      const made = await trainOnce(client, { run, probe: shown }, report, stop, listen);
      if (!made) break;
      const { finished, known } = made;
      if (known.probe && shown) {
        recorded = { probe: known.probe, frames: known.frames, weights: await client.weights() };
      }
      const readBack = experiment.readBack ? await client.readBack() : undefined;
      const judgedOn = await asked(experiment.judgedOn, String, (pairing) => ({ pairing }));
      const from = await asked(experiment.firstPlaces, String, (firstPlace) => ({ firstPlace }));
      const holes = await asked(
        experiment.holes,
        ({ name }) => name,
        (hole) => ({ hole }),
      );
      const before = earlier?.finished.evaluations.at(-1);
      const asides = { ...(before && { before }), ...(from && { from }), ...(holes && { holes }) };
      outcomes.push({ arm: arm.label, seed, ...finished, readBack, judgedOn, ...asides });
      report(finished.evaluations.at(-1)?.step ?? 0);
    }
  } finally {
    client.close();
  }
  return { device, outcomes, recorded };
}

type Finished = Pick<Outcome, 'evaluations' | 'floors' | 'parameters' | 'batches'>;

/** The losses of the batches, averaged from one evaluation to the next. */
function batchMeans({ steps, evaluations }: Heard): Outcome['batches'] {
  return evaluations.slice(1).map(({ step, losses }, i) => {
    const since = steps.filter((one) => one.step > evaluations[i]!.step && one.step <= step);
    const meanOf = (name: string) => {
      const had = since.flatMap((one) => one.losses[name] ?? []);
      return had.reduce((sum, loss) => sum + loss, 0) / had.length;
    };
    const means = Object.keys(losses).map((name) => [name, meanOf(name)] as const);
    return { step, losses: Object.fromEntries(means.filter(([, mean]) => Number.isFinite(mean))) };
  });
}

/** One model from start to end; undefined when it was stopped before. */
function trainOnce(
  client: Client,
  what: { readonly run: Run; readonly probe: ProbeText | undefined },
  onStep: (step: number, at?: Evaluation) => void,
  stop: AbortSignal,
  listen: (listener: (message: Message) => void) => void,
): Promise<{ readonly finished: Finished; readonly known: Heard } | undefined> {
  return new Promise((resolve, reject) => {
    let known = nothingHeard;
    const onStop = () => {
      client.send({ type: 'stop' });
      resolve(undefined);
    };
    stop.addEventListener('abort', onStop, { once: true });
    listen((message) => {
      known = heard(known, message);
      const { evaluations, parameters, floors } = known;
      if (message.type === 'started') client.send({ type: 'resume' });
      else if (message.type === 'steps') onStep(known.step, evaluations.at(-1));
      else if (message.type === 'evaluated') onStep(message.at.step, message.at);
      else if (message.type === 'failed') reject(new AppError(message.code, message.text, message.field));
      else if (message.type === 'done') {
        stop.removeEventListener('abort', onStop);
        const isFurther = evaluations.some(({ sets }) => sets);
        const batches = isFurther ? { batches: batchMeans(known) } : {};
        resolve({ finished: { evaluations, parameters, floors, ...batches }, known });
      }
    });
    client.send({ type: 'start', ...what });
  });
}
