import { AppError } from '../core/errors.ts';
import type { Params } from '../nn/init.ts';
import type { Tensor } from '../nn/tf.ts';
import type { AnyForward } from './architecture.ts';

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

/** How an architecture writes text; undefined for those that only read. */
export const loadWriter = async (id: string): Promise<Writer | undefined> => writers[`./${id}/generate.ts`]?.();

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
