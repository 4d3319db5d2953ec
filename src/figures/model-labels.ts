import type { DrawnBlock, Row } from './model-picture.ts';
import type { PlacedBlock, Space, Stack } from './model-stack.ts';
import { boxOf, firstThatFits, type PlacedText, textWidth } from './placed-text.ts';
import { clip, lettersIn, wrap } from './text.ts';

/** Words begin a hair inside the picture: a `j` reaches to the left. */
const edge = 1;

/** Where the gutter's words end, or in a narrow picture the line of a block's name. */
const gutterEnd = ({ gutter, unit, width }: Space): number => (gutter === 0 ? width - 2 : gutter - 10 * unit);

/** The how manieth time the weights of another block are used, that block's own time counted. */
export const timesUsed = (block: DrawnBlock, blocks: readonly DrawnBlock[]): number =>
  blocks.filter((other, i) => other.again === block.again && i <= blocks.indexOf(block)).length + 1;

/** Width of the sign of a loop, by the size of the letters. */
export const loopWidth = 1.1;
/** What stands at the right of a block's name where it has no weights of its own: `×2 layer 1`. */
export function againLabel({ block, y }: PlacedBlock, blocks: readonly DrawnBlock[], space: Space): PlacedText {
  const { type: size, unit } = space;
  const times = `×${timesUsed(block, blocks)}`;
  const room = gutterEnd(space) - textWidth({ text: block.title, size, bold: true }) - (loopWidth + 0.8) * size;
  const ways = [`${times} ${block.again}`, times];
  const text = ways.find((way) => textWidth({ text: way, size }) <= room) ?? times;
  return { x: gutterEnd(space), y: y + 11 * unit, text, size, anchor: 'end', colour: 'inkSoft' };
}

/** The words beside a block: its name, its weights, what BERT has instead, the names of its strips. */
export function gutterLabels(
  placed: PlacedBlock,
  blocks: readonly DrawnBlock[],
  shown: number | undefined,
  space: Space,
): readonly PlacedText[] {
  const { block, y, bands, inner, state } = placed;
  const { unit, type: size, gutter } = space;
  const end = gutterEnd(space);
  const soft = { size, colour: 'inkSoft' } as const;
  const weights = block.weights.toLocaleString('en');
  const own = { ...soft, x: end, y: y + 11 * unit, text: weights, anchor: 'end' } as const;
  const right = block.again === undefined ? own : againLabel(placed, blocks, space);
  const room = end - textWidth(right) - (block.again === undefined ? 6 : loopWidth * size + 8);
  const title = clip(block.title, Math.floor(room / (size * 0.56)));
  const labels: PlacedText[] = [{ x: edge, y: y + 11 * unit, text: title, size, bold: true }, right];
  if (block.differs !== undefined)
    labels.push({
      x: edge,
      y: y + 25 * unit,
      text: clip(`≠ ${block.differs}`, lettersIn(end, size, 'label')),
      size,
      colour: 'replaced',
    });
  bands.forEach((band, g) => {
    const first = band.maps[0];
    const last = band.maps.at(-1);
    if (!first || !last) return;
    if (g > 0) {
      const text = band.bridge ? 'bridge' : 'then';
      labels.push({ x: edge, y: first.y - 4 * unit, text, size, bold: true });
    }
    if (band.outOf === undefined) return;
    const x = last.x + last.size + 8 * unit;
    const some = ['sharpest', `${band.maps.length} of ${band.outOf}`].map((text, i) => ({
      ...soft,
      x,
      y: first.y + (12 + 14 * i) * unit,
      text,
    }));
    if (x + textWidth(some[0]!) <= end + 4) labels.push(...some);
  });
  const all = block.answers?.length ?? 0;
  if (shown !== undefined && shown < all)
    labels.push({
      ...soft,
      x: gutter === 0 ? textWidth(labels[0]!) + 10 : edge,
      y: y + (gutter === 0 ? 11 : 25 + (block.differs ? 14 : 0)) * unit,
      text: `${shown} of ${all} places`,
    });
  if (gutter > 0 && block.kind !== 'embeddings') {
    const taken = [
      ...labels.map(boxOf),
      ...bands.flatMap((band) =>
        band.maps.map(({ x, y: top, size: side }) => ({
          x,
          y: top,
          width: side,
          // Its ring, and some air.
          height: side + 2,
        })),
      ),
    ];
    for (const [strip, text] of [
      [inner, 'feed-forward'],
      [state, 'state'],
    ] as const) {
      if (!strip) continue;
      const label = { ...soft, x: end, y: strip.y + strip.height / 2 + size * 0.34, text, anchor: 'end' } as const;
      const way = firstThatFits([label], taken, 2);
      if (!way) continue;
      labels.push(way);
      taken.push(boxOf(way));
    }
  }
  return labels;
}

/** What a row of tokens is, beside it or above. */
export function rowLabels(row: Row, y: number, { unit, type: size, gutter, axes }: Space): readonly PlacedText[] {
  const axis = axes[row.side];
  const at = gutter === 0 ? y - axis.above - 4 * unit : y + axis.chip / 2 + size * 0.34;
  const name = row.side === 'decoder' ? 'writes' : 'reads';
  const count = { text: `${row.chips.length} tokens`, size, colour: 'inkSoft', y: at } as const;
  const end = gutterEnd({ unit, type: size, gutter, axes, width: (axis.columns.at(-1)?.x ?? 0) + 10 });
  return [
    { x: edge, y: at, text: name, size, bold: true },
    gutter === 0 ? { ...count, x: name.length * size * 0.56 + 8 } : { ...count, x: end, anchor: 'end' },
  ];
}

export const stackLabels = ({ titles }: Stack, { unit, type: size }: Space): readonly PlacedText[] =>
  titles.map(({ title, y }) => ({ x: edge, y: y + 13 * unit, text: title, size, bold: true }));

/** The last lines: in a narrow picture what the strips are, then what differs from BERT; and how high they are. */
export function footLabels(differences: readonly string[], { unit, type: size, gutter, width }: Space) {
  const line = 16 * unit;
  const lead = 'What differs from BERT:';
  const beside = gutter > 0;
  const x = beside ? textWidth({ text: lead, size, bold: true }) + 8 : edge;
  const linesOf = (text: string) => wrap(text, lettersIn(width - x - 1, size, 'label'), 20);
  const words = differences.length === 0 ? [] : linesOf(differences.join(' · '));
  const explained = beside
    ? []
    : linesOf('strips: feed-forward in shades, states in stripes').map((text) => ({ x: edge, text, bold: false }));
  const led = differences.length === 0 ? [] : [{ x: edge, text: lead, bold: true }];
  const lines = beside
    ? [
        ...led.map((part) => [part, { x, text: words[0]!, bold: false }]),
        ...words.slice(1).map((text) => [{ x, text, bold: false }]),
      ]
    : [...explained, ...led, ...words.map((text) => ({ x, text, bold: false }))].map((part) => [part]);
  return {
    height: lines.length === 0 ? 0 : lines.length * line + 6 * unit,
    at: (top: number): readonly PlacedText[] =>
      lines.flatMap((parts, i) =>
        parts.map((part) => ({
          ...part,
          y: top + 12 * unit + i * line,
          size,
          colour: explained.includes(part) ? ('inkSoft' as const) : undefined,
        })),
      ),
  };
}
