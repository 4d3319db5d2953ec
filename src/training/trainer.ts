import { createRng, type Rng } from '../core/rng.ts';
import type { Batch, Context, Outputs } from '../models/architecture.ts';
import { loadForward } from '../models/forwards.ts';
import { loadPicture } from '../models/pictures.ts';
import { setKernels } from '../nn/kernels/kernel.ts';
import * as tf from '../nn/tf.ts';
import type { Arrays } from '../objectives/batch.ts';
import type { Example } from '../objectives/objective.ts';
import { askedOnly } from './asked.ts';
import { type HeldOut, wholeBatch } from './batches.ts';
import type { Data } from './data.ts';
import { look } from './look.ts';
import { createMemory, type Memory } from './memory.ts';
import { blueprintOf, lossName, questionsOf } from './model.ts';
import { createOptimizer, type OptimizerState } from './optimizer.ts';
import { phaseAt } from './phases.ts';
import type { Evaluation, OtherQuestion, Snapshot, Step, TrainerState } from './protocol.ts';
import type { Run } from './run.ts';
import { learningRate, muonOf } from './schedule.ts';
import { answersIn, average, score, toldStep, withSets } from './scores.ts';
import { createSupply, streamOf } from './supply.ts';
import { beginning, teacherOf } from './teacher.ts';
import { toTensors } from './tensors.ts';
import type { Trained } from './trained-model.ts';
import { createWriting } from './writing.ts';

/** Trained models that a run begins with or learns from. */
export interface Given {
  readonly start?: Trained;
  readonly teacher?: Trained;
}

/**
 * One model in training. Its draws come from streams named after the step, so no state is carried along but the
 * weights and, where text goes on from step to step, what the model remembers.
 */
export interface Trainer {
  readonly parameters: number;
  /** Updates encoded so far. */
  readonly step: number;
  /** Whether other weights learn from the next update on: `turn` must come first. */
  readonly isAtTurn: boolean;
  /**
   * Has the programs of the next update compiled, where the device does it by itself; `onProgress` is told how many are
   * ready, and of how many. Nothing is computed or changed.
   */
  rehearse(onProgress: (done: number, of: number) => void): Promise<void>;
  /** Begins the next phase. Nothing may be on its way. */
  turn(): Promise<void>;
  /** Draws the batch of the next update ahead, while the GPU is at work. */
  prepare(): void;
  /** Encodes one update for the GPU at once; its losses are read later, without a stall. */
  advance(): Promise<Step>;
  /** Encoded at once: of the model as it is now, whatever updates follow before the numbers arrive. */
  evaluate(): Promise<Evaluation>;
  /** The values of the named taps (and `logits.<name>`) for some examples, with dropout off. Encoded at once. */
  inspect(examples: readonly Example[], taps: readonly string[]): Promise<Record<string, Snapshot>>;
  /**
   * Clean held-out text with every ordinary token asked for; of who writes, spans hidden and written back; of who
   * judges tokens, how well fakes by word counts are told; of who says the next token, those told only far before.
   */
  readBack(): Promise<Evaluation>;
  /**
   * Held-out pairs made by another pairing, put to the head that judges pairs, whose losses then bear its name; the
   * held-out text as `evaluate` has it, its rows beginning at another place (throws `bad-option` where the model has no
   * such places); or rows with a single hole, `losses.best` being what the exact reader pays that sees no farther.
   */
  judgeBy(question: OtherQuestion): Promise<Evaluation>;
  /**
   * What the model writes for each example by greedy decoding, without the start token and up to the end token. No
   * update may come between. Throws `unavailable` where the architecture writes no text.
   */
  write(examples: readonly Example[]): Promise<readonly (readonly number[])[]>;
  /** All weights by name. */
  weights(): Promise<Record<string, Float32Array>>;
  /** A copy is made on the GPU at once: of the model as it is now, as for `evaluate`. */
  read(): Promise<TrainerState>;
  load(state: TrainerState): void;
  dispose(): void;
}

const otherQuestions = () => import('./other-questions.ts');

type Moment = Pick<Context, 'training' | 'rng' | 'firstPlace'>;

/** What a step computes with whose stream is `rng`. */
const learning = ({ training: { movedBy } }: Run, rng: Rng): Moment => {
  const firstPlace = movedBy === undefined ? undefined : rng.fork('first place').int(movedBy + 1);
  return { training: true, rng, firstPlace };
};

/**
 * A model for a run, at its start; with the same run, data and trained models it starts from the same numbers. Throws
 * `bad-option` where a trained model that is given is of no use to it.
 */
export async function createTrainer(run: Run, data: Data, given: Given = {}): Promise<Trainer> {
  const { blueprint, config } = blueprintOf(run, data.vocabulary.size);
  const [forward] = await Promise.all([loadForward(blueprint.id), loadPicture(blueprint.id)]);
  const rng = createRng(run.seed);
  const supply = createSupply(data, run, rng);
  const { kernels, weightDecay, clip } = run.training;
  const matrices = muonOf(run, blueprint.keepAdam);
  const muon = matrices && { ...matrices, kernel: await import('../nn/kernels/muon.ts') };
  const spec = blueprint.spec(config);
  setKernels(kernels);
  const rate = (step: number) => learningRate(step, run);
  const learnersAt = (step: number) => phaseAt(run, step).phase.trainable;
  let learners = learnersAt(1);
  const learns = (name: string) => !learners || learners.some((begin) => name.startsWith(begin));
  const make = (weights: ReadonlyMap<string, Float32Array>) =>
    createOptimizer(spec, weights, { rate, weightDecay, clip, muon, trainable: learners && learns });
  const teacher = await teacherOf(run, data, given.teacher);
  let optimizer = make(await beginning(run, data, rng, given.start));
  const emptyMemory = () => createMemory(run, blueprint.carries?.(config) ?? []);
  const memory = emptyMemory();

  const { write, writeBack } = createWriting(run, data, () => optimizer);
  const weightsOf = blueprint.weights?.(config, teacher !== undefined);
  const questions = questionsOf(run);
  const named = (losses: readonly string[], of = run) => losses.map((name) => lossName(name, blueprint, of));

  /**
   * Computes with a batch and all that a model may be given beside it: a teacher's values, and what it remembers of the
   * batch before.
   */
  function within<T>(
    arrays: Arrays,
    remembered: Memory,
    compute: (read: (at: Moment) => Outputs, batch: Batch) => T,
  ): T {
    const batch = toTensors(arrays);
    const lessons = teacher?.teach(batch, arrays);
    const read = (at: Moment) => {
      const context = { ...at, memory: remembered.now, teacher: lessons };
      const outputs = forward(optimizer.params, config, batch, context);
      remembered.hold(outputs.memory);
      return outputs;
    };
    const result = compute(read, batch);
    remembered.settle();
    tf.dispose([...Object.values(batch), ...(lessons?.values() ?? [])]);
    return result;
  }

  function advance(): Promise<Step> {
    const step = optimizer.steps + 1;
    const stream = streamOf(rng, step);
    const arrays = supply.batch(step);
    const { without = [] } = phaseAt(run, step).phase;
    let names: readonly string[] = [];
    const values = within(arrays, memory, (read) =>
      optimizer.step(() => {
        const outputs = askedOnly(read(learning(run, stream)), without, blueprint, weightsOf);
        names = named(Object.keys(outputs.losses));
        return outputs;
      }),
    );
    const asked = Object.fromEntries(names.map((name) => [name, answersIn(arrays, questions[name]!)]));
    return values.data().then((numbers) => {
      values.dispose();
      return toldStep(step, arrays, asked, numbers);
    });
  }

  async function rehearse(onProgress: (done: number, of: number) => void): Promise<void> {
    const step = optimizer.steps + 1;
    const stream = streamOf(rng, step);
    const arrays = supply.batch(step);
    const remembered = emptyMemory();
    const compiling = within(arrays, remembered, (read) =>
      optimizer.rehearse(() => {
        const { without = [] } = phaseAt(run, step).phase;
        return askedOnly(read(learning(run, stream)), without, blueprint, weightsOf);
      }, onProgress),
    );
    remembered.dispose();
    await compiling;
  }

  /** Mean losses and accuracies of some batches, weighted by their scored places. They are read one after the other. */
  async function judge(batches: readonly HeldOut[], of = run, firstPlace?: number): Promise<Evaluation> {
    const step = optimizer.steps;
    const remembered = emptyMemory();
    const tallies = batches.map(({ arrays, classes }) =>
      within(arrays, remembered, (read, batch) => {
        let names: readonly string[] = [];
        const values = tf.tidy(() => {
          const outputs = read({ training: false, rng, firstPlace });
          const tally = score(blueprint.questions, outputs, batch, classes !== undefined);
          names = named(tally.names, of);
          return tally.values;
        });
        return { names, values, classes };
      }),
    );
    remembered.dispose();
    const numbers = await Promise.all(tallies.map(({ values }) => values.data()));
    for (const { values } of tallies) values.dispose();
    return { step, ...average(tallies.map(({ names, classes }, i) => ({ names, classes, numbers: numbers[i]! }))) };
  }

  /** Other weights learn from now on. Those that learn no more forget how they moved, so that they stand still. */
  function relearn(state: OptimizerState): void {
    learners = learnersAt(state.step + 1);
    const moving = (means: ReadonlyMap<string, Float32Array>) => new Map([...means].filter(([name]) => learns(name)));
    optimizer.dispose();
    optimizer = make(state.weights);
    optimizer.load({ ...state, first: moving(state.first), second: moving(state.second) });
  }

  const inspect: Trainer['inspect'] = (examples, taps) =>
    look({ forward, params: optimizer.params, config, rng }, wholeBatch(data, run, examples), taps);
  const lent = () => ({ run, data, blueprint, config, judge, writeBack, inspect, step: optimizer.steps });

  return {
    parameters: optimizer.size,
    get step() {
      return optimizer.steps;
    },
    get isAtTurn() {
      return learnersAt(optimizer.steps + 1) !== learners;
    },
    turn: async () => relearn(await optimizer.read()),
    rehearse,
    prepare: () => supply.prepare(optimizer.steps + 1),
    advance,
    evaluate: () => withSets(judge(supply.heldOut()), supply.further(), judge),
    readBack: async () => (await otherQuestions()).readBack(lent()),
    judgeBy: async (question) => (await otherQuestions()).judgeBy(lent(), question),
    inspect,
    write,
    weights: async () => Object.fromEntries((await optimizer.read()).weights),
    read: async () => {
      const [state, carried] = await Promise.all([optimizer.read(), memory.read()]);
      return { ...state, carried };
    },
    load(state) {
      if (learnersAt(state.step + 1) === learners) optimizer.load(state);
      else relearn(state);
      memory.load(state.carried);
    },
    dispose() {
      optimizer.dispose();
      memory.dispose();
      teacher?.dispose();
    },
  };
}
