import { expect, test } from 'vitest';
import { takenIn } from '../../src/figures/packing.ts';
import { makeRows, type PackingChoice } from '../../src/panels/packing.ts';
import { prepare } from '../../src/training/data.ts';
import { defaultRun, withSettings } from '../../src/training/settings.ts';

const text = await prepare(withSettings(defaultRun, { corpus: 'pocket-stories', vocabSize: 1000 }).text);
const rows = (changed: Partial<PackingChoice>) =>
  makeRows(text.train, text.vocabulary, { format: 'full', length: 64, seed: '1', draw: 0, ...changed }, 8);
const documentsOf = (of: ReturnType<typeof rows>) => of.map(({ pieces }) => pieces.map(({ document }) => document));

test('rows of a pass go on where the one before stopped', () => {
  const read = rows({ format: 'full' }).flatMap(({ pieces }) => pieces.flatMap(({ tokens }) => tokens));
  const all = text.train.flatMap(({ sentences }) => sentences.flat()).map((id) => text.vocabulary.tokens[id]);
  expect(` ${all.join(' ')} `).toContain(` ${read.join(' ')} `);
});

test('within one document a row has one piece, in a pair two', () => {
  expect(rows({ format: 'document' }).every(({ pieces }) => pieces.length === 1)).toBe(true);
  expect(rows({ format: 'pair' }).every(({ pieces }) => pieces.length === 2)).toBe(true);
  expect(documentsOf(rows({ format: 'full' })).some((row) => row.length > 1)).toBe(true);
});

test('no row is longer than it may be, and rows across documents are the fullest', () => {
  const taken = (format: PackingChoice['format']) => {
    const places = [0, 1, 2, 3, 4, 5].flatMap((draw) => rows({ format, draw }).map(takenIn));
    expect(Math.max(...places)).toBeLessThanOrEqual(64);
    return places.reduce((sum, one) => sum + one, 0);
  };
  expect(taken('full')).toBeGreaterThan(taken('document'));
});

test('one seed makes the same rows, another draw makes others', () => {
  for (const format of ['pair', 'full', 'document'] as const) {
    expect(rows({ format })).toEqual(rows({ format }));
    expect(rows({ format })).not.toEqual(rows({ format, draw: 1 }));
  }
});
