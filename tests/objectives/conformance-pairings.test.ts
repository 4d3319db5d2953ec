import { describe, expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { type AnyNoising, type AnyPairing, pairings } from '../../src/objectives/catalog.ts';
import type { AnyOptions } from '../../src/objectives/facts.ts';
import { pack } from '../../src/objectives/make.ts';
import type { Document } from '../../src/text/document.ts';
import { ids, toy } from '../support/toy-vocabulary.ts';

const seeds = Array.from({ length: 60 }, (_, i) => i);

const documents: readonly Document[] = [
  ['the cat sat .', 'it was big .', 'the cat ran .', 'it ran far .', 'the dog ##s sat on the rug .'],
  ['the sun rose .', 'it was hot .', 'the city was red .', 'the dog was play ##ing .'],
  ['new york is big .', 'a dog sat on the rug .', 'it was un ##seen .'],
].map((sentences) => ({ sentences: sentences.map((sentence) => ids(sentence)) }));

/** The defaults, then every single choice, flag and a few values of each other field. */
function variants(objective: AnyNoising | AnyPairing): readonly AnyOptions[] {
  const { defaults } = objective;
  const changed = objective.fields.flatMap((field): AnyOptions[] => {
    const to = (values: readonly unknown[]) => values.map((value) => ({ ...defaults, [field.key]: value }));
    if (field.kind === 'choice') return to(field.choices.map(({ value }) => value));
    if (field.kind === 'flag') return to([true, false]);
    if (field.key === 'maxLength') return to([16, 40]);
    if (field.kind === 'count') return to([field.min, Math.min(field.max, field.min + 2)]);
    if (field.key === 'maskShare') return to([0, 0.9]);
    if (field.kind === 'rate' && field.key !== 'randomShare') return to([0, 0.5, 1]);
    return [];
  });
  return [defaults, ...changed];
}

describe.each(Object.values(pairings))('$id', (pairing) => {
  test('a passage packs into the length, and every note points at one of its runs', () => {
    for (const options of variants(pairing)) {
      for (const seed of seeds) {
        const draws = pairing.draw(
          documents,
          { ...options, maxLength: Number(options.maxLength) },
          toy,
          createRng(seed),
        );
        const passage = pairing.apply(documents, draws);
        expect(pack(passage, toy).ids.length).toBeLessThanOrEqual(options.maxLength as number);
        expect(passage.a.length).toBeGreaterThan(0);
        const runs = passage.b ? 2 : 1;
        expect(pairing.explain(documents, draws).every(({ position }) => position >= 0 && position < runs)).toBe(true);
      }
    }
  });

  test('origins say where every run comes from', () => {
    const defaults = { ...pairing.defaults, maxLength: 24 };
    for (const seed of seeds) {
      const passage = pairing.apply(documents, pairing.draw(documents, defaults, toy, createRng(seed)));
      const runs = passage.b ? [passage.a, passage.b] : [passage.a];
      const texts = passage.origin!.map(({ document, first, last, skip }) =>
        documents[document]!.sentences.slice(first, last + 1)
          .flat()
          .slice(skip),
      );
      const read = passage.b ? texts : [texts.flat()];
      expect(read.map((text, k) => text.slice(0, runs[k]!.length))).toEqual(runs);
    }
  });
});
