import { partsKey, readParts, sheetsOf } from '../gpu/convert.ts';
import { flatWidth } from '../gpu/flat.ts';
import type { Gpu } from '../gpu/gpu.ts';
import { draw, each, type Target } from '../gpu/program.ts';
import { type Part, type Sheet, texels, whole } from '../gpu/sheet.ts';
import { colsOf, sheetOf } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';

/** Where a weight lies in the flat vector, in numbers; `offset` is a multiple of four. */
export interface Piece {
  readonly offset: number;
  readonly size: number;
  readonly shape: readonly number[];
}

/** Fewer than the 16 samplers every device has. */
const mostSheets = 15;

interface Source {
  readonly piece: Piece;
  readonly parts: readonly Part[];
}

/** The parts a gradient is the sum of; none where there is no gradient. */
function partsOf(gpu: Gpu, gradient: Tensor | undefined): readonly Part[] {
  if (!gradient) return [];
  const content = gpu.contents.get(gradient.dataId);
  // A gradient of another backend's op, or one that was reshaped, is copied first.
  const asIs = content?.kind === 'parts' && content.cols === colsOf(gradient);
  return asIs ? content.parts : [whole(sheetOf(gpu, gradient))];
}

/** Groups of neighbours that need no more sheets than a program can read. */
function group(sources: readonly Source[]): Source[][] {
  const groups: Source[][] = [];
  let sheets = new Set<Sheet>();
  let current: Source[] = [];
  for (const source of sources) {
    const together = new Set([...sheets, ...source.parts.map(({ sheet }) => sheet)]);
    if (together.size > mostSheets) {
      groups.push(current);
      current = [];
      sheets = new Set(source.parts.map(({ sheet }) => sheet));
    } else sheets = together;
    current.push(source);
  }
  return [...groups, current];
}

/** GLSL: four numbers `v` of a weight, the first of them its number `4 · i`. */
function fourNumbers({ piece, parts }: Source, names: readonly Sheet[]): string {
  if (parts.length === 0) return '';
  const cols = piece.shape.at(-1) ?? 1;
  if (piece.shape.length <= 1) return readParts(parts, '0', 'i', names);
  const width = texels(cols);
  if (cols % 4 === 0)
    return `int row = i / ${width}; int x = i - row * ${width}; ${readParts(parts, 'row', 'x', names)}`;
  return `vec4 four = vec4(0);
    for (int j = 0; j < 4; j++) {
      int row = (4 * i + j) / ${cols};
      int col = 4 * i + j - row * ${cols};
      if (4 * i + j >= ${piece.size}) break;
      v = vec4(0);
      ${readParts(parts, 'row', 'col >> 2', names)}
      four[j] = v[col & 3];
    }
    v = four;`;
}

/** Puts all gradients where their weights lie in the flat vector, adding up what the products left split. Pieces are in the order of their offsets. */
export function gatherGradient(
  gpu: Gpu,
  pieces: readonly Piece[],
  gradients: readonly (Tensor | undefined)[],
  target: Target,
): void {
  const sources = pieces.map((piece, i) => ({ piece, parts: partsOf(gpu, gradients[i]) }));
  for (const members of group(sources)) {
    const sheets = sheetsOf(members.flatMap(({ parts }) => parts));
    const first = members[0]!.piece.offset / 4;
    const end = members.at(-1)!.piece.offset / 4 + texels(members.at(-1)!.piece.size);
    const program = {
      key: `gather gradient ${members.map(({ piece, parts }) => `${piece.offset} ${piece.shape} ${partsKey(parts, sheets)}`).join('|')}`,
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
  ${members.map(({ piece }, m) => `if (t < ${piece.offset / 4 + texels(piece.size)}) y = piece${m}(t - ${piece.offset / 4});`).join('\n  else ')}
}`,
    };
    const rows = [Math.floor(first / flatWidth), Math.ceil(end / flatWidth)] as const;
    draw(gpu, program, sheets, { ...target, within: rows });
  }
}
