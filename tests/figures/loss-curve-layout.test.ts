import { expect, test } from 'vitest';
import { crosses, overlap } from '../../src/figures/boxes.ts';
import type { Series } from '../../src/figures/curve.ts';
import { placeFlags } from '../../src/figures/loss-curve-flags.ts';
import { layoutLossCurve } from '../../src/figures/loss-curve-layout.ts';
import { placeOfKey, readLossCurve } from '../../src/figures/loss-curve-reading.ts';
import { palette } from '../../src/figures/palette.ts';

const options = {
  width: 600,
  height: 270,
  references: [
    { name: 'guess', loss: 4 },
    { name: 'best', loss: 0.5, best: true },
  ],
  xMax: 200,
  xLog: false,
  yLog: false,
  size: 10,
  turns: [{ x: 150, label: 'the second stage' }],
  among: false,
  hasKey: false,
  left: 0,
};
const flat = (loss: number): Series['traces'][number] => ({
  training: [
    [0, loss],
    [100, loss],
  ],
});
const one: readonly Series[] = [{ name: 'BERT', traces: [flat(2)] }];
const words = { references: options.references, unit: 'step', among: false };

test('a loss chart has its curve and its lines where the scales put them, all within its height', () => {
  const { plot, drawn, lines, turns, label, x, y } = layoutLossCurve(one, options);
  // Type is never smaller than 12 pixels.
  expect(label).toBe(12);
  expect(plot.right).toBe(590);
  expect(plot.bottom).toBeCloseTo(270 - 12 * 1.1 - 14);
  expect(lines).toEqual([
    { y: y(4), best: false, dash: '2 4' },
    { y: y(0.5), best: true, dash: '6 4' },
  ]);
  // So much air above the highest and below the lowest that a line of words fits there.
  expect(y(4) - plot.top).toBeCloseTo(12 * 0.6);
  expect(plot.bottom - y(0.5)).toBeCloseTo(12 * 1.5);
  expect(turns).toEqual([x(150)]);
  const numbers = drawn[0]!.line.match(/[\d.]+/g)!.map(Number);
  expect(numbers).toEqual([plot.left, y(2), (plot.left + plot.right) / 2, y(2)].map((at) => expect.closeTo(at, 2)));
});

test('several seeds are their mean, each of them, and a band; held-out points alone are joined', () => {
  const held = (...losses: number[]) => ({ training: [], heldOut: losses.map((loss, i) => [i * 100, loss] as const) });
  const { drawn, endLabels } = layoutLossCurve(
    [
      { name: 'race', traces: [held(3, 1), held(3, 2)] },
      { name: 'bound', guide: true, traces: [flat(1)] },
    ],
    options,
  );
  expect(drawn[0]!.seeds).toHaveLength(2);
  expect(drawn[0]!.band).toMatch(/^M.*Z$/);
  expect(drawn[0]!.lossAt(50)).toBe(2.25);
  expect(drawn[0]!.dots).toHaveLength(2);
  expect(drawn[1]!.hue).toBe(palette.inkSoft);
  expect(endLabels.map(({ text }) => text)).toEqual(['race 1.50 ± 0.71', 'bound']);
});

test('a curve alone needs no name, and one of the past always says that it is', () => {
  expect(layoutLossCurve(one, options).endLabels).toEqual([]);
  const past = {
    name: 'stored run',
    ghost: true,
    traces: [{ training: [], heldOut: [[0, 2.5] as const, [200, 1] as const] }],
  };
  expect(layoutLossCurve([past, ...one], options).endLabels.map(({ text, isGhost }) => [text, isGhost])).toEqual([
    ['stored run', true],
  ]);
});

test('lines say name and number in the plot, nearly equal ones on one label, and no label overlaps another', () => {
  const references = [
    { name: 'all words alike', loss: 5.26 },
    { name: 'as often as they occur', loss: 5.25 },
    { name: 'the word before', loss: 2.53 },
    { name: 'best possible', loss: 0.81, best: true },
  ];
  const { referenceLabels, plot } = layoutLossCurve(one, { ...options, references, among: true });
  expect(referenceLabels.map(({ text, isStrong }) => [text, isStrong])).toEqual([
    ['best possible 0.81 · among 2.2', true],
    ['the word before 2.53 · among 13', false],
    ['all words alike 5.26 · as often as they occur 5.25', false],
  ]);
  expect(referenceLabels.every(({ right, left }) => right <= plot.right && left >= plot.left)).toBe(true);
  expect(referenceLabels.flatMap((a, i) => referenceLabels.slice(i + 1).filter((b) => overlap(a, b)))).toEqual([]);
  const phone = layoutLossCurve(one, { ...options, references, width: 358, height: 204 });
  expect(phone.referenceLabels.map(({ text }) => text)).toEqual([
    'best possible',
    'the word before',
    'all words alike',
  ]);
});

test('a second axis says what a loss is like choosing among, unless the chart is folded or narrow', () => {
  const amongOf = (size: { readonly width: number; readonly height: number }) =>
    layoutLossCurve(one, { ...options, ...size, among: true }).yTicks.map(({ label, among }) => [label, among]);
  expect(amongOf({ width: 600, height: 270 }).slice(-3)).toEqual([
    ['3', '20'],
    ['3.5', '33'],
    ['4', '55'],
  ]);
  expect(amongOf({ width: 600, height: 100 }).every(([, among]) => among === undefined)).toBe(true);
  expect(amongOf({ width: 358, height: 204 }).every(([, among]) => among === undefined)).toBe(true);
});

test('flags stand on their curve without overlapping: the larger step keeps its title', () => {
  const layout = layoutLossCurve(one, options);
  const steps = Array.from({ length: 13 }, (_, i) => 76 + 2 * i);
  const flags = steps.map((step) => ({ step, title: `learned at ${step}` }));
  const standing = placeFlags(layout, [...flags, { step: 180, title: 'not yet' }]);
  expect(standing.map(({ step }) => step)).toEqual(steps);
  expect(standing.at(-1)).toMatchObject({ foot: layout.y(2), isTitled: true });
  const boxes = standing.flatMap(({ cloth, words: title, isTitled }) => [
    ...(cloth ? [{ ...cloth, of: title }] : []),
    ...(isTitled ? [{ ...title, of: title }] : []),
  ]);
  const clashes = boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => a.of !== b.of && overlap(a, b, 0)));
  expect(clashes).toEqual([]);
  expect(standing.some(({ isTitled }) => !isTitled)).toBe(true);
});

test('what is learned at one step stands on one pole, what only the stored run had learned on another', () => {
  const layout = layoutLossCurve(one, options);
  const flags = ['pairs', 'similes'].map((title) => ({ step: 60, title }));
  const standing = placeFlags(layout, [...flags, { step: 60, title: 'heroes', isHollow: true }]);
  expect(standing.map(({ title }) => title)).toEqual(['heroes', 'pairs, similes']);
});

test('a hollow flag stands on the stored run', () => {
  const past = { name: 'stored run', ghost: true, traces: [flat(3)] };
  const layout = layoutLossCurve([past, ...one], options);
  const [own, stored] = placeFlags(layout, [
    { step: 40, title: 'here' },
    { step: 80, title: 'there', isHollow: true },
  ]);
  expect([own!.foot, stored!.foot]).toEqual([layout.y(2), layout.y(3)]);
});

test('the playhead says step, loss, choices and what is learned, beside its line and never outside', () => {
  const layout = layoutLossCurve(one, options);
  const reading = readLossCurve(layout, 50, { ...words, among: true, state: 'live' });
  expect(reading.lines).toEqual(['step 50, live', '2.00 nats: like choosing among 7.4', '57 % of what can be learned']);
  expect(reading.spoken).toBe('step 50, live: 2.00 nats, like choosing among 7.4, 57 % of what can be learned');
  expect(reading.dots).toEqual([{ y: layout.y(2), hue: layout.drawn[0]!.hue }]);
  expect(reading).toMatchObject({ anchor: 'start' });
  expect(readLossCurve(layout, 180, words)).toMatchObject({
    dots: [],
    lines: ['step 180'],
    spoken: 'step 180: nothing measured',
  });
  const long = layoutLossCurve(
    [
      {
        name: 'BERT',
        traces: [
          {
            training: [
              [0, 2],
              [200, 2],
            ],
          },
        ],
      },
    ],
    options,
  );
  for (const at of [0, 20, 100, 160, 200]) {
    const { left, right, top, bottom } = readLossCurve(long, at, { ...words, among: true });
    expect([
      left >= long.plot.left,
      right <= long.plot.right,
      top >= long.plot.top,
      bottom <= long.plot.bottom,
    ]).toEqual([true, true, true, true]);
  }
  expect(readLossCurve(long, 200, words).anchor).toBe('end');
});

test('several runs are read a line each, and a stored one only where none of them has come', () => {
  const past = {
    name: 'stored run',
    ghost: true,
    traces: [{ training: [], heldOut: [[0, 3] as const, [200, 3] as const] }],
  };
  const layout = layoutLossCurve([past, { name: 'A', traces: [flat(2)] }, { name: 'B', traces: [flat(1)] }], options);
  expect(readLossCurve(layout, 50, words).lines).toEqual(['step 50', 'A 2.00', 'B 1.00']);
  expect(readLossCurve(layout, 150, words).lines).toEqual([
    'step 150',
    'stored run: 3.00 nats',
    '29 % of what can be learned',
  ]);
});

test('arrow keys lead from kept frame to kept frame, with Shift by ten, and L to the run itself', () => {
  const frames = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 50, 100];
  const press = (key: string, at: number, shiftKey = false) => placeOfKey({ key, shiftKey }, at, 200, frames);
  expect([press('ArrowRight', 10), press('ArrowLeft', 50), press('ArrowRight', 20)]).toEqual([50, 10, 50]);
  expect([press('ArrowRight', 0, true), press('ArrowLeft', 100, true)]).toEqual([10, 2]);
  expect([press('Home', 50), press('End', 50)]).toEqual([0, 100]);
  // Nothing lies beyond the last frame: the playhead of the live run stays where it is.
  expect(press('ArrowRight', 140)).toBe(140);
  expect([press('l', 50), press('L', 50), press('x', 50)]).toEqual(['live', 'live', undefined]);
  expect(placeOfKey({ key: 'ArrowRight', shiftKey: false }, 0, 200, [])).toBe(4);
});

test('where nothing was measured the curve has a gap, and a step alone is a dash', () => {
  const training = [
    [0, 3],
    [50, 2],
    [100, Number.NaN],
    [150, 1],
    [160, Number.NaN],
  ] as const;
  const [steps] = layoutLossCurve([{ name: 'BERT', traces: [{ training }] }], options).drawn;
  expect(steps!.raw.match(/M/g)).toHaveLength(2);
  expect(steps!.raw).toMatch(/h2$/);
  expect(steps!.raw + steps!.line).not.toContain('NaN');
  const [held] = layoutLossCurve([{ name: 'BERT', traces: [{ training: [], heldOut: training }] }], options).drawn;
  expect(held!.line.match(/M/g)).toHaveLength(2);
});

test('the words of the playhead go away from its line rather than over a curve', () => {
  const fallen: Series = {
    name: 'BERT',
    traces: [{ training: [0, 50, 100, 200, 400].map((x) => [x, 0.78 + 4.5 * Math.exp(-x / 80)]) }],
  };
  const references = [
    { name: 'all words alike', loss: 5.26 },
    { name: 'the word before', loss: 2.55 },
    { name: 'best possible', loss: 0.7, best: true },
  ];
  const layout = layoutLossCurve([fallen], { ...options, height: 195, width: 560, references, xMax: 400 });
  const box = readLossCurve(layout, 400, { ...words, references, state: 'stored run' });
  expect(box.lines).toHaveLength(3);
  expect(layout.room.tracks.filter((track) => crosses(track, box))).toEqual([]);
});
