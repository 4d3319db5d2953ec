import { draw, each, outputs } from '../gpu/program.ts';
import { allocate } from '../gpu/sheet.ts';
import { colsOf, flatOf, sheetOf, wrap, wrapSheet } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import { fuse, type Kernel } from './kernel.ts';
import { scatter, times } from './scatter.ts';

export interface EmbeddingOptions {
  /** Ids of each table, all of the same shape. */
  readonly ids: readonly Tensor[];
  /** Of each table, the row that looking it up does not move; undefined: none. PyTorch's `padding_idx`. */
  readonly still: readonly (number | undefined)[];
  /** What the sum is multiplied by. */
  readonly scale?: number | undefined;
}

/** Rows of a table at the ids, without a gradient for those of row `still`. */
function lookUp(table: Tensor, ids: Tensor, still: number | undefined): Tensor {
  const gather = (from: Tensor) => tf.gather(from, ids as tf.Tensor1D) as Tensor;
  if (still === undefined) return gather(table);
  const [rows, width] = table.shape as [number, number];
  const op = tf.customGrad((...given) => {
    const [x, save] = given as unknown as [Tensor, (tensors: Tensor[]) => void];
    save([ids]);
    const gradFunc = (dy: Tensor, [at]: Tensor[]) => {
      const moves = tf.cast(tf.expandDims(tf.notEqual(at!, still), -1), 'float32');
      return tf.unsortedSegmentSum(tf.reshape(tf.mul(dy, moves), [-1, width]), tf.reshape(at!, [-1]), rows);
    };
    return { value: gather(x), gradFunc };
  });
  return op(table);
}

/** Inputs tables, each [rows, width] → the sum of their rows at the ids, scaled: [...ids, width]. */
export const embeddingKernel: Kernel<EmbeddingOptions> = {
  reference(tables, { ids, still, scale = 1 }) {
    const looked = tables.map((table, i) => lookUp(table, ids[i]!, still[i]));
    const sum = looked.reduce((all, x) => tf.add(all, x));
    return scale === 1 ? sum : tf.mul(sum, scale);
  },

  supports: (_, tables) => tables.length <= 7,

  forward(gpu, tables, { ids, scale = 1 }) {
    const { layers } = gpu;
    const width = colsOf(tables[0]!);
    const count = ids[0]!.size;
    const sheet = allocate(gpu, count, width);
    const flats = tables.map((table) => flatOf(gpu, table));
    const program = {
      key: `embedding ${width} ${tables.length} ${scale}`,
      inputs: tables.flatMap((_, i) => [`table${i}`, `ids${i}`]),
      ints: ['count', ...tables.map((_, i) => `start${i}`)],
      source: () => `${outputs(layers)}
vec4 sum(int row, int x) {
  vec4 v = vec4(0);
  if (row >= count) return v;
  ${each(tables.length, (i) => `v += FLAT(table${i}, start${i} + int(FLAT(ids${i}, row >> 2)[row & 3]) * ${flats[0]!.stride} + x);`)}
  return ${times('v', scale)};
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  ${each(layers, (r) => `y${r} = sum(at.y * ${layers} + ${r}, at.x);`)}
}`,
    };
    const inputs = flats.flatMap(({ flat }, i) => [flat, flatOf(gpu, ids[i]!, count).flat]);
    draw(gpu, program, inputs, sheet, { ints: [count, ...flats.map(({ offset }) => offset)] });
    return { value: wrapSheet(sheet, [...ids[0]!.shape, width]), saved: [...tables, ...ids] };
  },

  gradient(gpu, dy, saved, { still, scale = 1 }) {
    const tables = saved.slice(0, saved.length / 2);
    const lookups = tables.map((table, i) => ({
      rows: table.shape[0]!,
      ids: saved[tables.length + i]!,
      still: still[i],
    }));
    const above = sheetOf(gpu, dy);
    return scatter(gpu, above, lookups, scale).map(({ sheet, row }, i) => {
      const part = { sheet, row, col: 0, down: false, splits: 1, stride: 0 };
      return wrap({ kind: 'parts', parts: [part], cols: above.cols }, tables[i]!.shape);
    });
  },
};

export const fusedEmbedding = fuse(embeddingKernel);
