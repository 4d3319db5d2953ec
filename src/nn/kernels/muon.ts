import { type Batch, batchesOf, endOf, strideOf } from '../../core/stacks.ts';
import type { Gpu } from '../gpu/gpu.ts';
import type { Sheet } from '../gpu/layout.ts';
import type { Target } from '../gpu/program.ts';
import { allocate, release } from '../gpu/sheet.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import type { Moving } from './adamw.ts';
import { arrange, move, normalize, rowProducts } from './muon-programs.ts';
import { iterations, leastNorm, type Muon, type MuonInputs, quintic, scaleOf } from './muon-settings.ts';

const mix = (mean: Tensor, gradient: Tensor, share: number): Tensor =>
  tf.add(tf.mul(mean, share), tf.mul(gradient, 1 - share));

/** [rows, cols] → about the nearest matrix whose singular values are 1: Newton–Schulz in plain ops. */
function orthogonalized(matrix: Tensor): Tensor {
  const [rows = 0, cols = 0] = matrix.shape;
  const wide = rows > cols ? tf.transpose(matrix) : matrix;
  let x: Tensor = tf.div(wide, tf.maximum(tf.sqrt(tf.sum(tf.square(wide))), leastNorm));
  const [a, b, c] = quintic;
  for (let i = 0; i < iterations; i++) {
    const gram = tf.matMul(x as tf.Tensor2D, x as tf.Tensor2D, false, true);
    const power = tf.add(tf.mul(gram, b), tf.mul(tf.matMul(gram, gram), c));
    x = tf.add(tf.mul(x, a), tf.matMul(power as tf.Tensor2D, x as tf.Tensor2D));
  }
  return rows > cols ? tf.transpose(x) : x;
}

/**
 * An update of everything [n] with the matrices moved in their own way: `adamed` is what AdamW made of `before` with
 * the same gradient, cut already. Jordan et al. 2024; as `torch.optim.Muon`, whose running mean is μm + (1 − μ)g and
 * whose matrices are moved by (1 − μ)g + μm.
 */
export function plainMuon(
  before: Moving<Tensor>,
  adamed: Moving<Tensor>,
  gradient: Tensor,
  { rate, momentum, weightDecay, stacks }: Muon,
): Moving<Tensor> {
  const end = endOf(stacks);
  const head = (vector: Tensor) => tf.slice(vector, 0, end);
  const then = (start: Tensor, vector: Tensor) => tf.concat([start, tf.slice(vector, end, vector.size - end)]);
  const mean = mix(head(before.first), head(gradient), momentum);
  const ahead = mix(mean, head(gradient), momentum);
  const moved = stacks.flatMap((stack) => {
    const { offset, rows, cols, count } = stack;
    const stride = strideOf(stack);
    return Array.from({ length: count }, (_, i) => {
      const of = (vector: Tensor) => tf.slice(vector, offset + i * stride, rows * cols);
      const turned = orthogonalized(tf.reshape(of(ahead), [rows, cols]));
      const kept = tf.mul(of(before.weights), 1 - rate * weightDecay);
      const next = tf.sub(kept, tf.mul(tf.reshape(turned, [rows * cols]), rate * scaleOf(stack)));
      return stride > rows * cols ? tf.concat([next, tf.zeros([stride - rows * cols])]) : next;
    });
  });
  return {
    weights: then(tf.concat(moved), adamed.weights),
    first: then(mean, adamed.first),
    second: then(tf.zeros([end]), adamed.second),
  };
}

/**
 * The same update on the GPU, into the weights that `target` is attached to. What multiplies a matrix in Newton–Schulz
 * is a polynomial of its Gram matrix XXᵀ, so the iteration is done on the Gram matrices alone, which are square and as
 * small as the shorter side: those of all shapes with one shorter side together.
 */
export function fusedMuon(gpu: Gpu, inputs: MuonInputs, target: Target, muon: Muon): void {
  for (const batch of batchesOf(muon.stacks, gpu.layers)) {
    const wide = batch.parts.map((part) => arrange(gpu, inputs, batch, part, muon.momentum));
    const gram = allocate(gpu, batch.rows, batch.side);
    for (const [i, { first }] of batch.parts.entries()) rowProducts(gpu, batch, wide[i]!, wide[i]!, gram, { first });
    const factor = polynomial(gpu, batch, gram);
    for (const [i, part] of batch.parts.entries())
      move(gpu, { ...inputs, wide: wide[i]!, gram, factor }, part, batch, target, muon);
    for (const sheet of [...wide, gram, factor]) release(gpu, sheet);
  }
}

/** What multiplies each matrix in all iterations together. */
function polynomial(gpu: Gpu, batch: Batch, gram: Sheet): Sheet {
  const [a, b, c] = quintic;
  const make = (x: Sheet, y: Sheet, plus?: Parameters<typeof rowProducts>[5]) => {
    const sheet = allocate(gpu, batch.rows, batch.side);
    rowProducts(gpu, batch, x, y, sheet, plus);
    return sheet;
  };
  let square = normalize(gpu, batch, gram);
  let all: Sheet | undefined;
  for (let i = 1; ; i++) {
    const once = make(square, square, { product: c, add: square, times: b, identity: a });
    const sofar: Sheet = all ? make(once, all) : once;
    if (i < iterations) {
      const half = make(once, square);
      const next = make(half, once);
      release(gpu, half);
      release(gpu, square);
      square = next;
    } else release(gpu, square);
    if (all) {
      release(gpu, all);
      release(gpu, once);
    }
    all = sofar;
    if (i === iterations) return all;
  }
}
