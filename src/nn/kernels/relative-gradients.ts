import { texels } from '../../core/textures.ts';
import type { Gpu } from '../gpu/gpu.ts';
import type { Sheet } from '../gpu/layout.ts';
import { draw, each, outputs } from '../gpu/program.ts';
import { allocate } from '../gpu/sheet.ts';
import type { FlatView } from '../gpu/tensors.ts';
import { keyOf, type Sizes } from './attention-programs.ts';

import { hiddenOf } from './relative-programs.ts';

const paddedRows = (gpu: Gpu, { query }: Sizes): number => Math.ceil(query / gpu.layers) * gpu.layers;

/** GLSL: batch, head's first texel and query of a row of [batch · query, …]. */
const queryRow = (gpu: Gpu, sizes: Sizes): string => `int b = m / ${sizes.query};
  int i = m - b * ${sizes.query};
  int row = (b * ${sizes.heads} + col / ${sizes.width}) * ${paddedRows(gpu, sizes)} + i;`;

/** The queries' gradients through distances and, beside them, through segments: [batch · query, (1 | 2) · hidden]. */
export function queryGradient(
  gpu: Gpu,
  { slopes, r, sums }: { slopes: Sheet; r: Sheet; sums?: Sheet | undefined },
  kinds: FlatView | undefined,
  sizes: Sizes,
): Sheet {
  const { layers } = gpu;
  const hidden = hiddenOf(sizes);
  const rows = sizes.batch * sizes.query;
  const sheet = allocate(gpu, rows, hidden * 4 * (sums ? 2 : 1));
  const program = {
    key: `relative query gradient ${keyOf(sizes)} ${sums !== undefined}`,
    inputs: ['slopes', 'r', ...(sums ? ['sums', 'kinds'] : [])],
    ints: sums ? ['kindsStart'] : [],
    source: () => `${outputs(layers)}
vec4 byDistance(int m, int col) {
  vec4 v = vec4(0), d;
  ${queryRow(gpu, sizes)}
  int far = ${sizes.query} - i;
  for (int x = 0; x < ${texels(sizes.key)}; x++) {
    d = AT(slopes, row, x);
    v += mat4(AT(r, far, col), AT(r, far + 1, col), AT(r, far + 2, col), AT(r, far + 3, col)) * d;
    far += 4;
  }
  return v;
}
${
  sums
    ? `vec4 bySegment(int m, int col) {
  ${queryRow(gpu, sizes)}
  vec4 s = AT(sums, row, 0);
  return s.x * FLAT(kinds, kindsStart + col) + s.y * FLAT(kinds, kindsStart + ${hidden} + col);
}`
    : ''
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int top = at.y * ${layers};
  ${each(layers, (t) => `y${t} = vec4(0);`)}
  if (at.x < ${hidden}) {
    ${each(layers, (t) => `if (top + ${t} < ${rows}) y${t} = byDistance(top + ${t}, at.x);`)}
  }
  ${
    sums
      ? `else {
    ${each(layers, (t) => `if (top + ${t} < ${rows}) y${t} = bySegment(top + ${t}, at.x - ${hidden});`)}
  }`
      : ''
  }
}`,
  };
  draw(gpu, program, [slopes, r, ...(sums ? [sums, kinds!.flat] : [])], sheet, { ints: kinds ? [kinds.offset] : [] });
  return sheet;
}

/** GLSL: the slope of a row at the key `j`. */
const slopeAt = ({ key }: Sizes): string =>
  `float slope(int row, int j) { return j >= 0 && j < ${key} ? AT(slopes, row, j >> 2)[j & 3] : 0.0; }`;

/**
 * The gradient of distances: Σ over the batch and its queries of the slope at that distance × what meets it there: the
 * query, shifted if a shift is given, or the key. values a sheet of [batch · seq, …], of which texel `start` is the
 * first → [key + query, hidden].
 */
export function distanceGradient(
  gpu: Gpu,
  { slopes, values, start, of }: { slopes: Sheet; values: Sheet; start: number; of: 'queries' | 'keys' },
  shift: FlatView | undefined,
  sizes: Sizes,
): Sheet {
  const { layers } = gpu;
  const { batch, heads, query, key, width } = sizes;
  const sheet = allocate(gpu, key + query, hiddenOf(sizes) * 4);
  const ofKeys = of === 'keys';
  const program = {
    key: `relative distance gradient ${keyOf(sizes)} ${of} ${start} ${shift !== undefined}`,
    inputs: ['slopes', 'x', ...(shift ? ['shift'] : [])],
    ints: shift ? ['shiftStart'] : [],
    source: () => `${outputs(layers)}
${slopeAt(sizes)}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int top = at.y * ${layers};
  vec4 w = ${shift ? 'FLAT(shift, shiftStart + at.x)' : 'vec4(0)'}, a;
  ${each(layers, (t) => `vec4 v${t} = vec4(0);`)}
  for (int b = 0; b < ${batch}; b++) {
    int row = (b * ${heads} + at.x / ${width}) * ${paddedRows(gpu, sizes)};
    for (int i = 0; i < ${query}; i++) {
      int j = top - ${query} + i;
      ${ofKeys ? '' : `a = AT(x, b * ${query} + i, ${start} + at.x) + w;`}
      ${each(layers, (t) => `v${t} += slope(row + i, j + ${t}) * ${ofKeys ? `AT(x, b * ${key} + clamp(j + ${t}, 0, ${key - 1}), ${start} + at.x)` : 'a'};`)}
    }
  }
  ${each(layers, (t) => `y${t} = top + ${t} < ${key + query} ? v${t} : vec4(0);`)}
}`,
  };
  const inputs = [slopes, values, ...(shift ? [shift.flat] : [])];
  draw(gpu, program, inputs, sheet, { ints: shift ? [shift.offset] : [] });
  return sheet;
}

/** Sums of the columns, split: row s is split s. */
export function columnSums(gpu: Gpu, x: Sheet): { sheet: Sheet; splits: number } {
  const { layers } = gpu;
  const height = Math.max(
    1,
    Math.min(Math.ceil(gpu.fragments / x.width), Math.ceil(64 / layers), Math.ceil(x.rows / 8 / layers)),
  );
  const splits = height * layers;
  const sheet = allocate(gpu, splits, x.cols);
  const program = {
    key: 'column sums',
    inputs: ['x'],
    ints: ['rows', 'chunk'],
    source: () => `${outputs(layers)}
vec4 sum(int split, int x0) {
  vec4 v = vec4(0);
  for (int row = split * chunk; row < min((split + 1) * chunk, rows); row++) v += AT(x, row, x0);
  return v;
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  ${each(layers, (t) => `y${t} = sum(at.y * ${layers} + ${t}, at.x);`)}
}`,
  };
  draw(gpu, program, [x], sheet, { ints: [x.rows, Math.ceil(x.rows / splits)] });
  return { sheet, splits };
}

/** Gradient of the two segment vectors [2, hidden]: Σ over the batch and its queries of the kind's sum × (q + s). */
export function kindGradient(gpu: Gpu, { sums, q }: { sums: Sheet; q: Sheet }, shift: FlatView, sizes: Sizes): Sheet {
  const { layers } = gpu;
  const { batch, heads, query, width } = sizes;
  const sheet = allocate(gpu, 2, hiddenOf(sizes) * 4);
  const program = {
    key: `relative kind gradient ${keyOf(sizes)}`,
    inputs: ['sums', 'q', 'shift'],
    ints: ['shiftStart'],
    source: () => `${outputs(layers)}
void main() {
  int col = int(gl_FragCoord.x);
  ${each(layers, (t) => `y${t} = vec4(0);`)}
  vec4 w = FLAT(shift, shiftStart + col), a, s, same = vec4(0), different = vec4(0);
  for (int b = 0; b < ${batch}; b++) {
    int row = (b * ${heads} + col / ${width}) * ${paddedRows(gpu, sizes)};
    for (int i = 0; i < ${query}; i++) {
      a = AT(q, b * ${query} + i, col) + w;
      s = AT(sums, row + i, 0);
      same += s.x * a;
      different += s.y * a;
    }
  }
  y0 = same;
  y1 = different;
}`,
  };
  draw(gpu, program, [sums, q, shift.flat], sheet, { ints: [shift.offset] });
  return sheet;
}
