import { draw, each, outputs } from '../gpu/program.ts';
import { allocate } from '../gpu/sheet.ts';
import { colsOf, flatOf, sheetOf, wrap, wrapSheet } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import { fuse, type Kernel } from './kernel.ts';
import { scatter, times } from './scatter.ts';

/** Ids of each table, all of the same shape. */
export interface EmbeddingOptions {
  readonly ids: readonly Tensor[];
  /** What the sum is multiplied by. */
  readonly scale?: number;
}

/** Inputs tables, each [rows, width] → the sum of their rows at the ids, scaled: [...ids, width]. */
export const embeddingKernel: Kernel<EmbeddingOptions> = {
  reference(tables, { ids, scale = 1 }) {
    const looked = tables.map((table, i) => tf.gather(table, ids[i] as tf.Tensor1D) as Tensor);
    const sum = looked.reduce((sum, x) => tf.add(sum, x));
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

  gradient(gpu, dy, saved, { scale = 1 }) {
    const tables = saved.slice(0, saved.length / 2);
    const lookups = tables.map((table, i) => ({ rows: table.shape[0]!, ids: saved[tables.length + i]! }));
    const above = sheetOf(gpu, dy);
    return scatter(gpu, above, lookups, scale).map(({ sheet, row }, i) => {
      const part = { sheet, row, col: 0, down: false, splits: 1, stride: 0 };
      return wrap({ kind: 'parts', parts: [part], cols: above.cols }, tables[i]!.shape);
    });
  },
};

export const fusedEmbedding = fuse(embeddingKernel);
