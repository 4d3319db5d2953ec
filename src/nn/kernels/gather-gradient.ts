import { flatWidth, texels } from '../../core/textures.ts';
import { partsKey, readParts, sheetsOf } from '../gpu/convert.ts';
import type { Gpu } from '../gpu/gpu.ts';
import type { Part, Sheet } from '../gpu/layout.ts';
import { draw, each, type Target } from '../gpu/program.ts';
import { whole } from '../gpu/sheet.ts';
import { colsOf, sheetOf } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';

/** Where a weight lies in the flat vector, in numbers; `offset` is a multiple of four. */
export interface Piece {
  readonly offset: number;
  readonly size: number;
}

/** Fewer than the 16 samplers every device has. */
const mostSheets = 15;

/** A gradient as rows of `cols` that come out of parts: none where there is no gradient. */
interface Source {
  readonly offset: number;
  readonly size: number;
  readonly cols: number;
  readonly parts: readonly Part[];
}

function sourceOf(gpu: Gpu, { offset, size }: Piece, gradient: Tensor | undefined): Source {
  if (!gradient) return { offset, size, cols: size, parts: [] };
  const content = gpu.contents.get(gradient.dataId);
  // However it was reshaped, its numbers follow one another in the rows of its parts.
  if (content?.kind === 'parts') return { offset, size, cols: content.cols, parts: content.parts };
  const cols = colsOf(gradient);
  return { offset, size, cols, parts: [whole(sheetOf(gpu, gradient))] };
}

const isVector = ({ size, cols }: Source): boolean => size === cols;

/** Whether the second weight goes on where the first ends, in the vector and in the sheet alike. */
function continues(one: Source, other: Source): boolean {
  const { offset, size, cols } = one;
  const [part, next] = [one.parts[0], other.parts[0]];
  return (
    one.parts.length === 1 &&
    other.parts.length === 1 &&
    !isVector(one) &&
    !isVector(other) &&
    cols % 4 === 0 &&
    cols === other.cols &&
    offset + size === other.offset &&
    partsKey([{ ...part!, row: part!.row + size / cols }], [part!.sheet]) === partsKey([next!], [part!.sheet])
  );
}

/** Weights that are one run of rows as one: query, key and value of a layer come out of one product. */
function merge(sources: readonly Source[]): Source[] {
  const merged: Source[] = [];
  for (const source of sources) {
    const last = merged.at(-1);
    if (last && continues(last, source)) merged[merged.length - 1] = { ...last, size: last.size + source.size };
    else merged.push(source);
  }
  return merged;
}

/**
 * Groups of neighbours that need no more sheets than a program can read; matrices and the few texels of vectors apart.
 */
function group(sources: readonly Source[]): Source[][] {
  const groups: Source[][] = [];
  let sheets = new Set<Sheet>();
  let current: Source[] = [];
  for (const source of sources) {
    const together = new Set([...sheets, ...source.parts.map(({ sheet }) => sheet)]);
    const turns = current.length > 0 && isVector(current[0]!) !== isVector(source);
    if (together.size > mostSheets || turns) {
      groups.push(current);
      current = [];
      sheets = new Set(source.parts.map(({ sheet }) => sheet));
    } else sheets = together;
    current.push(source);
  }
  return [...groups, current];
}

/** GLSL: four numbers `v` of a weight, the first of them its number `4 · i`. */
function fourNumbers(source: Source, names: readonly Sheet[]): string {
  const { size, cols, parts } = source;
  if (parts.length === 0) return '';
  if (isVector(source)) return readParts(parts, '0', 'i', names);
  const width = texels(cols);
  if (cols % 4 === 0)
    return `int row = i / ${width}; int x = i - row * ${width}; ${readParts(parts, 'row', 'x', names)}`;
  return `vec4 four = vec4(0);
    for (int j = 0; j < 4; j++) {
      int row = (4 * i + j) / ${cols};
      int col = 4 * i + j - row * ${cols};
      if (4 * i + j >= ${size}) break;
      v = vec4(0);
      ${readParts(parts, 'row', 'col >> 2', names)}
      four[j] = v[col & 3];
    }
    v = four;`;
}

/**
 * Puts all gradients where their weights lie in the flat vector, adding up what the products left split. Pieces are in
 * the order of their offsets.
 */
export function gatherGradient(
  gpu: Gpu,
  pieces: readonly Piece[],
  gradients: readonly (Tensor | undefined)[],
  target: Target,
): void {
  const sources = pieces.map((piece, i) => sourceOf(gpu, piece, gradients[i]));
  for (const members of group(merge(sources))) {
    const sheets = sheetsOf(members.flatMap(({ parts }) => parts));
    const first = members[0]!.offset / 4;
    const end = members.at(-1)!.offset / 4 + texels(members.at(-1)!.size);
    const program = {
      key: `gather gradient ${members.map(({ offset, size, cols, parts }) => `${offset} ${size} ${cols} ${partsKey(parts, sheets)}`).join('|')}`,
      inputs: sheets.map((_, i) => `s${i}`),
      source: () => `out vec4 y;
${each(
  members.length,
  (m) => `vec4 piece${m}(int i) {
  vec4 v = vec4(0);
  ${fourNumbers(members[m]!, sheets)}
  return v;
}`,
)}
void main() {
  int t = int(gl_FragCoord.y) * ${flatWidth} + int(gl_FragCoord.x);
  if (t < ${first} || t >= ${end}) discard;
  y = vec4(0);
  // Loops, not branches: a software renderer walks through both sides of a branch but leaves out a loop that no
  // fragment enters.
  ${each(members.length, (m) => {
    const { offset, size } = members[m]!;
    return `for (int i = t - ${offset / 4}; i >= 0 && i < ${texels(size)}; i = ${texels(size)}) y = piece${m}(i);`;
  })}
}`,
    };
    const rows = [Math.floor(first / flatWidth), Math.ceil(end / flatWidth)] as const;
    draw(gpu, program, sheets, { ...target, within: rows });
  }
}
