import { expect, test } from 'vitest';
import { count } from '../../src/core/params.ts';
import { leastLimits } from '../../src/core/textures.ts';
import { blueprints } from '../../src/models/catalog.ts';
import { checkView, misfitOfView, roomOf, strainOfView, viewBytes } from '../../src/training/look-fit.ts';

const bert = blueprints.bert!;
const of = (layers: number, hidden: number) =>
  bert.resize(bert.toy, { layers, hidden, heads: hidden / 64, vocabSize: 30522, maxLength: 512, dropout: 0 });
const base = of(12, 768);

test('BERT-base takes its 440 MB and little more, which is no strain and fits textures of 8192', () => {
  const weights = 4 * count(bert.spec(base));
  expect(weights).toBeGreaterThan(4.3e8);
  expect(viewBytes(bert, base) / weights).toBeGreaterThan(1);
  expect(viewBytes(bert, base) / weights).toBeLessThan(1.2);
  expect(strainOfView(bert, base)).toBeUndefined();
  expect(misfitOfView(bert, base, { largest: 8192, layers: 4 })).toBeUndefined();
});

test('what takes more than a page may count on is said with the estimate', () => {
  expect(strainOfView(bert, of(48, 1600))).toMatch(
    /^This model takes about 6\.\d GB of the memory .* may count on 2 GB/,
  );
});

test('a weight that fits no texture of the device is named, with what is offered', () => {
  const misfit = misfitOfView(bert, base, leastLimits)!;
  expect(misfit.code).toBe('too-large');
  expect(misfit.message).toMatch(
    /^(The weight|What) model\.\S+ .* offers at most 2,048 × 2,048\. Choose a smaller BERT/,
  );
  expect(() => checkView(bert, base, leastLimits)).toThrow(misfit.message);
  expect(() => checkView(bert, base, undefined)).not.toThrow();
});

test('no model is asked about more tokens than it has places for, nor about more than can be drawn', () => {
  expect([roomOf({ maxLength: 8 }), roomOf(base), roomOf({})]).toEqual([8, 64, 64]);
});
