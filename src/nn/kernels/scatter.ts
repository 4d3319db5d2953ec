import { releaseFlat, uploadFlat } from '../gpu/flat.ts';
import type { Gpu } from '../gpu/gpu.ts';
import type { Flat, Sheet } from '../gpu/layout.ts';
import { draw, each, outputs } from '../gpu/program.ts';
import { allocate } from '../gpu/sheet.ts';
import { flatOf, valuesOf } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';

/** Tables one above the other, and for each the row that every row of dy was looked up from. */
export interface Lookup {
  readonly rows: number;
  readonly ids: Tensor;
  /** The row that is given nothing. */
  readonly still?: number | undefined;
}

/**
 * For each row of the tables one above the other, where its occurrences begin in the list that follows; then the list:
 * rows of dy, sorted by the row of the table.
 */
export function occurrences(
  lookups: readonly (Pick<Lookup, 'rows' | 'still'> & { readonly ids: ArrayLike<number> })[],
): Float32Array {
  const rows = lookups.reduce((sum, lookup) => sum + lookup.rows, 0);
  const entries = lookups.reduce((sum, { ids }) => sum + ids.length, 0);
  const places = new Float32Array(rows + 1 + entries);
  let top = 0;
  for (const lookup of lookups) {
    for (let m = 0; m < lookup.ids.length; m++)
      if (lookup.ids[m] !== lookup.still) places[top + lookup.ids[m]! + 1]! += 1;
    top += lookup.rows;
  }
  for (let row = 0; row < rows; row++) places[row + 1]! += places[row]!;
  const next = places.slice(0, rows);
  top = 0;
  for (const lookup of lookups) {
    for (let m = 0; m < lookup.ids.length; m++) {
      if (lookup.ids[m] === lookup.still) continue;
      const row = top + lookup.ids[m]!;
      places[rows + 1 + next[row]!] = m;
      next[row]! += 1;
    }
    top += lookup.rows;
  }
  return places;
}

/** GLSL: a number times a constant. */
export const times = (value: string, scale: number): string => (scale === 1 ? value : `${value} * float(${scale})`);

function scatterSorted(gpu: Gpu, dy: Sheet, places: Flat, rows: number, scale: number): Sheet {
  const { layers } = gpu;
  const sheet = allocate(gpu, rows, dy.cols);
  const program = {
    key: `scatter ${scale}`,
    inputs: ['dy', 'places'],
    ints: ['rows'],
    source: () => `${outputs(layers)}
int place(int i) { return int(FLAT(places, i >> 2)[i & 3]); }
vec4 collect(int row, int x) {
  vec4 v = vec4(0);
  if (row >= rows) return v;
  int end = place(row + 1);
  for (int i = place(row); i < end; i++) v += AT(dy, place(rows + 1 + i), x);
  return ${times('v', scale)};
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  ${each(layers, (r) => `y${r} = collect(at.y * ${layers} + ${r}, at.x);`)}
}`,
  };
  draw(gpu, program, [dy, places], sheet, { ints: [rows] });
  return sheet;
}

/** For ids that only the GPU knows: every row of the table looks at every id. */
function scatterUnsorted(gpu: Gpu, dy: Sheet, ids: Flat, { rows, still = -1 }: Lookup, scale: number): Sheet {
  const { layers } = gpu;
  const sheet = allocate(gpu, rows, dy.cols);
  const program = {
    key: `scatter unsorted ${rows} ${dy.rows} ${scale}`,
    inputs: ['dy', 'ids'],
    ints: ['still'],
    source: () => `${outputs(layers)}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int top = at.y * ${layers};
  ${each(layers, (r) => `vec4 v${r} = vec4(0);`)}
  for (int m = 0; m < ${Math.ceil(dy.rows / 4)}; m++) {
    ivec4 id = ivec4(FLAT(ids, m)) - top;
    vec4 d;
    ${each(
      4,
      (j) => `if (4 * m + ${j} < ${dy.rows} && id[${j}] != still - top && id[${j}] >= 0 && id[${j}] < ${layers}) {
      d = AT(dy, 4 * m + ${j}, at.x);
      ${each(layers, (r) => `if (id[${j}] == ${r}) v${r} += d;`)}
    }`,
    )}
  }
  ${each(layers, (r) => `y${r} = ${times(`v${r}`, scale)};`)}
}`,
  };
  draw(gpu, program, [dy, ids], sheet, { ints: [still] });
  return sheet;
}

/**
 * Adds each row of dy, scaled, to the row it came from, for each table: where each table's gradient starts, and in
 * which sheet.
 */
export function scatter(gpu: Gpu, dy: Sheet, lookups: readonly Lookup[], scale = 1): { sheet: Sheet; row: number }[] {
  const known = lookups.map((lookup) => ({ ...lookup, values: valuesOf(lookup.ids) }));
  const sorted = known.flatMap(({ rows, still, values }) => (values ? [{ rows, still, ids: values }] : []));
  const made: { sheet: Sheet; row: number }[] = [];
  let together: Sheet | undefined;
  if (sorted.length > 0) {
    const places = uploadFlat(gpu, occurrences(sorted));
    together = scatterSorted(
      gpu,
      dy,
      places,
      sorted.reduce((sum, { rows }) => sum + rows, 0),
      scale,
    );
    together.uses = sorted.length;
    releaseFlat(gpu, places);
  }
  let top = 0;
  for (const { values, ...lookup } of known) {
    const { rows, ids } = lookup;
    if (values) {
      made.push({ sheet: together!, row: top });
      top += rows;
    } else made.push({ sheet: scatterUnsorted(gpu, dy, flatOf(gpu, ids, ids.size).flat, lookup, scale), row: 0 });
  }
  return made;
}
