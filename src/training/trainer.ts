import { AppError } from '../core/errors.ts';
import { createRng } from '../core/rng.ts';
import { loadForward, loadWriter } from '../models/forwards.ts';
import { initialState } from '../nn/init.ts';
import { setKernels } from '../nn/kernels/kernel.ts';
import * as tf from '../nn/tf.ts';
import type { Arrays } from '../objectives/batch.ts';
import { noisings } from '../objectives/catalog.ts';
import type { Example } from '../objectives/objective.ts';
import { heldOutBatches, heldOutExamples, readBackBatches, trainingBatch, wholeBatch } from './batches.ts';
import { type Data, recipeOf } from './data.ts';
import { look } from './look.ts';
import { blueprintOf, lossName } from './model.ts';
import { createOptimizer, type OptimizerState } from './optimizer.ts';
import type { Evaluation, Snapshot, Step } from './protocol.ts';
import type { Run } from './run.ts';
import { learningRate } from './schedule.ts';
import { average, score } from './scores.ts';
import { toTensors } from './tensors.ts';
import { writtenBack } from './write-back.ts';

/** Everything needed to go on from a step as if nothing had happened; plain numbers, safe to store. */
export interface TrainerState extends OptimizerState {
  /** What the model carries from step to step, where it does. */
  readonly carried?: readonly Snapshot[];
}

/**
 * One model in training. Its draws come from streams named after the step, so no state but the weights is carried
 * along.
 */
export interface Trainer {
  readonly parameters: number;
  /** Updates encoded so far. */
  readonly step: number;
  /** Encodes one update for the GPU at once; its losses are read later, without a stall. */
  advance(): Promise<Step>;
  evaluate(): Promise<Evaluation>;
  /** The values of the named taps (and `logits.<name>`) for one example, with dropout off. */
  inspect(example: Example, taps: readonly string[]): Promise<Record<string, Snapshot>>;
  /** Clean held-out text with every ordinary token asked for; of a model that writes, spans hidden and written back. */
  readBack(): Promise<Evaluation>;
  /**
   * What the model writes for each example by greedy decoding, without the start token and up to the end token. No
   * update may come between. Throws `unavailable` where the architecture writes no text.
   */
  write(examples: readonly Example[]): Promise<readonly (readonly number[])[]>;
  /** All weights by name. */
  weights(): Promise<Record<string, Float32Array>>;
  read(): Promise<TrainerState>;
  load(state: TrainerState): void;
  dispose(): void;
}

const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0);

/** Held-out rows that are written back. */
const writtenRows = 128;

/** A fresh model for a run; with the same run and data it starts from the same numbers. */
export async function createTrainer(run: Run, data: Data): Promise<Trainer> {
  const { blueprint, config } = blueprintOf(run, data.vocabulary.size);
  const forward = await loadForward(run.model.architecture);
  const noising = noisings[run.recipe.noising];
  const asks = noising?.asks;
  const rng = createRng(run.seed);
  const { kernels, weightDecay, clip } = run.training;
  const spec = blueprint.spec(config);
  setKernels(kernels);
  const settings = { rate: (step: number) => learningRate(step, run), weightDecay, clip };
  const optimizer = createOptimizer(spec, initialState(spec, rng), settings);

  const named = (losses: readonly string[]) => losses.map((name) => lossName(name, blueprint, run));

  function advance(): Promise<Step> {
    const step = optimizer.steps + 1;
    const stream = rng.fork(`step ${step}`);
    const arrays = trainingBatch(data, run, step, stream.fork('data'));
    const batch = toTensors(arrays);
    let names: readonly string[] = [];
    const values = optimizer.step((params) => {
      const outputs = forward(params, config, batch, { training: true, rng: stream });
      names = named(Object.keys(outputs.losses));
      return outputs;
    });
    tf.dispose(Object.values(batch));
    return values.data().then((numbers) => {
      values.dispose();
      return {
        step,
        loss: numbers[0] ?? Number.NaN,
        losses: Object.fromEntries(names.map((name, i) => [name, numbers[i + 1] ?? Number.NaN])),
        atMs: performance.now(),
        tokens: arrays.tokens,
        // Of a model that writes, the loss is taken on what its decoder reads.
        scoredShare: sum(arrays.weights) / sum(arrays.decoderKeep ?? arrays.keep),
      };
    });
  }

  /** Mean losses and accuracies of some batches, weighted by their scored places. */
  async function judge(batches: readonly Arrays[]): Promise<Evaluation> {
    const step = optimizer.steps;
    const tallies = batches.map((arrays) => {
      const batch = toTensors(arrays);
      let names: readonly string[] = [];
      const values = tf.tidy(() => {
        const tally = score(
          blueprint.questions,
          forward(optimizer.params, config, batch, { training: false, rng }),
          batch,
        );
        names = named(tally.names);
        return tally.values;
      });
      tf.dispose(Object.values(batch));
      return { names, values };
    });
    const read = await Promise.all(
      tallies.map(async ({ names, values }) => {
        const numbers = await values.data();
        values.dispose();
        return { names, numbers };
      }),
    );
    return { step, ...average(read) };
  }

  async function write(examples: readonly Example[]): Promise<readonly (readonly number[])[]> {
    const writer = await loadWriter(run.model.architecture);
    if (!writer)
      throw new AppError(
        'unavailable',
        `${blueprint.name} only reads: choose BART, which writes text.`,
        'architecture',
      );
    const batch = toTensors(wholeBatch(data, run, examples), false);
    try {
      let rows: readonly (readonly number[])[] = [];
      for await (const sofar of writer(optimizer.params as never, config, batch, run.recipe.maxLength)) rows = sofar;
      const end = data.vocabulary.separateId;
      return rows.map(([, ...ids]) => (ids.includes(end) ? ids.slice(0, ids.indexOf(end) + 1) : ids));
    } finally {
      tf.dispose(Object.values(batch));
    }
  }

  /** Held-out text written back: `restored` is the model's share of spans, `posterior` the exact reader's. */
  async function writeBack(): Promise<Evaluation> {
    const made = heldOutExamples(data, run, writtenRows);
    const written = await write(made.map(({ example }) => example));
    const rows = made.map((one, i) => ({ made: one, spans: noising?.hidden?.(one.noise) ?? [], written: written[i]! }));
    const { restored, posterior } = writtenBack(rows, data, recipeOf(run, run.recipe.judgedOptions));
    const accuracies = { restored, ...(posterior === undefined ? {} : { posterior }) };
    return { step: optimizer.steps, losses: {}, accuracies };
  }

  return {
    parameters: optimizer.size,
    get step() {
      return optimizer.steps;
    },
    advance,
    evaluate: () => judge(heldOutBatches(data, run)),
    readBack: () => (asks === 'text' ? writeBack() : judge(readBackBatches(data, run))),
    inspect: (example, taps) =>
      look({ forward, params: optimizer.params, config, rng }, wholeBatch(data, run, [example]), taps),
    write,
    weights: async () => Object.fromEntries((await optimizer.read()).weights),
    read: () => optimizer.read(),
    load: (state) => optimizer.load(state),
    dispose: () => optimizer.dispose(),
  };
}
