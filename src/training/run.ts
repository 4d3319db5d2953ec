import { AppError } from '../core/errors.ts';
import type { RunConfig } from './protocol.ts';

/**
 * The run everything starts from: BERT on Lost and found, content words preferred, windows of two sentences.
 * Small enough to learn to copy within some hundred steps. Departs from Devlin et al. 2019 in how wide the weights
 * start (0.1, not 0.02): at width 64 the smaller one leaves attention even for a thousand steps.
 */
export const defaultRun: RunConfig = {
  architecture: 'bert',
  layers: 2,
  hidden: 64,
  heads: 2,
  dropout: 0,
  corpus: 'lost-and-found',
  tokenizer: 'wordpiece',
  vocabSize: 192,
  pairing: 'contiguous',
  pairingOptions: { sentences: 2 },
  noising: 'mlm',
  noisingOptions: { count: 'content' },
  maxLength: 40,
  seed: '1',
  batchSize: 32,
  steps: 1500,
  learningRate: 0.0015,
  warmup: 100,
  decayFrom: 0.5,
  warmUpSteps: 0,
  weightDecay: 0.01,
  clip: 1,
  positions: 'sinusoids',
  evaluateEvery: 100,
  architectureOptions: { initStd: 0.1 },
  warmUpOptions: {},
  evaluationOptions: {},
  kernels: 'fused',
};

/** What a run says of its noising: options of one mean nothing to another, so they fall with it. */
export const noNoisingOptions = { noisingOptions: {}, evaluationOptions: {}, warmUpOptions: {} } as const;

/** A number of a run that a person may turn, with its range. */
export interface RunField {
  readonly key: keyof RunConfig;
  readonly label: string;
  readonly hint: string;
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

const field = (
  key: keyof RunConfig,
  label: string,
  hint: string,
  min: number,
  max: number,
  whole = true,
): RunField => ({
  key,
  label,
  hint,
  min,
  max,
  whole,
});

export const runFields: readonly RunField[] = [
  field('layers', 'Layers', 'Blocks stacked on one another.', 1, 12),
  field('hidden', 'Width', 'Numbers per token; a multiple of the heads.', 8, 512),
  field('heads', 'Heads', 'Attention patterns per layer.', 1, 16),
  field('maxLength', 'Length', 'Tokens a row, special ones included.', 8, 512),
  field('vocabSize', 'Vocabulary', 'At most this many pieces are learned from the text.', 192, 4096),
  field('batchSize', 'Batch', 'Rows a step.', 1, 256),
  field('steps', 'Steps', 'Updates until the learning rate has fallen to 0.', 1, 100_000),
  field('learningRate', 'Learning rate', 'The highest of the schedule.', 0, 10, false),
  field('warmup', 'Warm-up', 'Steps until the learning rate is at its highest.', 0, 10_000),
  field('decayFrom', 'Decay from', 'Share of the steps after which the rate falls.', 0, 1, false),
  field('warmUpSteps', 'Tokens only', 'Steps of a first phase without the question about the pair.', 0, 100_000),
  field('dropout', 'Dropout', 'Share of values set to 0 while training.', 0, 0.9, false),
  field('weightDecay', 'Weight decay', 'Pull of the weights towards 0.', 0, 1, false),
  field('clip', 'Clipping', 'Longest gradient; 0 for none.', 0, 100, false),
  field('evaluateEvery', 'Evaluate every', 'Steps between looks at held-out text.', 1, 10_000),
];

/** Throws `bad-option` with the field and its range for the first number that cannot be meant. */
export function checkRun(run: RunConfig): void {
  for (const { key, label, min, max, whole } of runFields) {
    const value = run[key];
    const fits = typeof value === 'number' && value >= min && value <= max && (!whole || Number.isInteger(value));
    if (fits) continue;
    const range = `${whole ? 'a whole number from' : 'between'} ${min} ${whole ? 'to' : 'and'} ${max}`;
    throw new AppError('bad-option', `${label} is ${String(value)}, but it must be ${range}.`, key);
  }
  if (run.hidden % run.heads !== 0)
    throw new AppError(
      'bad-option',
      `The width ${run.hidden} cannot be shared evenly by ${run.heads} heads. Choose a width that is a multiple of the heads.`,
      'hidden',
    );
}
