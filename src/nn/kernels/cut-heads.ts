import type { Gpu } from '../gpu/gpu.ts';
import { draw, each, outputs } from '../gpu/program.ts';
import { allocate, release } from '../gpu/sheet.ts';
import { colsOf, flatOf, sheetOf, wrapPart, wrapSheet } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import { fuse, type Kernel } from './kernel.ts';
import { columnSums } from './relative-gradients.ts';

type Part = 'q' | 'k' | 'v';
const order: readonly Part[] = ['q', 'k', 'v'];

export interface CutOptions {
  readonly heads: number;
  /** What is wanted of it, side by side in this order. */
  readonly parts: readonly Part[];
}

/** The biases that follow x: one for each wanted part that has one, keys have none. */
const biasedOf = ({ parts }: CutOptions): readonly Part[] => parts.filter((part) => part !== 'k');

/** Texels of all heads together and of one head. */
function sizesOf(x: Tensor, heads: number) {
  const hidden = colsOf(x) / 12;
  return { hidden, width: hidden / heads };
}

/** GLSL `from(x)`: the column of the product, in texels, that the column x of the parts comes from. */
const fromSource = (x: Tensor, { heads, parts }: CutOptions): string => {
  const { hidden, width } = sizesOf(x, heads);
  const turns = parts.map((part, i) => `part == ${i} ? ${order.indexOf(part)} : `).join('');
  return `int from(int x) {
  int part = x / ${hidden};
  int inside = x - part * ${hidden};
  int head = inside / ${width};
  return (head * 3 + (${turns}0)) * ${width} + inside - head * ${width};
}`;
};

function cut(gpu: Gpu, x: Tensor, biases: readonly Tensor[], options: CutOptions) {
  const { layers } = gpu;
  const { hidden } = sizesOf(x, options.heads);
  const source = sheetOf(gpu, x);
  const sheet = allocate(gpu, source.rows, options.parts.length * hidden * 4);
  const biased = biasedOf(options);
  const views = biases.map((bias) => flatOf(gpu, bias, hidden * 4));
  const added = biased
    .map((part, i) => {
      const first = options.parts.indexOf(part) * hidden;
      return `if (at.x >= ${first} && at.x < ${first + hidden}) a = FLAT(b${i}, b${i}Start + at.x - ${first});`;
    })
    .join('\n  ');
  const program = {
    key: `cut heads ${options.heads} ${options.parts} ${hidden}`,
    inputs: ['source', ...biased.map((_, i) => `b${i}`)],
    ints: ['rows', ...biased.map((_, i) => `b${i}Start`)],
    source: () => `${outputs(layers)}
${fromSource(x, options)}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  vec4 a = vec4(0);
  ${added}
  int x = from(at.x);
  ${each(layers, (r) => `y${r} = at.y * ${layers} + ${r} < rows ? BLOCK(source, at.y, ${r}, x) + a : vec4(0);`)}
}`,
  };
  const inputs = [source, ...views.map(({ flat }) => flat)];
  draw(gpu, program, inputs, sheet, { ints: [source.rows, ...views.map(({ offset }) => offset)] });
  return sheet;
}

/** The way back: what was not wanted has no gradient. */
function uncut(gpu: Gpu, dy: Tensor, x: Tensor, { heads, parts }: CutOptions) {
  const { layers } = gpu;
  const { hidden, width } = sizesOf(x, heads);
  const above = sheetOf(gpu, dy);
  const sheet = allocate(gpu, above.rows, hidden * 12);
  const turns = order.map((part, i) => `turn == ${i} ? ${parts.indexOf(part)} : `).join('');
  const program = {
    key: `uncut heads ${heads} ${parts} ${hidden}`,
    inputs: ['dy'],
    source: () => `${outputs(layers)}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int head = at.x / ${3 * width};
  int inside = at.x - head * ${3 * width};
  int turn = inside / ${width};
  int part = ${turns}-1;
  int x = part * ${hidden} + head * ${width} + inside - turn * ${width};
  ${each(layers, (r) => `y${r} = part < 0 ? vec4(0) : BLOCK(dy, at.y, ${r}, x);`)}
}`,
  };
  draw(gpu, program, [above], sheet);
  return sheet;
}

/**
 * Inputs x [..., 3 · hidden], head by head its query, key and value, and a bias [hidden] for query and value as far as
 * they are wanted → [..., parts · hidden], part by part.
 */
export const cutHeadsKernel: Kernel<CutOptions> = {
  reference([x, ...biases], options) {
    const { heads, parts } = options;
    const hidden = colsOf(x!) / 3;
    const rows = x!.size / colsOf(x!);
    const turned = tf.transpose(tf.reshape(x!, [rows, heads, 3, hidden / heads]), [2, 0, 1, 3]);
    const biased = biasedOf(options);
    const cuts = parts.map((part) => {
      const own = tf.reshape(tf.slice(turned, [order.indexOf(part), 0, 0, 0], [1, rows, heads, hidden / heads]), [
        rows,
        hidden,
      ]);
      const bias = biases[biased.indexOf(part)];
      return bias ? tf.add(own, bias) : own;
    });
    const joined = cuts.length > 1 ? tf.concat(cuts, 1) : cuts[0]!;
    return tf.reshape(joined, [...x!.shape.slice(0, -1), parts.length * hidden]);
  },

  supports: (_, [x], { heads }) => Number.isInteger(sizesOf(x!, heads).width),

  forward(gpu, [x, ...biases], options) {
    const sheet = cut(gpu, x!, biases, options);
    return { value: wrapSheet(sheet, [...x!.shape.slice(0, -1), sheet.cols]), saved: [x!, ...biases] };
  },

  gradient(gpu, dy, [x, ...biases], options) {
    const dx = wrapSheet(uncut(gpu, dy, x!, options), x!.shape);
    if (biases.length === 0) return [dx];
    const { sheet, splits } = columnSums(gpu, sheetOf(gpu, dy));
    const ofBiases = biasedOf(options).map((part, i) => {
      const col = options.parts.indexOf(part) * biases[i]!.size;
      return wrapPart({ sheet, row: 0, col, down: false, splits, stride: 1 }, biases[i]!.shape);
    });
    // The tensors hold it now.
    release(gpu, sheet);
    return [dx, ...ofBiases];
  },
};

export const fusedCutHeads = fuse(cutHeadsKernel);
