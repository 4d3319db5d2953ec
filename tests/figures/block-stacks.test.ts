import { describe, expect, test } from 'vitest';
import BlockStacks from '../../src/figures/BlockStacks.svelte';
import { blockTitle, describeStacks, layoutStacks, tabulateStacks } from '../../src/figures/block-stacks.ts';
import { specimens } from '../../src/figures/specimens/block-stacks.ts';
import { drawn, fileOf } from './drawn.ts';

const { stacks } = specimens['shared layers beside layers of their own']!;

describe('two models from inside', () => {
  test.each(Object.keys(specimens))('draws %s', async (name) => {
    await expect(drawn(BlockStacks, specimens[name]!)).toMatchFileSnapshot(fileOf('block-stacks', name));
  });
  test('says what each has alone', () => {
    expect(describeStacks(stacks)).toBe(
      'ALBERT base: 12 layers, alone with projection and BERT base: 12 layers, with nothing that the other lacks.',
    );
    expect(blockTitle(stacks[0]!.blocks[1]!)).toBe('12 layers, one set of weights');
    expect(blockTitle({ ...stacks[0]!.blocks[0]!, stack: 'decoder' })).toBe('decoder: embeddings');
  });
  test('has a table twin', () => {
    expect(tabulateStacks(stacks).rows[1]).toEqual(['ALBERT base', 'embeddings', 'projection', 99_072, 'yes']);
  });
  test('stands side by side, and on a phone one below the other within its width', () => {
    const [desk, phone] = [900, 350].map((width) => layoutStacks(stacks, width, 14));
    expect(desk!.placed[1]!.x).toBeGreaterThan(desk!.placed[0]!.width);
    expect(desk!.placed[0]!.y).toBe(desk!.placed[1]!.y);
    expect(phone!.placed.map(({ x }) => x)).toEqual([0, 0]);
    expect(phone!.placed[1]!.y).toBeGreaterThan(phone!.placed[0]!.bottom);
    for (const { x, width } of [...desk!.placed]) expect(x + width).toBeLessThanOrEqual(900);
  });
});
