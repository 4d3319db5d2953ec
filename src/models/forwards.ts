import { AppError } from '../core/errors.ts';
import type { AnyForward } from './architecture.ts';

const found = import.meta.glob<AnyForward>('./*/forward.ts', { import: 'forward' });

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
