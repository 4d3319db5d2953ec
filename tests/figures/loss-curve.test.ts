import { describe, expect, test } from 'vitest';
import {
  decimate,
  describeCurves,
  learnedShare,
  type Point,
  smooth,
  spreadOver,
  tabulateCurves,
  valueAt,
} from '../../src/figures/curve.ts';
import LossCurve from '../../src/figures/LossCurve.svelte';
import { spread } from '../../src/figures/labels.ts';
import { describeFlags } from '../../src/figures/loss-curve-flags.ts';
import { amongText, learnedText } from '../../src/figures/loss-words.ts';
import { specimens } from '../../src/figures/specimens/loss-curve.ts';
import { drawn, fileOf } from './drawn.ts';

const guesses = [
  { name: 'uniform', loss: 6 },
  { name: 'unigram', loss: 5 },
  { name: 'bigram', loss: 4 },
];
const references = [...guesses, { name: 'best possible', loss: 2, best: true }];

describe('a loss chart', () => {
  test.each(Object.keys(specimens))('draws %s', async (name) => {
    await expect(drawn(LossCurve, specimens[name]!)).toMatchFileSnapshot(fileOf('loss-curve', name));
  });
  test('says which share of what can be learned is learned', () => {
    expect([6, 4, 2, 7, 1].map((loss) => learnedShare(loss, references))).toEqual([0, 0.5, 1, 0, 1]);
    expect(learnedShare(3, guesses)).toBeUndefined();
    const series = [
      { name: 'BERT', traces: [{ training: [[1, 5.5]] as Point[], heldOut: [[1200, 2.52]] as Point[] }] },
    ];
    expect(describeCurves(series, references, 'step')).toBe(
      'Loss of 1 run. BERT: held-out loss 2.52 at step 1,200, has learned 87 % of what can be learned. ' +
        'Reference lines: uniform 6.00, unigram 5.00, bigram 4.00 and best possible 2.00.',
    );
  });
  test('says nothing of learning before the first step', () => {
    expect(describeCurves([{ name: 'BERT', traces: [{ training: [] }] }], references, 'step')).toBe(
      'Loss chart, no step taken yet.',
    );
  });
  test('draws ten thousand steps with a few points for each pixel, and keeps the extremes', () => {
    const points: Point[] = Array.from({ length: 10_000 }, (_, i) => [i, i === 4321 ? 99 : i % 7]);
    const few = decimate(points, (x) => x / 20);
    expect(few.length).toBeLessThanOrEqual(2000);
    expect(Math.max(...few.map(([, y]) => y))).toBe(99);
    expect(few[0]).toEqual([0, 0]);
    expect(few.at(-1)).toEqual([9999, 3]);
    expect(decimate(points.slice(0, 4), (x) => 10 * x)).toEqual(points.slice(0, 4));
  });
  test('smooths to both sides, so that a falling line begins where it begins and does not lag', () => {
    const falling = Array.from({ length: 8 }, (_, i): Point => [i, 10 - i]);
    expect(smooth(falling, 2.9).slice(0, 4)).toEqual(falling.slice(0, 4));
    expect(
      smooth(
        [
          [1, 4],
          [2, 1],
          [3, 1],
        ],
        1,
      ),
    ).toEqual([
      [1, 4],
      [2, 7 / 3],
      [3, 1.5],
    ]);
  });
  test('says nothing of what is learned for a bound that moves with the model', () => {
    const series = [{ name: 'next sentence', guide: true, traces: [{ training: [[1, 0.69]] as Point[] }] }];
    expect(describeCurves(series, undefined, 'step')).toBe('Loss of 1 run. next sentence: loss 0.69 at step 1.');
    expect(describeCurves(series, references, 'step')).not.toContain('learned');
  });
  test('names its flags, those of the stored run apart', () => {
    const flags = [
      { step: 90, title: 'frames' },
      { step: 1040, title: 'two clues', isHollow: true },
    ];
    expect(describeFlags(flags, 'step')).toEqual([
      'Learned: frames at step 90 and two clues at step 1,040 of the stored run.',
    ]);
    expect(describeFlags([], 'step')).toEqual([]);
  });
  test('has no type under 12 pixels', () => {
    const sizes = Object.values(specimens).flatMap((props) =>
      [...drawn(LossCurve, { ...props, size: 8 }).matchAll(/font-size="([\d.]+)"/g)].map(([, size]) => Number(size)),
    );
    expect(Math.min(...sizes)).toBe(12);
  });
  test('passes over steps that have no number', () => {
    const gaps: Point[] = [
      [1, 2],
      [2, Number.NaN],
      [3, 1],
    ];
    expect(drawn(LossCurve, { series: [{ name: 'a', traces: [{ training: gaps }] }], width: 500 })).not.toContain(
      'NaN',
    );
  });
  test('reads a value between two points', () => {
    expect(
      valueAt(
        [
          [0, 4],
          [10, 2],
        ],
        5,
      ),
    ).toBe(3);
    expect(
      valueAt(
        [
          [0, 4],
          [10, 2],
        ],
        11,
      ),
    ).toBeUndefined();
  });
  test('spans a band over the seeds as far as all of them have come', () => {
    expect(
      spreadOver([
        [
          [0, 4],
          [10, 2],
        ],
        [
          [0, 6],
          [20, 4],
        ],
      ]),
    ).toEqual([
      { x: 0, mean: 5, low: 4, high: 6 },
      { x: 10, mean: 3.5, low: 2, high: 5 },
    ]);
  });
  test('has a table twin with training and held-out rows', () => {
    const series = [{ name: 'a', traces: [{ training: [[1, 2]] as Point[], heldOut: [[1, 3]] as Point[] }] }];
    expect(tabulateCurves(series, 'step').rows).toEqual([
      ['a', 1, 'training, smoothed', 1, 2],
      ['a', 1, 'held out', 1, 3],
    ]);
  });
});

describe('labels at the end of lines', () => {
  test('stay where they are wanted when there is room', () => {
    expect(spread([50, 10], 12, 0, 100)).toEqual([50, 10]);
  });
  test('move apart evenly when they would touch', () => {
    expect(spread([50, 50, 50], 10, 0, 100)).toEqual([40, 50, 60]);
  });
  test('stay inside the chart', () => {
    expect(spread([0, 2, 99, 100], 10, 0, 100)).toEqual([0, 10, 90, 100]);
  });
});

test('a chart of two hundred thousand steps can still be drawn, in few points', () => {
  const training = Array.from({ length: 200_000 }, (_, i): Point => [i + 1, 5 - i / 100_000]);
  const chart = drawn(LossCurve, { series: [{ name: 'long', traces: [{ training }] }], width: 700 });
  expect(chart.length).toBeLessThan(120_000);
});

test('of a run gone astray the chart says that it is, not numbers of many digits', () => {
  const references = [
    { name: 'all words alike', loss: 5.26 },
    { name: 'best possible', loss: 0.7, best: true },
  ];
  expect([amongText(2.49), amongText(40)]).toEqual(['12', '> 1M']);
  expect(learnedText(5.3, references)).toBe('0 % of what can be learned');
  expect(learnedText(40, references)).toMatch(/far worse than guessing/);
  expect(learnedText(40, [])).toBeUndefined();
});
