import type { AnyBlueprint, Outputs } from '../models/architecture.ts';
import * as tf from '../nn/tf.ts';

/**
 * What a forward pass gives when not all is asked: the losses that are left, and their weighted sum as the loss. As it
 * is where nothing is left out. `without` names askers (`noising`, `pairing`) or losses of the architecture's own.
 */
export function askedOnly(
  outputs: Outputs,
  without: readonly string[],
  { questions }: Pick<AnyBlueprint, 'questions'>,
  weights: Readonly<Record<string, number>> = {},
): Outputs {
  const isLeft = (name: string) => {
    const { from } = questions[name]!;
    return !without.includes(from === 'own' ? name : from);
  };
  const left = Object.entries(outputs.losses).filter(([name]) => isLeft(name));
  if (left.length === Object.keys(outputs.losses).length) return outputs;
  const parts = left.map(([name, part]) => tf.mul(weights[name] ?? 1, part));
  const loss = parts.length > 0 ? parts.reduce((a, b) => tf.add(a, b)) : undefined;
  return { ...outputs, losses: Object.fromEntries(left), loss };
}
