import { AppError } from '../core/errors.ts';
import type { Batch } from '../models/architecture.ts';
import type { Tensor } from '../nn/tf.ts';
import * as tf from '../nn/tf.ts';

/** Nested arrays of numbers, as JSON holds a tensor. */
export type Nested = number | readonly Nested[];

/** What stands in `io.json`. */
export interface ReferenceIo {
  /** The reference's class. */
  readonly class?: string;
  /** By the names of its forward's arguments. */
  readonly inputs: Readonly<Record<string, Nested>>;
  /** By the names of its result's fields; `loss` of the given labels among them, a number. */
  readonly outputs: Readonly<Record<string, Nested>>;
  /** Whether the reference computed as it does in training; without dropout then. */
  readonly training?: boolean;
  /** What the loss's gradient is at each weight, by the names of the state dict. */
  readonly gradients: Readonly<Record<string, Gradient>>;
}

/** A tensor with its numbers row-major. */
export interface Gradient {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

const refuse = (sentence: string): never => {
  throw new AppError('bad-file', sentence);
};

/** Arguments of the reference that say what to return, not what to compute. */
const switches = ['output_attentions', 'output_hidden_states', 'return_dict', 'use_cache', 'use_mems'];

export function readIo(text: string): ReferenceIo {
  let io: unknown;
  try {
    io = JSON.parse(text);
  } catch {
    refuse('io.json is not JSON. Write {class, inputs, outputs} into it.');
  }
  const { class: className, inputs, outputs, training, gradients = {} } = (io ?? {}) as Record<string, unknown>;
  const isTable = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isTable(inputs))
    refuse('io.json has no "inputs". Name them as the arguments of the reference: input_ids, attention_mask …');
  if (!isTable(outputs))
    refuse('io.json has no "outputs". Name them as the fields of the result: logits, attentions …');
  if (!isTable(gradients) || !Object.values(gradients as object).every(isGradient))
    refuse('The "gradients" in io.json are no table of { shape, values }. Name them as in the state dict.');
  if (outputs && 'loss' in (outputs as object) && typeof (outputs as { loss: unknown }).loss !== 'number')
    refuse('The output loss in io.json is not a number.');
  if (className !== undefined && typeof className !== 'string') refuse('The "class" in io.json is not a name.');
  const present = (table: unknown) => Object.entries(table as object).filter(([, value]) => value !== null);
  return {
    class: className as string | undefined,
    inputs: Object.fromEntries(present(inputs).filter(([name]) => !switches.includes(name))),
    outputs: Object.fromEntries(present(outputs)),
    training: training === true,
    gradients: gradients as ReferenceIo['gradients'],
  };
}

const isGradient = (value: unknown): value is Gradient => {
  const { shape, values } = (value ?? {}) as Partial<Gradient>;
  return Array.isArray(shape) && Array.isArray(values) && values.length === shape.reduce((a, b) => a * b, 1);
};

/** Lengths of the axes of nested arrays. */
export function shapeOf(value: Nested): number[] {
  return Array.isArray(value) ? [value.length, ...(value.length > 0 ? shapeOf(value[0] as Nested) : [])] : [];
}

/** The numbers of nested arrays, row-major. */
export function flat(value: Nested): number[] {
  return Array.isArray(value) ? value.flatMap((inner: Nested) => flat(inner)) : [value as number];
}

/** What each argument becomes in a batch. */
export const fields: Readonly<
  Record<
    string,
    {
      readonly field: 'ids' | 'segments' | 'keep' | 'permMask' | 'targetMapping' | 'decoderIds' | 'decoderKeep';
      readonly rank: number;
      readonly dtype: 'int32' | 'float32';
    }
  >
> = {
  input_ids: { field: 'ids', rank: 2, dtype: 'int32' },
  token_type_ids: { field: 'segments', rank: 2, dtype: 'int32' },
  attention_mask: { field: 'keep', rank: 2, dtype: 'float32' },
  perm_mask: { field: 'permMask', rank: 3, dtype: 'float32' },
  target_mapping: { field: 'targetMapping', rank: 3, dtype: 'float32' },
  decoder_input_ids: { field: 'decoderIds', rank: 2, dtype: 'int32' },
  decoder_attention_mask: { field: 'decoderKeep', rank: 2, dtype: 'float32' },
};

/** The label of a place that the reference leaves out of a loss. */
export const unasked = -100;

/** Arguments that say what is right, and how many axes they have; `reference-loss.ts` reads them. */
export const labelNames: Readonly<Record<string, number>> = {
  labels: 2,
  next_sentence_label: 1,
  sentence_order_label: 1,
};

type Json = Readonly<Record<string, unknown>>;

/** What a decoder reads that is given labels alone: these one place to the right, behind the start token. */
function shifted(labels: Nested, { decoder_start_token_id: start, pad_token_id: padding }: Json): Nested {
  const rows = labels as readonly (readonly number[])[];
  return rows.map((row) => [Number(start), ...row.slice(0, -1).map((id) => (id === unasked ? Number(padding) : id))]);
}

/** The reference's arguments as a batch; logits are wanted everywhere. What is absent takes the reference's default. */
export function readInputs(given: ReferenceIo['inputs'], config: Json): Batch {
  const { labels, decoder_input_ids: decoder } = given;
  const isWriter = config.is_encoder_decoder === true && labels !== undefined && decoder === undefined;
  const inputs = isWriter ? { ...given, decoder_input_ids: shifted(labels, config) } : given;
  const found: Record<string, Tensor> = {};
  for (const [name, value] of Object.entries(inputs)) {
    if (name === 'mems' || name in labelNames) continue;
    const known = fields[name];
    if (!known)
      return refuse(
        `io.json has the input ${name}, which is not supported. Supported are ${[...Object.keys(fields), ...Object.keys(labelNames)].join(', ')}, mems.`,
      );
    found[known.field] = toTensor(name, value, known.rank, known.dtype);
  }
  const { ids } = found;
  if (!ids) return refuse('io.json has no input_ids among its inputs. Add them.');
  const shape = ids.shape as [number, number];
  return { segments: tf.zeros(shape, 'int32'), keep: tf.ones(shape), ...found, ids };
}

/** Refuses tokens without a row in their table and texts longer than the table of positions. */
export function checkRange(json: Json, inputs: ReferenceIo['inputs']): void {
  const tables = { input_ids: 'vocab_size', decoder_input_ids: 'vocab_size', token_type_ids: 'type_vocab_size' };
  for (const [name, field] of Object.entries(tables)) {
    const rows = json[field];
    const largest = flat(inputs[name] ?? []).reduce((most, id) => Math.max(most, id), -1);
    if (typeof rows === 'number' && largest >= rows)
      refuse(`${name} in io.json holds ${largest}, and ${field} in config.json is ${rows}. Make both with one model.`);
  }
  const places = json.max_position_embeddings;
  for (const name of ['input_ids', 'decoder_input_ids']) {
    const length = shapeOf(inputs[name] ?? [])[1] ?? 0;
    if (typeof places === 'number' && length > places)
      refuse(`${name} in io.json has rows of ${length}, and config.json allows ${places}. Make both with one model.`);
  }
}

/** The memory of earlier calls, one tensor [memory, batch, hidden] a layer; empty if there was none, or of no step. */
export function readMemory({ mems }: ReferenceIo['inputs']): readonly Tensor[] {
  if (mems === undefined) return [];
  if (!Array.isArray(mems)) return refuse('The input mems in io.json is not a list. Write one array a layer.');
  if (mems.every((value: Nested) => shapeOf(value).join() === '0')) return [];
  return mems.map((value: Nested) => toTensor('mems', value, 3, 'float32'));
}

export function toTensor(name: string, value: Nested, rank: number, dtype: 'int32' | 'float32'): Tensor {
  const shape = shapeOf(value);
  const numbers: readonly unknown[] = flat(value);
  const whole = shape.length === rank && numbers.length === shape.reduce((a, b) => a * b, 1);
  if (!whole || !numbers.every((n) => typeof n === 'number' || typeof n === 'boolean'))
    return refuse(
      `The input ${name} in io.json is not an array of numbers with ${rank} axes. Write it as nested lists of equal length.`,
    );
  return tf.tensor(numbers.map(Number), shape, dtype);
}
