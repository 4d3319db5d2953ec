import { describe, expect, test } from 'vitest';
import RelayRows from '../../src/figures/RelayRows.svelte';
import { describeRelay, layoutRelay, relayChips, tabulateRelay } from '../../src/figures/relay.ts';
import { specimens } from '../../src/figures/specimens/relay-rows.ts';
import { drawn, fileOf } from './drawn.ts';

const { tokens } = specimens['with verdicts, narrow']!;

describe('two models with a sentence between them', () => {
  test.each(Object.keys(specimens))('draws %s', async (name) => {
    await expect(drawn(RelayRows, specimens[name]!)).toMatchFileSnapshot(fileOf('relay-rows', name));
  });
  test('are said in one sentence: what was replaced, what was guessed, who was right', () => {
    expect(describeRelay(tokens)).toBe(
      '7 tokens, 2 filled in by the generator: 1 replaced, 1 guessed as they were. The discriminator is asked about all of them and is right about 6.',
    );
  });
  test('judge nothing before all is drawn', () => {
    const open = specimens['still to be drawn']!;
    expect(describeRelay(open.tokens)).toBe(
      '7 tokens, 0 filled in by the generator: 0 replaced, 0 guessed as they were. 2 still to be drawn: the discriminator is not asked yet.',
    );
    expect(tabulateRelay(open.tokens).rows.every((row) => row[4] === 'not asked yet')).toBe(true);
    expect(drawn(RelayRows, open)).not.toMatch(/>(yes|no)</);
    expect(drawn(RelayRows, open)).not.toContain('>ate<');
  });
  test('show a lucky guess as kept, and only another token as substituted', () => {
    expect(relayChips(tokens)[2]!.map(({ mark }) => mark)).toEqual([
      undefined,
      undefined,
      'kept',
      'substituted',
      undefined,
      undefined,
      undefined,
    ]);
    expect(relayChips(tokens)[1]![2]).toEqual({ token: '[MASK]', mark: 'hidden' });
  });
  test('keep a token in one column, and wrap columns where the width ends', () => {
    const blocks = layoutRelay(tokens, 200, 15);
    expect(blocks.map(({ from }) => from)).toEqual([0, 3, 6]);
    const ends = blocks.flatMap(({ places }) => places.map(({ x, width }) => x + width));
    expect(Math.max(...ends)).toBeLessThanOrEqual(200);
  });
  test('have a table twin', () => {
    expect(tabulateRelay(tokens).rows.slice(2, 4)).toEqual([
      [2, 'chef', '[MASK]', 'chef', 'original, a lucky guess', '22 %'],
      [3, 'cooked', '[MASK]', 'ate', 'replaced', '84 %'],
    ]);
  });
});
