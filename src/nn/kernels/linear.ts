import type { Gpu } from '../gpu/gpu.ts';
import type { Sheet } from '../gpu/layout.ts';
import { draw, each, outputs } from '../gpu/program.ts';
import { allocate, release } from '../gpu/sheet.ts';
import { colsOf, flatOf, inOneFlat, sheetOf, wrapPart, wrapSheet } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import { fuse, type Kernel } from './kernel.ts';
import { type Epilogue, product, productBack, productGradient, type Weights } from './products.ts';

export interface LinearOptions {
  /** How many weights; their outputs stand side by side. */
  readonly parts: number;
  readonly bias: boolean;
  readonly activation: Epilogue;
}

/** Inputs are x, the weights [out, in], then the biases [out]. */
function split(inputs: readonly Tensor[], { parts }: LinearOptions) {
  const [x, ...rest] = inputs;
  return { x: x!, weights: rest.slice(0, parts), biases: rest.slice(parts, 2 * parts) };
}

function views(gpu: Gpu, weights: readonly Tensor[], biases: readonly Tensor[]): Weights {
  const [out = 1, width = 1] = weights[0]!.shape;
  return {
    views: weights.map((weight) => flatOf(gpu, weight, width)),
    biases: biases.map((bias) => flatOf(gpu, bias, out)),
    out,
    width,
  };
}

/**
 * x [n, in], weight [out, in] → [n, out]. The engine's WebGL products take two rows at a time, and of an odd number the
 * gradient also reads what stands behind the last one, which may be no number: a row of zeros stands there instead.
 */
function times(x: Tensor, weight: Tensor): Tensor {
  const [rows = 1] = x.shape;
  const isOdd = rows % 2 === 1 && tf.getBackend() === 'webgl';
  const even: Tensor = isOdd ? tf.concat([x, tf.zeros([1, colsOf(x)])]) : x;
  const y: Tensor = tf.matMul(even as tf.Tensor2D, weight as tf.Tensor2D, false, true);
  return isOdd ? tf.slice(y, [0, 0], [rows, weight.shape[0]!]) : y;
}

const plainEpilogue = { none: (y: Tensor) => y, relu: (y: Tensor) => tf.relu(y), tanh: (y: Tensor) => tf.tanh(y) };

/** dy times the slope of the activation, by its result y. */
function undo(gpu: Gpu, dy: Sheet, y: Sheet, activation: Epilogue): Sheet {
  const { layers } = gpu;
  const sheet = allocate(gpu, y.rows, y.cols);
  const slope = activation === 'relu' ? 'vec4(greaterThan(v, vec4(0)))' : '1.0 - v * v';
  const program = {
    key: `undo ${activation}`,
    inputs: ['dy', 'y'],
    source: () => `${outputs(layers)}
vec4 slope(vec4 v) { return ${slope}; }
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  ${each(layers, (i) => `y${i} = BLOCK(dy, at.y, ${i}, at.x) * slope(BLOCK(y, at.y, ${i}, at.x));`)}
}`,
  };
  draw(gpu, program, [dy, y], sheet);
  return sheet;
}

/** x [..., in], weights each [out, in], biases each [out] → [..., parts · out]. */
export const linearKernel: Kernel<LinearOptions> = {
  reference(inputs, options) {
    const { x, weights, biases } = split(inputs, options);
    const rows = tf.reshape(x, [-1, colsOf(x)]);
    const products = weights.map((weight, i) => {
      const y = times(rows, weight);
      return biases[i] ? tf.add(y, biases[i]) : y;
    });
    const y = products.length === 1 ? products[0]! : tf.concat(products, 1);
    const acted = plainEpilogue[options.activation](y);
    return tf.reshape(acted, [...x.shape.slice(0, -1), acted.shape[1]!]);
  },

  supports(gpu, inputs, options) {
    const { weights, biases } = split(inputs, options);
    return options.parts === 1 || (inOneFlat(gpu, weights) && inOneFlat(gpu, biases));
  },

  forward(gpu, inputs, options) {
    const { x, weights, biases } = split(inputs, options);
    const given = views(gpu, weights, biases);
    const y = product(gpu, sheetOf(gpu, x), given, options.activation);
    const value = wrapSheet(y, [...x.shape.slice(0, -1), y.cols]);
    return { value, saved: options.activation === 'none' ? inputs : [...inputs, value] };
  },

  gradient(gpu, dy, saved, options) {
    const { x, weights, biases } = split(saved, options);
    const given = views(gpu, weights, biases);
    const above = sheetOf(gpu, dy, given.out * options.parts);
    const undone =
      options.activation === 'none'
        ? undefined
        : undo(gpu, above, sheetOf(gpu, saved[1 + weights.length + biases.length]!), options.activation);
    const slope = undone ?? above;
    const dx = productBack(gpu, slope, given);
    const { sheet, splits, stride, biasCol } = productGradient(gpu, slope, sheetOf(gpu, x), options.bias);
    if (undone) release(gpu, undone);
    const piece = (i: number, down: boolean) => ({
      sheet,
      row: i * given.out,
      col: down ? biasCol : 0,
      down,
      splits,
      stride,
    });
    const gradients = [
      wrapSheet(dx, x.shape),
      ...weights.map((weight, i) => wrapPart(piece(i, false), weight.shape)),
      ...biases.map((bias, i) => wrapPart(piece(i, true), bias.shape)),
    ];
    // The tensors hold it now.
    release(gpu, sheet);
    return gradients;
  },
};

export const fusedLinear = fuse(linearKernel);
