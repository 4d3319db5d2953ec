import { describe, expect, test } from 'vitest';
import { boxOf, touches } from '../../src/figures/placed-text.ts';
import { specimens } from '../../src/figures/specimens/vector-steps.ts';
import VectorSteps from '../../src/figures/VectorSteps.svelte';
import {
  broughtBy,
  describeSteps,
  largestOf,
  spellNorm,
  spellUnit,
  sumAt,
  tabulateSteps,
} from '../../src/figures/vector-steps.ts';
import { layoutSteps } from '../../src/figures/vector-steps-layout.ts';
import { drawn, fileOf } from './drawn.ts';

const names = Object.keys(specimens);
const small = {
  name: 'The embeddings',
  tokens: ['[CLS]', 'cat'],
  place: 1,
  component: 1,
  steps: [
    {
      title: 'look up',
      words: [],
      lines: [
        { title: 'cat', isToken: true, factor: 2, vector: [1, -1] },
        { title: 'place 1', vector: [0.5, 0.25] },
      ],
      total: { title: 'their sum', vector: [2.5, -1.75] },
    },
    {
      title: 'norm',
      words: [],
      lines: [],
      total: { title: 'what goes on', vector: [1, -1.1] },
      norm: { statistics: { mean: 0.375, spread: 2.125 }, gain: [1, 1], shift: [0, -0.1] },
    },
  ],
};

describe('what is computed at one place', () => {
  test.each(names)('draws %s', async (name) => {
    await expect(drawn(VectorSteps, specimens[name]!)).toMatchFileSnapshot(fileOf('vector-steps', name));
  });
  test.each(names)('writes numbers that the lines add up to: %s', (name) => {
    const { width, size = 12, chips, before, after, ...sum } = specimens[name]!;
    const texts = layoutSteps({ sum, width, size, chips, before, after }).labels.map(({ text }) => text);
    for (const step of sum.steps) {
      for (const line of step.lines) expect(texts).toContain(broughtBy(line, sum.component));
      if (!step.total || step.lines.length === 0) continue;
      expect(sumAt(step, sum.component)).toBeCloseTo(step.total.vector[sum.component]!, 10);
      expect(texts).toContain(broughtBy(step.total, sum.component));
    }
  });
  test.each(names.flatMap((name) => [358, 520, 760, 1096].map((width) => [name, width] as const)))(
    'lets no two words touch and none leave the picture: %s, %i wide',
    (name, width) => {
      const { width: _, size = 12, chips, before, after, ...sum } = specimens[name]!;
      const layout = layoutSteps({ sum, width, size, chips, before, after });
      const boxes = layout.labels.map((label) => ({ text: label.text, ...boxOf(label) }));
      expect(
        boxes.flatMap((a, i) => boxes.slice(i + 1).flatMap((b) => (touches(a, b) ? [[a.text, b.text]] : []))),
      ).toEqual([]);
      const outside = boxes.filter(
        ({ x, y, width: wide, height }) => x < 0 || y < 0 || x + wide > width + 0.5 || y + height > layout.height,
      );
      expect(outside).toEqual([]);
    },
  );
  test('spells how a norm and an activation come to their number', () => {
    expect(spellNorm(small.steps[1]!.norm!, -1.75, 1)[1]).toBe('(−1.750 − 0.375) ÷ 2.125 × 1.000 + (−0.100) = −1.100');
    expect(spellNorm({ gain: [2], shift: [0.5] }, 3, 0)).toEqual([
      '3.000 × gain + shift = 3.000 × 2.000 + 0.500 = 6.500',
    ]);
    expect(spellUnit({ before: [-1, 2], after: [0, 2], activation: 'relu', strongest: [1] })[0]).toBe(
      'unit 2 comes to 2.000 before the activation; relu makes 2.000 of it',
    );
  });
  test('finds the number that is largest, whichever its sign', () => {
    expect([largestOf([1, -3, 2]), largestOf([])]).toEqual([1, 0]);
  });
  test('is said in one sentence', () => {
    expect(describeSteps(small)).toBe(
      'The embeddings at cat (1), 2 steps: their sum of 2; number 2 of 2 that goes on is −1.100.',
    );
  });
  test('has a table twin with a row a line and one for each sum', () => {
    expect(tabulateSteps(small).rows).toEqual([
      ['look up', 'cat', '2.0000', '−1.0000', '−2.000'],
      ['look up', 'place 1', '', '0.2500', '0.250'],
      ['look up', 'their sum', '', '', '−1.750'],
      ['norm', 'what goes on', '', '', '−1.100'],
    ]);
  });
});
