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
  readonly values: Sheet;
  readonly start: number;
  /** Over queries only: a vector as wide as the values that is added to each of them. */
  readonly shift?: FlatView;
}

/**
 * GLSL that adds a section to `v0 …` for the rows from `top` on and the column `col`, where whole blocks belong to one
 * batch.
 */
function aligned(layers: number, { over, start, shift }: Section, s: number, sizes: Sizes, padded: number): string {
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
    for (int k = 0; k < ${Math.ceil(key / 4)}; k++) {
      mat4 four = mat4(AT(x${s}, j, x), AT(x${s}, j + 1, x), AT(x${s}, j + 2, x), AT(x${s}, j + 3, x));
      ${each(layers, (r) => `v${r} += four * BLOCK(w${s}, y, ${r}, k);`)}
      j += 4;
    }`;
  return `${head}
    inside /= 4;
    for (int i = 0; i < ${query}; i++) {
      vec4 a = AT(x${s}, b * ${query} + i, x)${added};
      ${each(layers / 4, (t) => `vec4 d${t} = AT(w${s}, first + i, inside + ${t});`)}
      ${each(layers, (r) => `v${r} += d${r >> 2}[${r & 3}] * a;`)}
    }`;
}

/** GLSL of a function that gives one row of a section: for sequences that are no multiple of a block. */
function single(
  { over, start, shift }: Section,
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
  const added = shift ? ` + FLAT(shift${s}, shiftStart${s} + col)` : '';
  if (over === 'keys')
    return `${head}
  for (int j = 0; j < ${key}; j++) v += AT(w${s}, first + inside, j >> 2)[j & 3] * AT(x${s}, b * ${key} + j, x);
  return v;
}`;
  return `${head}
  for (int i = 0; i < ${query}; i++) v += AT(w${s}, first + i, inside >> 2)[inside & 3] * (AT(x${s}, b * ${query} + i, x)${added});
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
  const names = sections.map(({ over, start, shift }) => `${over} ${start} ${shift !== undefined}`).join(' ');
  const program = {
    key: `weighted sums ${names} ${batch} ${heads} ${query} ${key} ${width} ${padded}`,
    inputs: [...sections.flatMap((_, s) => [`w${s}`, `x${s}`]), ...shifts.map(({ s }) => `shift${s}`)],
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
  draw(
    gpu,
    program,
    [...sections.flatMap(({ weights, values }) => [weights, values]), ...shifts.map(({ shift }) => shift.flat)],
    sheet,
    { ints: shifts.map(({ shift }) => shift.offset) },
  );
  return sheet;
}
