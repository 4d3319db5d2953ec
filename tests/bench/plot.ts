import { extent, line, scaleLog } from 'd3';
import type { Sweep } from '../tools/sweep.ts';
import { type Dial, dials, middle } from './points.ts';

/** A measured point that trained. */
type Trained = Extract<Sweep['points'][number], { readonly draws: number }>;

/** A row of panels: one or two lines, the second dashed. */
interface Row {
  readonly title: string;
  readonly lines: readonly ((point: Trained) => number)[];
  readonly label: (value: number) => string;
}

const short = (value: number): string => value.toLocaleString('en', { notation: 'compact', maximumFractionDigits: 1 });

const rows: readonly Row[] = [
  { title: 'draw calls', lines: [({ draws }) => draws], label: short },
  { title: 'multiply-adds', lines: [({ multiplyAdds }) => multiplyAdds], label: short },
  {
    title: 'MB held; dashed: said before Start',
    lines: [({ heldBytes }) => heldBytes / 1e6, ({ estimatedBytes }) => estimatedBytes / 1e6],
    label: short,
  },
  { title: 'ms a step', lines: [({ stepMs }) => stepMs], label: short },
];

const titles: Readonly<Record<Dial, string>> = {
  hidden: 'width',
  layers: 'layers',
  maxLength: 'length',
  batchSize: 'batch',
  vocabSize: 'vocabulary',
};

const [left, top, wide, high, gap, below] = [56, 44, 150, 96, 22, 40];
const names = Object.keys(dials) as Dial[];
const width = left + names.length * (wide + gap);
const height = top + rows.length * (high + below);

/** Points of one dial, the smallest value first: BERT with all others in the middle. */
const along = (dial: Dial, all: readonly Trained[]): Trained[] =>
  all
    .filter((point) => point.architecture === 'bert' && names.every((n) => n === dial || point[n] === middle[n]))
    .sort((a, b) => a[dial] - b[dial]);

const text = (x: number, y: number, said: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${said}</text>`;

function panel(dial: Dial, row: Row, all: readonly Trained[], x0: number, y0: number, isFirst: boolean): string[] {
  const shown = along(dial, all);
  const values = names.flatMap((name) => along(name, all)).flatMap((point) => row.lines.map((of) => of(point)));
  const [low = 1, most = 1] = extent(values);
  const x = scaleLog([dials[dial][0], dials[dial].at(-1)!], [x0 + 6, x0 + wide - 6]);
  const y = scaleLog([low, most], [y0 + high - 6, y0 + 6]).nice();
  const powers = y.ticks(3).filter((value) => Number.isInteger(Math.log10(value)));
  const ticks = powers.length > 1 ? powers : y.ticks(3);
  const grid = ticks.flatMap((tick) => [
    `<line x1="${x0}" x2="${x0 + wide}" y1="${y(tick).toFixed(1)}" y2="${y(tick).toFixed(1)}" stroke="#dfe2e4"/>`,
    ...(isFirst ? [text(x0 - 6, y(tick) + 4, row.label(tick), 'text-anchor="end"')] : []),
  ]);
  const every = Math.ceil(shown.length / 4);
  const below = shown
    .filter((_, i) => i % every === 0)
    .map((point) => text(x(point[dial]), y0 + high + 14, String(point[dial]), 'text-anchor="middle"'));
  const lines = row.lines.flatMap((of, i) => {
    const path = line<Trained>(
      (point) => Number(x(point[dial]).toFixed(1)),
      (point) => Number(y(of(point)).toFixed(1)),
    )(shown);
    const [colour, dash] = i === 0 ? ['#24456b', ''] : ['#b4470d', ' stroke-dasharray="4 3"'];
    const dots = shown.map(
      (point) => `<circle cx="${x(point[dial]).toFixed(1)}" cy="${y(of(point)).toFixed(1)}" r="2.5" fill="${colour}"/>`,
    );
    return [`<path d="${path}" fill="none" stroke="${colour}" stroke-width="1.5"${dash}/>`, ...(i === 0 ? dots : [])];
  });
  const frame = `<rect x="${x0}" y="${y0}" width="${wide}" height="${high}" fill="none" stroke="#7d858f"/>`;
  return [...grid, frame, ...below, ...lines];
}

/** A sweep as an SVG file: a column a dial, a row a cost, all axes logarithmic, one vertical axis a row. */
export function plotOf({ points, adapter, date }: Sweep): string {
  const all = points.filter((point): point is Trained => 'draws' in point);
  const panels = rows.flatMap((row, r) => {
    const y0 = top + r * (high + below);
    return [
      text(left, y0 - 8, row.title, 'font-weight="600"'),
      ...names.flatMap((dial, c) => panel(dial, row, all, left + c * (wide + gap), y0, c === 0)),
    ];
  });
  const heads = names.map((dial, c) =>
    text(left + c * (wide + gap) + wide / 2, 16, titles[dial], 'text-anchor="middle" font-weight="600"'),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="What a training step costs as each size grows" font-family="sans-serif" font-size="11" fill="#1b1f24">
<desc>${adapter}, ${date}</desc>
<rect width="${width}" height="${height}" fill="#fdfdfb"/>
${[...heads, ...panels].join('\n')}
</svg>
`;
}
