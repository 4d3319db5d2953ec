import { describe, expect, test } from 'vitest';
import { specimens } from '../../src/figures/specimens/two-models.ts';
import TwoModels from '../../src/figures/TwoModels.svelte';
import { describeTwoModels, layoutPiece, layoutTwoModels, tabulateTwoModels } from '../../src/figures/two-models.ts';
import { drawn, fileOf } from './drawn.ts';

const models = specimens['what is handed on']!;

describe('two models with a die between them', () => {
  test.each(Object.keys(specimens))('draw %s', async (name) => {
    await expect(drawn(TwoModels, specimens[name]!)).toMatchFileSnapshot(fileOf('two-models', name));
  });
  test('say what each loss moves, and that the way of one is cut', () => {
    expect(describeTwoModels(models)).toContain('a die draws a word for each hole');
    expect(describeTwoModels({ ...models, lossOf: 'generator' })).toContain(
      'moves the generator and the shared tables, and nothing of the discriminator',
    );
    expect(describeTwoModels({ ...models, lossOf: 'discriminator', shared: false })).toContain(
      'moves the discriminator and its own tables; it is cut off at the die',
    );
  });
  test('have a table twin with a row a part', () => {
    expect(tabulateTwoModels(models).rows.map(([part, , , ...moved]) => [part, ...moved])).toEqual([
      ['Generator', 'yes', 'no'],
      ['Discriminator', 'no', 'yes'],
      ['Shared tables', 'yes', 'yes'],
    ]);
  });
  test('keep their pieces of text within the columns, and a slab as wide as its layer is', () => {
    for (const width of [320, 480, 900]) {
      const layout = layoutTwoModels(models, width, 14);
      const piece = layoutPiece(models.given, layout.generator, layout);
      expect(piece[0]!.x).toBeGreaterThanOrEqual(0);
      expect(piece.at(-1)!.x + piece.at(-1)!.width).toBeLessThanOrEqual(layout.die.x);
      const [small, large] = [layout.generator.slabs[0]!, layout.discriminator.slabs[0]!];
      expect(small.width / large.width).toBeCloseTo(0.5, 6);
    }
  });
});
