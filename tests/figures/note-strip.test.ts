import { describe, expect, test } from 'vitest';
import NoteStrip from '../../src/figures/NoteStrip.svelte';
import { rowsOf } from '../../src/figures/notes.ts';
import { specimens } from '../../src/figures/specimens/note-strip.ts';
import { drawn, fileOf } from './drawn.ts';

const rows = (name: string) => {
  const { sequence, example, notes, spelling } = specimens[name]!;
  return rowsOf(sequence, example, notes, spelling);
};

describe('an example as rows of chips', () => {
  test.each(Object.keys(specimens))('draws %s', async (name) => {
    await expect(drawn(NoteStrip, specimens[name]!)).toMatchFileSnapshot(fileOf('note-strip', name));
  });
  test('is one row where tokens are masked, with dots where labels stand', () => {
    const [row, ...more] = rows('masked tokens');
    expect(more).toEqual([]);
    expect(row!.chips[3]).toEqual({
      token: '[MASK]',
      mark: 'hidden',
      original: 'cooked',
      scored: true,
      special: false,
      detail: 'hidden behind [MASK]',
    });
    expect(row!.chips.flatMap(({ scored }, i) => (scored ? [i] : []))).toEqual([3, 5]);
  });
  test('is two rows where a generator substitutes, and every token of the second bears loss', () => {
    const [generator, discriminator] = rows('replaced tokens');
    expect(generator!.chips.map(({ mark }) => mark)).toEqual([
      undefined,
      'hidden',
      undefined,
      'hidden',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(discriminator!.chips.every(({ scored }) => scored)).toBe(true);
    expect(discriminator!.chips[3]).toMatchObject({ token: 'ate', mark: 'substituted', original: 'cooked' });
    expect(discriminator!.chips[1]).toMatchObject({ token: 'the', mark: 'kept' });
  });
  test('is three rows where a decoder writes the text back', () => {
    const [original, read, written] = rows('text to be written back, narrow');
    expect(original!.chips.map(({ mark }) => mark)).toEqual([
      undefined,
      undefined,
      'hidden',
      'removed',
      'removed',
      undefined,
      undefined,
      undefined,
    ]);
    expect(read!.chips.map(({ token }) => token).join(' ')).toBe('[CLS] the [MASK] meal . [SEP]');
    expect(written!.chips.every(({ scored }) => scored)).toBe(true);
  });
});
