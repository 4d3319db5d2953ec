import { texels } from '../../core/textures.ts';
import type { Gpu } from './gpu.ts';
import type { Content, Flat, Part, Sheet } from './layout.ts';
import { draw, each, outputs, type Target } from './program.ts';
import { allocate } from './sheet.ts';

/** Texture of TensorFlow.js that holds one number a texel, in the order of the tensor, from number `offset` on. */
export interface PlainTexture {
  readonly texture: WebGLTexture;
  readonly width: number;
  readonly height: number;
  readonly offset: number;
}

/** Distinct sheets of some parts, in the order of the samplers `s0 …`. */
export const sheetsOf = (parts: readonly Part[]): Sheet[] => [...new Set(parts.map(({ sheet }) => sheet))];

/**
 * GLSL that adds to `v` four neighbouring numbers of a sum of parts: of row `row`, columns `4 · x …`, for matrices; for
 * vectors `row` is 0. Sampler `s0` is the first of the sheets.
 */
export function readParts(
  parts: readonly Part[],
  row: string,
  x: string,
  sheets: readonly Sheet[] = sheetsOf(parts),
): string {
  const terms = parts.map(({ sheet, row: top, col, down, splits, stride }) => {
    const name = `s${sheets.indexOf(sheet)}`;
    const base = `${top} + split * ${stride}`;
    const value = down
      ? `vec4(${[0, 1, 2, 3].map((i) => `AT(${name}, ${base} + ((${x}) << 2) + ${i}, ${col >> 2})[${col & 3}]`).join(', ')})`
      : `AT(${name}, ${base} + (${row}), ${col >> 2} + (${x}))`;
    return splits === 1
      ? `{ const int split = 0; v += ${value}; }`
      : `for (int split = 0; split < ${splits}; split++) v += ${value};`;
  });
  return terms.join('\n');
}

/** What distinguishes the code of `readParts`. */
export function partsKey(parts: readonly Part[], sheets: readonly Sheet[] = sheetsOf(parts)): string {
  return parts
    .map(({ sheet, row, col, down, splits, stride }) => [sheets.indexOf(sheet), row, col, Number(down), splits, stride])
    .join(';');
}

/** Adds up parts into one sheet. */
export function gatherSheet(gpu: Gpu, parts: readonly Part[], rows: number, cols: number): Sheet {
  const sheets = sheetsOf(parts);
  const sheet = allocate(gpu, rows, cols);
  const { layers } = gpu;
  const program = {
    key: `gather sheet ${rows} ${cols} ${partsKey(parts)}`,
    inputs: sheets.map((_, i) => `s${i}`),
    source: () => `${outputs(layers)}
vec4 read(int row, int x) {
  vec4 v = vec4(0);
  if (row < ${rows}) { ${readParts(parts, 'row', 'x')} }
  return v;
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  ${each(layers, (i) => `y${i} = read(at.y * ${layers} + ${i}, at.x);`)}
}`,
  };
  draw(gpu, program, sheets, sheet);
  return sheet;
}

/** Writes `size` numbers of ours into a texture of TensorFlow.js. */
export function toPlain(gpu: Gpu, content: Content, size: number, target: Target): void {
  const { width } = target;
  const index = `int i = int(gl_FragCoord.y) * ${width} + int(gl_FragCoord.x);`;
  if (content.kind === 'flat') {
    const program = {
      key: `flat to plain ${width}`,
      inputs: ['source'],
      ints: ['offset'],
      source: () => `out vec4 y;
void main() {
  ${index}
  i += offset;
  y = vec4(FLAT(source, i >> 2)[i & 3]);
}`,
    };
    draw(gpu, program, [content.flat], target, { ints: [content.offset] });
    return;
  }
  const { cols } = content;
  const sheets = sheetsOf(content.parts);
  const program = {
    key: `sheet to plain ${size} ${cols} ${width} ${partsKey(content.parts)}`,
    inputs: sheets.map((_, i) => `s${i}`),
    source: () => `out vec4 y;
void main() {
  ${index}
  if (i >= ${size}) { y = vec4(0); return; }
  int row = i / ${cols};
  int col = i - row * ${cols};
  vec4 v = vec4(0);
  ${readParts(content.parts, 'row', 'col >> 2')}
  y = vec4(v[col & 3]);
}`,
  };
  draw(gpu, program, sheets, target);
}

const readPlain = (width: number) => `float number(int i) {
  i += offset;
  return texelFetch(source, ivec2(i % ${width}, i / ${width}), 0).r;
}`;

/** A sheet of numbers that TensorFlow.js holds. */
export function sheetFromPlain(gpu: Gpu, { texture, width, offset }: PlainTexture, rows: number, cols: number): Sheet {
  const sheet = allocate(gpu, rows, cols);
  const { layers } = gpu;
  const program = {
    key: `plain to sheet ${rows} ${cols} ${width}`,
    inputs: ['source'],
    ints: ['offset'],
    source: () => `${outputs(layers)}
${readPlain(width)}
vec4 read(int row, int x) {
  vec4 v = vec4(0);
  if (row >= ${rows}) return v;
  for (int j = 0; j < 4; j++) {
    int col = x * 4 + j;
    if (col < ${cols}) v[j] = number(row * ${cols} + col);
  }
  return v;
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  ${each(layers, (i) => `y${i} = read(at.y * ${layers} + ${i}, at.x);`)}
}`,
  };
  draw(gpu, program, [{ texture, plain: true }], sheet, { ints: [offset] });
  return sheet;
}

/** Numbers of a sheet or a plain texture as a flat, every row starting at a texel. */
export function flatFrom(gpu: Gpu, source: Sheet | PlainTexture, rows: number, cols: number, flat: Flat): void {
  const { gl } = gpu;
  const stride = texels(cols);
  const framebuffer = gl.createFramebuffer()!;
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, flat.texture, 0);
  const target = { framebuffer, width: 1024, height: flat.height };
  const place = `int t = int(gl_FragCoord.y) * 1024 + int(gl_FragCoord.x);
  int row = t / ${stride};
  int x = t - row * ${stride};
  y = vec4(0);
  if (row >= ${rows}) return;`;
  if ('framebuffer' in source) {
    const program = {
      key: `sheet to flat ${rows} ${cols}`,
      inputs: ['source'],
      source: () => `out vec4 y;
void main() {
  ${place}
  y = AT(source, row, x);
}`,
    };
    draw(gpu, program, [source], target);
  } else {
    const program = {
      key: `plain to flat ${rows} ${cols} ${source.width}`,
      inputs: ['source'],
      ints: ['offset'],
      source: () => `out vec4 y;
${readPlain(source.width)}
void main() {
  ${place}
  // An output takes no index that a loop gives.
  vec4 four = vec4(0);
  for (int j = 0; j < 4; j++) if (x * 4 + j < ${cols}) four[j] = number(row * ${cols} + x * 4 + j);
  y = four;
}`,
    };
    draw(gpu, program, [{ texture: source.texture, plain: true }], target, { ints: [source.offset] });
  }
  gl.deleteFramebuffer(framebuffer);
}
