import { draw, each, outputs } from '../gpu/program.ts';
import { allocate } from '../gpu/sheet.ts';
import { colsOf, flatOf, sheetOf, wrapSheet } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import { fuse, type Kernel } from './kernel.ts';
import { scatter } from './scatter.ts';

/** Input x [rows, width], option rows [n] → [n, width]. */
export const gatherRowsKernel: Kernel<{ readonly rows: Tensor }> = {
  reference: ([x], { rows }) => tf.gather(x!, rows as tf.Tensor1D),

  forward(gpu, [x], { rows }) {
    const { layers } = gpu;
    const source = sheetOf(gpu, x!);
    const sheet = allocate(gpu, rows.size, source.cols);
    const program = {
      key: 'gather rows',
      inputs: ['source', 'rows'],
      ints: ['count'],
      source: () => `${outputs(layers)}
vec4 pick(int row, int x) {
  return row < count ? AT(source, int(FLAT(rows, row >> 2)[row & 3]), x) : vec4(0);
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  ${each(layers, (r) => `y${r} = pick(at.y * ${layers} + ${r}, at.x);`)}
}`,
    };
    draw(gpu, program, [source, flatOf(gpu, rows).flat], sheet, { ints: [rows.size] });
    return { value: wrapSheet(sheet, [rows.size, source.cols]), saved: [x!, rows] };
  },

  gradient(gpu, dy, [x, rows]) {
    const [{ sheet }] = scatter(gpu, sheetOf(gpu, dy), [{ rows: x!.size / colsOf(x!), ids: rows! }]) as [
      ReturnType<typeof scatter>[number],
    ];
    return [wrapSheet(sheet, x!.shape)];
  },
};

export const fusedGatherRows = fuse(gatherRowsKernel);
