import type { Gpu } from '../gpu/gpu.ts';
import type { Flat, Sheet } from '../gpu/layout.ts';
import { draw, each, outputs } from '../gpu/program.ts';
import { allocate } from '../gpu/sheet.ts';
import { type BlockSizes, keyOf, paddedBlock } from './block-programs.ts';

/**
 * A weighted sum over the keys that each query reads, or over the queries that read each key. Weights lie as scores do;
 * values start at texel `start` of theirs.
 */
export interface BlockSection {
  readonly over: 'keys' | 'queries';
  readonly weights: Sheet;
  readonly values: Sheet;
  readonly start: number;
}

/** GLSL: block `own` of a place `inside` a row, its place `i` inside the block, and what the table tells of it. */
const blockOf = ({ heads, block, blocks, tiles }: BlockSizes): string => `int own = inside / ${block};
    int i = inside - own * ${block};
    vec4 told = FLAT(table, ${heads * tiles} + a * ${blocks} + own);`;

/** GLSL that adds a section to `v0 …` for rows from `top` on that lie in one block, or with `rows` 1 for one of any. */
function added(rows: number, { over, start }: BlockSection, s: number, sizes: BlockSizes, padded: number): string {
  const { seq, heads, block, tiles, width } = sizes;
  const head = `int b = top / ${seq};
    int inside = top - b * ${seq};
    int a = col / ${width};
    int x = ${start} + col;
    ${blockOf(sizes)}
    int first = (b * ${heads} + a) * ${padded};`;
  if (over === 'keys')
    return `${head}
    for (int n = int(told.x); n < int(told.x) + int(told.y); n++) {
      int j = b * ${seq} + int(FLAT(table, a * ${tiles} + n).y) * ${block};
      for (int k = n * ${block / 4}; k < (n + 1) * ${block / 4}; k++) {
        mat4 four = mat4(AT(x${s}, j, x), AT(x${s}, j + 1, x), AT(x${s}, j + 2, x), AT(x${s}, j + 3, x));
        ${each(rows, (r) => `v${r} += four * AT(w${s}, first + i + ${r}, k);`)}
        j += 4;
      }
    }`;
  const weights =
    rows === 1
      ? `v0 += AT(w${s}, first + q, k)[i & 3] * value;`
      : `${each(rows / 4, (t) => `vec4 d${t} = AT(w${s}, first + q, k + ${t});`)}
        ${each(rows, (r) => `v${r} += d${r >> 2}[${r & 3}] * value;`)}`;
  return `${head}
    for (int n = int(told.z); n < int(told.z) + int(told.w); n++) {
      int tile = int(FLAT(table, a * ${tiles} + n).w);
      int j = b * ${seq} + int(FLAT(table, a * ${tiles} + tile).x) * ${block};
      int k = tile * ${block / 4} + (i >> 2);
      for (int q = 0; q < ${block}; q++) {
        vec4 value = AT(x${s}, j + q, x);
        ${weights}
      }
    }`;
}

/** Sections side by side in one sheet: [batch · seq, sections · hidden]. */
export function blockSums(gpu: Gpu, sections: readonly BlockSection[], table: Flat, sizes: BlockSizes): Sheet {
  const { layers } = gpu;
  const { batch, seq, heads, block, width } = sizes;
  const hidden = heads * width;
  const padded = paddedBlock(gpu, sizes);
  const isAligned = block % layers === 0 && seq % layers === 0;
  const sheet = allocate(gpu, batch * seq, sections.length * hidden * 4);
  const kinds = sections.map(({ over, start }) => `${over} ${start}`).join(' ');
  const single = (section: BlockSection, s: number) => `vec4 section${s}(int top, int col) {
  vec4 v0 = vec4(0);
  if (top >= ${batch * seq}) return v0;
  ${added(1, section, s, sizes, padded)}
  return v0;
}`;
  const program = {
    key: `block weighted sums ${kinds} ${keyOf(sizes)}`,
    inputs: [...sections.flatMap((_, s) => [`w${s}`, `x${s}`]), 'table'],
    source: () => `${outputs(layers)}
${isAligned ? '' : sections.map(single).join('\n')}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int part = at.x / ${hidden};
  int col = at.x - part * ${hidden};
  int top = at.y * ${layers};
  ${each(layers, (r) => `vec4 v${r} = vec4(0);`)}
  ${sections
    .map(
      (section, s) => `if (part == ${s}) {
    ${isAligned ? added(layers, section, s, sizes, padded) : each(layers, (r) => `v${r} = section${s}(top + ${r}, col);`)}
  }`,
    )
    .join('\n')}
  ${each(layers, (r) => `y${r} = v${r};`)}
}`,
  };
  draw(gpu, program, [...sections.flatMap(({ weights, values }) => [weights, values]), table], sheet);
  return sheet;
}
