import { AppError } from '../core/errors.ts';
import type { Params } from '../nn/init.ts';
import type { Tensor } from '../nn/tf.ts';
import type { AnyForward } from './architecture.ts';
import { blueprints } from './catalog.ts';

const found = import.meta.glob<AnyForward>('./*/forward.ts', { import: 'forward' });

/**
 * Writes texts token by token, always the most probable: ids int32 and keep float32, each [batch, source] → after each
 * token the rows so far, start token first.
 */
export type Writer = (
  params: Params<never>,
  config: object,
  text: { readonly ids: Tensor; readonly keep: Tensor },
  maxLength: number,
) => AsyncGenerator<readonly (readonly number[])[]>;

const writers = import.meta.glob<Writer>('./*/generate.ts', { import: 'greedy' });

/** The names of the architectures that write text, for a sentence. */
export const writerNames = (): readonly string[] =>
  Object.values(blueprints).flatMap(({ id, name }) => (`./${id}/generate.ts` in writers ? [name] : []));

/** How an architecture writes text; undefined for those that only read. */
export const loadWriter = async (id: string): Promise<Writer | undefined> => writers[`./${id}/generate.ts`]?.();

/** A model in numbers: its configuration and its weights by name. */
export interface Numbers<Config = object> {
  readonly config: Config;
  readonly state: ReadonlyMap<string, Float32Array>;
}

/**
 * A student's starting numbers, taken from a trained teacher's. Throws `AppError('bad-option')` where the teacher is
 * of another kind or size.
 */
export type Start<Config = object> = (student: Numbers<Config>, teacher: Numbers) => Map<string, Float32Array>;

const starts = import.meta.glob<Start>('./*/start.ts', { import: 'startFrom' });

/** How an architecture starts from a teacher; undefined for those that start from chance. */
export const loadStart = async (id: string): Promise<Start | undefined> => starts[`./${id}/start.ts`]?.();

/** The forward pass of an architecture, loaded when first asked for; needs TensorFlow.js. */
export async function loadForward(id: string): Promise<AnyForward> {
  const load = found[`./${id}/forward.ts`];
  if (!load)
    throw new AppError(
      'bad-option',
      `There is no architecture called "${id}", so it cannot be run. Choose one of the list.`,
      'architecture',
    );
  return load();
}
