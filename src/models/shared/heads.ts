import { type Activation, gatherRows, type LinearParams, layerNorm, linear, type NormParams } from '../../nn/layers.ts';
import { crossEntropy } from '../../nn/losses.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Batch } from '../architecture.ts';

/** The places whose logits are wanted: x [batch, seq, hidden] → [slots, hidden], or x itself where all are. */
export function scored(x: Tensor, { positions }: Pick<Batch, 'positions'>): Tensor {
  return positions ? gatherRows(tf.reshape(x, [-1, x.shape[2] ?? 1]), positions) : x;
}

/** Dense, activation, norm, then the word table again: x [..., hidden] → [..., vocab]. Devlin et al. 2019, §3.1. */
export function tokenHead(
  x: Tensor,
  params: { readonly dense: LinearParams; readonly LayerNorm: NormParams },
  tied: { readonly weight: Tensor; readonly bias: Tensor },
  activation: Activation,
  epsilon: number,
): Tensor {
  return linear(layerNorm(linear(x, params.dense, activation), params.LayerNorm, epsilon), tied);
}

/** Mean cross-entropy of the scored places; nothing where the batch bears no labels. logits [slots, vocab] → scalar. */
export function tokenLoss(logits: Tensor, { positions, labels, weights }: Batch): Tensor | undefined {
  return positions && labels && weights ? crossEntropy(logits, labels, weights) : undefined;
}

/** Mean cross-entropy over the rows that are asked: logits [batch, 2], labels [batch] → scalar. */
export function pairLoss(logits: Tensor, { pairLabels, pairWeights }: Batch): Tensor | undefined {
  if (!pairLabels) return undefined;
  const everyRow = () => tf.tensor1d(new Array<number>(logits.shape[0] ?? 1).fill(1));
  return crossEntropy(logits, pairLabels, pairWeights ?? everyRow());
}

/** The parts that are there, and as the loss their sum, each as often as its weight says; once where it has none. */
export function sumLosses(
  parts: Readonly<Record<string, Tensor | undefined>>,
  weights: Readonly<Record<string, number>> = {},
): {
  readonly losses: Readonly<Record<string, Tensor>>;
  readonly loss?: Tensor;
} {
  const losses: Record<string, Tensor> = {};
  for (const [name, part] of Object.entries(parts)) if (part) losses[name] = part;
  const weighted = Object.entries(losses).map(([name, part]) => {
    const weight = weights[name] ?? 1;
    return weight === 1 ? part : tf.mul(weight, part);
  });
  const loss = weighted.length > 0 ? weighted.reduce((a, b) => tf.add(a, b)) : undefined;
  return { losses, loss };
}
