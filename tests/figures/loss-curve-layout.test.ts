import { expect, test } from 'vitest';
import type { Series } from '../../src/figures/curve.ts';
import { layoutLossCurve } from '../../src/figures/loss-curve-layout.ts';
import { readLossCurve } from '../../src/figures/loss-curve-reading.ts';
import { palette } from '../../src/figures/palette.ts';

const options = {
  width: 600,
  height: 300,
  references: [
    { name: 'guess', loss: 4 },
    { name: 'best', loss: 0, best: true },
  ],
  unit: 'step',
  xMax: 200,
  xLog: false,
  yLog: false,
  size: 10,
  turns: [{ x: 100, label: 'the second stage begins' }],
};
const flat = (loss: number): Series['traces'][number] => ({
  training: [
    [0, loss],
    [100, loss],
  ],
});

test('a loss chart has its curve, its lines and its labels where the scales put them', () => {
  const layout = layoutLossCurve([{ name: 'BERT', traces: [flat(2)] }], options);
  const { plot, drawn, lines, ends, turns, label } = layout;
  // Type is never smaller than 12 pixels; the longest label, `guess 4.00`, has ten letters.
  expect(label).toBe(12);
  expect(layout.legend).toHaveLength(1);
  expect(plot.left).toBeCloseTo(38.4);
  expect(plot.right).toBeCloseTo(600 - 10 * 12 * 0.54 - 12 * 1.4);
  expect(plot.bottom - plot.top).toBeCloseTo(300 - 4 * 12);
  // The vertical axis runs from 0 to 4 and 6 % of that above it.
  expect(lines.map(({ y }) => (plot.bottom - y) / (plot.bottom - plot.top))).toEqual([
    expect.closeTo(4 / 4.24),
    expect.closeTo(0),
  ]);
  expect(lines.map(({ best, dash }) => [best, dash])).toEqual([
    [false, '2 4'],
    [true, '6 4'],
  ]);
  const middle = (plot.left + plot.right) / 2;
  const y = plot.bottom - ((plot.bottom - plot.top) * 2) / 4.24;
  expect(turns[0]!.x).toBeCloseTo(middle);
  const numbers = drawn[0]!.smoothed.match(/[\d.]+/g)!.map(Number);
  expect(numbers).toEqual([plot.left, y, middle, y].map((at) => expect.closeTo(at, 2)));
  expect(drawn[0]!.band).toBe('');
  // The run is half done, so a long thin line leads from its end to its name.
  expect(ends.map(({ text, long, strong }) => [text, long, strong])).toEqual([
    ['guess 4.00', false, false],
    ['best 0.00', false, true],
    ['BERT 2.00', true, true],
  ]);
  expect(ends[2]!.y).toBeCloseTo(y + 12 * 0.34);
});

test('several seeds are a band and their mean; a guide is drawn in the ink of the lines', () => {
  const { drawn, xEnd } = layoutLossCurve(
    [
      { name: 'race', traces: [flat(1), flat(3)] },
      { name: 'bound', guide: true, traces: [flat(1)] },
    ],
    options,
  );
  expect(xEnd).toBe(200);
  expect([drawn[0]!.raw, drawn[0]!.smoothed]).toEqual(['', '']);
  expect(drawn[0]!.band).toMatch(/^M.*Z$/);
  expect(drawn[0]!.lossAt(50)).toBe(2);
  expect(drawn[1]!.hue).toBe(palette.inkSoft);
});

test('labels that would touch are moved apart, and on a narrow screen say the name only', () => {
  const alike = [1, 2, 3].map((k) => ({ name: `run ${k}`, traces: [flat(2)] }));
  const { ends } = layoutLossCurve(alike, { ...options, width: 400, references: [] });
  expect(ends.map(({ text }) => text)).toEqual(['run 1', 'run 2', 'run 3']);
  expect(ends[1]!.y - ends[0]!.y).toBeCloseTo(12 * 1.2);
  expect(ends[2]!.y - ends[1]!.y).toBeCloseTo(12 * 1.2);
});

test('a place is read off at the curve, its words on the side where there is room', () => {
  const layout = layoutLossCurve([{ name: 'BERT', traces: [flat(2)] }], options);
  const reading = readLossCurve(layout, 50, 'step');
  expect(reading.text).toBe('step 50: BERT 2.00');
  expect(reading.dots).toEqual([{ y: layout.y(2), hue: layout.drawn[0]!.hue }]);
  expect(reading.anchor).toBe('start');
  expect(readLossCurve(layout, 180, 'step')).toMatchObject({ dots: [], anchor: 'end' });
});

test('where nothing was measured the curve has a gap, and a step alone is a dash', () => {
  const training = [
    [0, 3],
    [50, 2],
    [100, Number.NaN],
    [150, 1],
    [160, Number.NaN],
  ] as const;
  const [one] = layoutLossCurve([{ name: 'BERT', traces: [{ training }] }], options).drawn;
  expect(one!.raw.match(/M/g)).toHaveLength(2);
  expect(one!.raw).toMatch(/h2$/);
  expect(one!.raw + one!.smoothed).not.toContain('NaN');
});
