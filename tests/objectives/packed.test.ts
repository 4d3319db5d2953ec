import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { bestLosses } from '../../src/objectives/best.ts';
import { makeExample, pack } from '../../src/objectives/make.ts';
import type { PackedOptions } from '../../src/objectives/packed/facts.ts';
import { objective, passageOf } from '../../src/objectives/packed/index.ts';
import { rowsOf } from '../../src/objectives/packed/rows.ts';
import { drawWindow } from '../../src/text/corpora/lost-and-found/story.ts';
import type { Document } from '../../src/text/document.ts';
import { exact, toIds, vocabulary } from '../support/lost-and-found.ts';
import { expectChiSquare, times } from '../support/statistics.ts';
import { document, stories } from '../support/stories.ts';
import { toy, words } from '../support/toy-vocabulary.ts';

const optionsOf = (changed: Partial<PackedOptions>): PackedOptions => ({ ...objective.defaults, ...changed });

/** All rows of a pass as the model reads them. */
function pass(changed: Partial<PackedOptions>, documents: readonly Document[] = stories): string[] {
  const options = optionsOf(changed);
  return rowsOf(documents, options).map((row) => words(pack(passageOf(documents, row), toy, options.frame).ids));
}

test('a row is filled with whole sentences, on into the next document behind a separator', () => {
  expect(pass({ maxLength: 21 })).toEqual([
    '[CLS] the cat sat . it was big . the cat ran . it ran far . [SEP]',
    '[CLS] the sun rose . it was hot . the city was red . [SEP] new york is big . [SEP]',
    '[CLS] a dog sat on the rug . [SEP]',
  ]);
});

test('or it ends with its document, however much room is left', () => {
  expect(pass({ maxLength: 24, format: 'document' })).toEqual([
    '[CLS] the cat sat . it was big . the cat ran . it ran far . [SEP]',
    '[CLS] the sun rose . it was hot . the city was red . [SEP]',
    '[CLS] new york is big . a dog sat on the rug . [SEP]',
  ]);
});

test('as published every sentence ends with a separator, and a document with one more, even in the next row', () => {
  expect(pass({ maxLength: 17, mode: 'reference' })).toEqual([
    '[CLS] the cat sat . [SEP] it was big . [SEP] the cat ran . [SEP]',
    '[CLS] it ran far . [SEP] [SEP] the sun rose . [SEP] it was hot . [SEP]',
    '[CLS] the city was red . [SEP] [SEP] new york is big . [SEP]',
    '[CLS] a dog sat on the rug . [SEP] [SEP]',
  ]);
  const two = [document('the cat sat .', 'it was big .'), document('it ran far .')];
  expect(pass({ maxLength: 11, mode: 'reference' }, two)).toEqual([
    '[CLS] the cat sat . [SEP] it was big . [SEP]',
    '[CLS] [SEP] it ran far . [SEP] [SEP]',
  ]);
  expect(pass({ maxLength: 17, mode: 'reference', format: 'document' })[1]).toBe('[CLS] it ran far . [SEP]');
});

const anyText = fc
  .array(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 })
  .map((lengths): readonly Document[] => {
    let token = 0;
    return lengths.map((sentences) => ({ sentences: sentences.map((length) => times(length, () => token++)) }));
  });
const anyOptions = fc.record({
  maxLength: fc.integer({ min: 8, max: 40 }),
  format: fc.constantFrom('full', 'document'),
  mode: fc.constantFrom('clean', 'reference'),
  frame: fc.constantFrom('bert', 'none'),
}) satisfies fc.Arbitrary<PackedOptions>;

test('in a pass every token of the text comes once and in its order, in rows that stay within the length', () => {
  fc.assert(
    fc.property(anyText, anyOptions, (documents, options) => {
      const passages = rowsOf(documents, options).map((row) => passageOf(documents, row));
      expect(passages.flatMap(({ a }) => a)).toEqual(documents.flatMap(({ sentences }) => sentences.flat()));
      for (const passage of passages) {
        expect(passage.a.length).toBeGreaterThan(0);
        expect(pack(passage, toy, options.frame).ids.length).toBeLessThanOrEqual(options.maxLength);
        if (options.format === 'document') expect(passage.origin!.length).toBe(1);
        if (options.frame === 'none') expect(passage.breaks).toEqual([]);
      }
    }),
  );
});

test('no row could have taken the sentence that the next one begins with', () => {
  fc.assert(
    fc.property(anyText, anyOptions, (documents, options) => {
      const rows = rowsOf(documents, { ...options, mode: 'clean', format: 'full' });
      for (const [k, row] of rows.slice(1).entries()) {
        const [next] = row.pieces;
        const before = rows[k]!;
        const used = pack(passageOf(documents, before), toy, options.frame).ids.length;
        const meets = next!.document === before.pieces.at(-1)!.document || options.frame === 'none' ? 0 : 1;
        const sentence = documents[next!.document]!.sentences[next!.first]!.length - next!.skip;
        expect(used + meets + sentence).toBeGreaterThan(options.maxLength);
      }
    }),
  );
});

test('only a sentence that no row has room for is cut', () => {
  const long = [{ sentences: [[40, 41], times(32, (i) => i), [42]] }];
  const rows = rowsOf(long, optionsOf({ maxLength: 12 })).map((row) => passageOf(long, row));
  expect(rows.map(({ a }) => a.length)).toEqual([2, 10, 10, 10, 3]);
  expect(rows.map(({ origin }) => origin![0]!.skip)).toEqual([0, 0, 10, 20, 30]);
});

test('every row of a pass is drawn equally often, and one seed draws one row', () => {
  const options = optionsOf({ maxLength: 12 });
  const drawn = (seed: number) => objective.draw(stories, options, toy, createRng(seed)).steps[0]!;
  const { rows } = drawn(0);
  const counts = new Array<number>(rows).fill(0);
  for (const seed of times(600 * rows, (i) => i)) counts[drawn(seed).row]! += 1;
  expectChiSquare(counts, new Array<number>(rows).fill(600), 31.83);
  expect(drawn(5)).toEqual(drawn(5));
});

test('a text without a sentence is refused', () => {
  expect(() => objective.draw([], optionsOf({}), toy, createRng(1))).toThrow('no sentence to fill a row with');
});

/** Days of stories: nothing in them says where one ends and the next begins. */
const days: readonly Document[] = times(60, (i) => ({
  sentences: drawWindow(createRng(`day ${i}`).next, 2).map(toIds),
}));
const masks = { count: 'independent', rate: 0.15, maskShare: 1, randomShare: 0 };
const made = (recipe: { readonly pairing: string; readonly pairingOptions: object }, count: number) => {
  const whole = { ...recipe, noising: 'mlm', noisingOptions: masks };
  const rng = createRng('packed');
  const examples = times(count, (i) => makeExample(days, whole, vocabulary, rng.fork(`${i}`)));
  return { examples, best: bestLosses(whole, examples, exact, vocabulary).mlm };
};

test('the best reader knows that what a separator parts is of two stories', () => {
  const [one, other] = days;
  const both = [2, ...one!.sentences.flat(), 3, ...other!.sentences.flat(), 3];
  const alone = (story: Document) => {
    const ids = story.sentences.flat();
    return exact.read(ids, 'consecutive')!.logProbability(ids);
  };
  expect(exact.read(both, 'apart')!.logProbability(both)).toBeCloseTo(alone(one!) + alone(other!), 9);
  const options = { maxLength: 96, format: 'full' };
  const { examples, best } = made({ pairing: 'packed', pairingOptions: options }, 40);
  expect(examples.every(({ passage }) => passage.origin!.length > 1)).toBe(true);
  expect(best!.loss).toBeGreaterThan(0.1);
});

test('there is no best line where separators stand within a story, too', () => {
  const { best } = made({ pairing: 'packed', pairingOptions: { maxLength: 96, mode: 'reference' } }, 10);
  expect(best).toBeUndefined();
});
