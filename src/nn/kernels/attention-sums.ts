import type { Gpu } from '../gpu/gpu.ts';
import type { Sheet } from '../gpu/layout.ts';
import { draw, each, outputs } from '../gpu/program.ts';
import { allocate } from '../gpu/sheet.ts';
import type { FlatView } from '../gpu/tensors.ts';
import type { Sizes } from './attention-programs.ts';

/**
 * A weighted sum over the keys of each query, or over the queries of each key. Weights are a sheet of
 * [batch · head · padded, key]; values start at texel `start` of theirs.
 */
export interface Section {
  readonly over: 'keys' | 'queries';
  readonly weights: Sheet;
  /** Absent: only what `far` adds is summed. */
  readonly values?: Sheet | undefined;
  readonly start: number;
  /** Over queries only: a vector as wide as the values that is added to each of them. */
  readonly shift?: FlatView;
  /** [key + query, hidden], added to the values: of query i and key j the row query − i + j. */
  readonly far?: Sheet | undefined;
}

/**
 * GLSL that adds a section to `v0 …` for the rows from `top` on and the column `col`, where whole blocks belong to one
 * batch.
 */
function aligned(layers: number, section: Section, s: number, sizes: Sizes, padded: number): string {
  const { over, start, shift, values, far } = section;
  const { query, key, heads, width } = sizes;
  const rows = over === 'keys' ? query : key;
  const head = `int b = top / ${rows};
    int inside = top - b * ${rows};
    int first = (b * ${heads} + col / ${width}) * ${padded};
    int x = ${start} + col;`;
  const added = shift ? ` + FLAT(shift${s}, shiftStart${s} + col)` : '';
  if (over === 'keys')
    return `${head}
    int y = (first + inside) / ${layers};
    int j = b * ${key};
    int d = ${query} - inside - ${layers - 1};
    for (int k = 0; k < ${Math.ceil(key / 4)}; k++) {
      mat4 four = ${values ? `mat4(AT(x${s}, j, x), AT(x${s}, j + 1, x), AT(x${s}, j + 2, x), AT(x${s}, j + 3, x))` : 'mat4(0)'};
      ${far ? each(layers + 3, (t) => `vec4 f${t} = AT(far${s}, d + ${t}, col);`) : ''}
      ${each(layers, (r) => `v${r} += ${far ? `(four + mat4(${[1, 2, 3, 4].map((u) => `f${layers - 2 - r + u}`)}))` : 'four'} * BLOCK(w${s}, y, ${r}, k);`)}
      j += 4;
      d += 4;
    }`;
  return `${head}
    for (int i = 0; i < ${query}; i++) {
      vec4 a = ${values ? `AT(x${s}, b * ${query} + i, x)` : 'vec4(0)'}${added};
      ${each(layers / 4, (t) => `vec4 d${t} = AT(w${s}, first + i, (inside >> 2) + ${t});`)}
      ${each(layers, (r) => `v${r} += d${r >> 2}[${r & 3}] * ${far ? `(a + AT(far${s}, ${query} - i + inside + ${r}, col))` : 'a'};`)}
    }`;
}

/** GLSL of a function that gives one row of a section: for sequences that are no multiple of a block. */
function single(
  { over, start, shift, values, far }: Section,
  s: number,
  { batch, query, key, heads, width }: Sizes,
  padded: number,
): string {
  const rows = over === 'keys' ? query : key;
  const head = `vec4 section${s}(int m, int col) {
  vec4 v = vec4(0);
  if (m >= ${batch * rows}) return v;
  int b = m / ${rows};
  int inside = m - b * ${rows};
  int first = (b * ${heads} + col / ${width}) * ${padded};
  int x = ${start} + col;`;
  const value = (row: string, distance: string) =>
    [
      values && `AT(x${s}, ${row}, x)`,
      shift && `FLAT(shift${s}, shiftStart${s} + col)`,
      far && `AT(far${s}, ${distance}, col)`,
    ]
      .filter(Boolean)
      .join(' + ') || 'vec4(0)';
  if (over === 'keys')
    return `${head}
  for (int j = 0; j < ${key}; j++)
    v += AT(w${s}, first + inside, j >> 2)[j & 3] * (${value(`b * ${key} + j`, `${query} - inside + j`)});
  return v;
}`;
  return `${head}
  for (int i = 0; i < ${query}; i++)
    v += AT(w${s}, first + i, inside >> 2)[inside & 3] * (${value(`b * ${query} + i`, `${query} - i + inside`)});
  return v;
}`;
}

/**
 * Sections side by side in one sheet: [batch · (query | key), sections · hidden]. All are over keys, or query and key
 * are as long.
 */
export function weightedSums(gpu: Gpu, sections: readonly Section[], sizes: Sizes): Sheet {
  const { layers } = gpu;
  const { batch, heads, query, key, width } = sizes;
  const shifts = sections.flatMap(({ shift }, s) => (shift ? [{ shift, s }] : []));
  const rows = sections[0]!.over === 'keys' ? query : key;
  const hidden = heads * width;
  const padded = sizes.unpadded ? query : Math.ceil(query / layers) * layers;
  const inBlocks = rows % layers === 0 && padded % layers === 0;
  const sheet = allocate(gpu, batch * rows, sections.length * hidden * 4);
  const names = sections
    .map(
      ({ over, start, shift, values, far }) =>
        `${over} ${start} ${[shift, values, far].map((one) => one !== undefined)}`,
    )
    .join(' ');
  const read = sections.flatMap(({ weights, values, far }, s) => [
    [`w${s}`, weights] as const,
    ...(values ? [[`x${s}`, values] as const] : []),
    ...(far ? [[`far${s}`, far] as const] : []),
  ]);
  const program = {
    key: `weighted sums ${names} ${batch} ${heads} ${query} ${key} ${width} ${padded}`,
    inputs: [...read.map(([name]) => name), ...shifts.map(({ s }) => `shift${s}`)],
    ints: shifts.map(({ s }) => `shiftStart${s}`),
    source: () => `${outputs(layers)}
${inBlocks ? '' : sections.map((section, s) => single(section, s, sizes, padded)).join('\n')}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int part = at.x / ${hidden};
  int col = at.x - part * ${hidden};
  int top = at.y * ${layers};
  ${each(layers, (r) => `vec4 v${r} = vec4(0);`)}
  ${sections
    .map(
      (section, s) => `if (part == ${s}) {
    ${inBlocks ? aligned(layers, section, s, sizes, padded) : each(layers, (r) => `v${r} = section${s}(top + ${r}, col);`)}
  }`,
    )
    .join('\n')}
  ${each(layers, (r) => `y${r} = v${r};`)}
}`,
  };
  const inputs = [...read.map(([, sheet]) => sheet), ...shifts.map(({ shift }) => shift.flat)];
  draw(gpu, program, inputs, sheet, { ints: shifts.map(({ shift }) => shift.offset) });
  return sheet;
}
