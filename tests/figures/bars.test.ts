import { describe, expect, test } from 'vitest';
import { linear, repeat } from '../../src/core/params.ts';
import { apart, describeResults, describeVerdict, tabulateResults, verdictOf } from '../../src/figures/claim.ts';
import ParameterBars from '../../src/figures/ParameterBars.svelte';
import Predictions from '../../src/figures/Predictions.svelte';
import { countText, describeParts, partsOf, tabulateParts } from '../../src/figures/parts.ts';
import { describeProbes, tabulateProbes } from '../../src/figures/probes.ts';
import ResultDots from '../../src/figures/ResultDots.svelte';
import { specimens as parameters } from '../../src/figures/specimens/parameter-bars.ts';
import { specimens as predictions } from '../../src/figures/specimens/predictions.ts';
import { specimens as dots } from '../../src/figures/specimens/result-dots.ts';
import { deviationOf, digitsOf } from '../../src/figures/spread.ts';
import { drawn, fileOf } from './drawn.ts';

describe('predictions', () => {
  const { probes } = predictions['three places']!;
  test.each(Object.keys(predictions))('draw %s', async (name) => {
    await expect(drawn(Predictions, predictions[name]!)).toMatchFileSnapshot(fileOf('predictions', name));
  });
  test('stand in one line where there is little height, with all guesses of each', () => {
    const four = [...probes, probes[0]!].map((probe, i) => ({ ...probe, position: i }));
    const heightOf = (props: object) =>
      Number(
        /height="([\d.]+)"/.exec(drawn(Predictions, { probes: four, width: 480, size: 12.7, most: 3, ...props }))![1],
      );
    expect(heightOf({})).toBeGreaterThan(221);
    expect(heightOf({ height: 221 })).toBeLessThan(160);
    expect(heightOf({ height: 500 })).toBe(heightOf({}));
    const lowTexts = drawn(Predictions, { probes: four, width: 480, size: 12.7, most: 3, height: 221 });
    expect(lowTexts.match(/>\s*(is|was|has)\s*</g)).toHaveLength(4);
  });
  test('say how often the first guess is right', () => {
    expect(describeProbes(probes)).toBe(
      'The first guess is right at 1 of 3 masked places: is at position 3 has 61 %, hairy at position 4 has < 1 %, ##ing at position 9 has 31 %.',
    );
  });
  test('show the truth with its rank even where it is not among the first five', () => {
    expect(drawn(Predictions, { probes: [probes[1]!], width: 300 })).toContain('truth hairy: 31st, &lt; 1 %');
    expect(tabulateProbes([probes[1]!]).rows.at(-1)).toEqual([4, 31, 'hairy', '< 1 %', 'yes']);
  });
});

describe('parameter bars', () => {
  test.each(Object.keys(parameters))('draw %s', async (name) => {
    await expect(drawn(ParameterBars, parameters[name]!)).toMatchFileSnapshot(fileOf('parameter-bars', name));
  });
  test('name the largest part', () => {
    expect(
      describeParts([
        { name: 'a', count: 3 },
        { name: 'b', count: 1 },
      ]),
    ).toBe('4 parameters in 2 parts; the largest is a with 75 %.');
    expect([987, 12_345, 1_234_567, 110_142_012].map(countText)).toEqual(['987', '12.3 k', '1.23 M', '110 M']);
    expect(
      tabulateParts([
        { name: 'a', count: 3 },
        { name: 'b', count: 1 },
      ]).rows,
    ).toEqual([
      ['a', 3, '75 %'],
      ['b', 1, '25 %'],
    ]);
  });
});

describe('the parts of a model', () => {
  const network = (width: number, layers: number) => ({
    encoder: { layer: repeat(layers, { dense: linear(width, width) }) },
  });
  test('are its layers, under the names of the checkpoint', () => {
    expect(partsOf({ model: { ...network(2, 2), head: linear(2, 1) } })).toEqual([
      { name: 'encoder.layer 1', count: 6 },
      { name: 'encoder.layer 2', count: 6 },
      { name: 'head', count: 3 },
    ]);
  });
  test('are kept apart where it consists of several networks', () => {
    expect(partsOf({ generator: network(2, 1), discriminator: network(3, 2) })).toEqual([
      { name: 'generator: encoder.layer 1', count: 6 },
      { name: 'discriminator: encoder.layer 1', count: 12 },
      { name: 'discriminator: encoder.layer 2', count: 12 },
    ]);
  });
});

describe('results as dots', () => {
  test.each(Object.keys(dots))('draw %s', async (name) => {
    await expect(drawn(ResultDots, dots[name]!)).toMatchFileSnapshot(fileOf('result-dots', name));
  });
  const a = { name: 'A', values: [1, 2, 3] };
  const b = { name: 'B', values: [4, 5] };
  test('say whether the seeds of the best overlap with the next', () => {
    expect(deviationOf(a.values)).toBe(1);
    expect(apart(a, b)).toBe(true);
    expect(describeResults([b, a], 'loss', 'lower', 1)).toBe(
      'loss, lower is better: A 2.0 ± 1.0 (3 seeds) and B 4.5 ± 0.7 (2 seeds). A is best, and each of its seeds is better than each of B.',
    );
    expect(describeResults([a, { name: 'C', values: [2.5] }], 'loss', 'higher', 1)).toBe(
      'loss, higher is better: C 2.5 (1 seed) and A 2.0 ± 1.0 (3 seeds). C has the best mean, but its seeds overlap with those of A.',
    );
  });
  test('are told with as many decimals as their spread needs', () => {
    expect(digitsOf([[1, 2, 3], [4]])).toBe(2);
    expect(digitsOf([[0.95, 0.97]])).toBe(2);
    expect(
      digitsOf([
        [0.121, 0.123, 0.117],
        [0.135, 0.142],
      ]),
    ).toBe(3);
    expect(digitsOf([[0.1, 0.1000001]])).toBe(4);
    const close = {
      results: [{ name: 'A', values: [0.121, 0.123] }],
      measure: 'loss',
      better: 'lower',
      width: 900,
    } as const;
    const labels = [...drawn(ResultDots, close).matchAll(/>(0\.1\d+)</g)].map(([, label]) => label);
    expect(labels.length).toBeGreaterThan(2);
    expect(new Set(labels).size).toBe(labels.length);
  });
  test('show a difference only where every seed and the means say so', () => {
    const one = { name: 'one', values: [0.1, 0.2, 0.3] };
    const near = { name: 'near', values: [0.15, 0.25, 0.35] };
    const far = { name: 'far', values: [0.5, 0.6, 0.7] };
    const mixed = { name: 'mixed', values: [0.9, 0.9, 0.25] };
    expect(verdictOf(one, far, 'lower')).toMatchObject({ ahead: 'one', isShown: true, seeds: 3, of: 3 });
    expect(verdictOf(one, far, 'higher')).toMatchObject({ ahead: 'far', isShown: true });
    // Every seed is on one side, but the seeds differ more than the recipes.
    expect(verdictOf(one, near, 'lower')).toMatchObject({ ahead: 'one', isShown: false, seeds: 3 });
    expect(verdictOf(one, mixed, 'lower')).toMatchObject({ ahead: 'one', isShown: false, seeds: 2 });
    expect(verdictOf({ name: 'two', values: [0, 0] }, far, 'lower')).toMatchObject({ isShown: false, of: 2 });
    expect(verdictOf(one, { name: 'none', values: [] }, 'lower')).toBeUndefined();
    expect(describeVerdict(verdictOf(one, far, 'lower')!)).toBe(
      '“one” ahead of “far”: shown. 3 of 3 seeds, by 0.40; the seeds spread by 0.10.',
    );
  });
  test('draw a dot a seed', () => {
    expect(
      drawn(ResultDots, { results: [a, b], measure: 'loss', better: 'lower', width: 600 }).match(/<circle/g),
    ).toHaveLength(5);
    expect(tabulateResults([b]).rows).toEqual([
      ['B', 1, 4],
      ['B', 2, 5],
    ]);
  });
});
