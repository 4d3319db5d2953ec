import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { collate } from '../../src/objectives/batch.ts';
import { type AnyNoising, type AnyPairing, noisings, pairings } from '../../src/objectives/catalog.ts';
import type { AnyOptions } from '../../src/objectives/facts.ts';
import { pack } from '../../src/objectives/make.ts';
import { type Example, IGNORE, type Sequence } from '../../src/objectives/objective.ts';
import { checkOptions } from '../../src/objectives/options.ts';
import type { Document } from '../../src/text/document.ts';
import { ids, toy, vocabularyOf } from '../support/toy-vocabulary.ts';

const seeds = Array.from({ length: 60 }, (_, i) => i);

const documents: readonly Document[] = [
  ['the cat sat .', 'it was big .', 'the cat ran .', 'it ran far .', 'the dog ##s sat on the rug .'],
  ['the sun rose .', 'it was hot .', 'the city was red .', 'the dog was play ##ing .'],
  ['new york is big .', 'a dog sat on the rug .', 'it was un ##seen .'],
].map((sentences) => ({ sentences: sentences.map((sentence) => ids(sentence)) }));

const sequences: readonly Sequence[] = [
  pack({ a: ids('the cat sat on the mat . the dog ran far . it was un ##seen .') }, toy),
  pack(
    { a: ids('the cat play ##ing on the rug . it was'), b: ids('##s ran . the sun rose . it was hot .'), pairLabel: 0 },
    toy,
  ),
  pack({ a: ids('the dog ##s ran .') }, toy),
];

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

const named = (options: AnyOptions, { defaults }: AnyNoising | AnyPairing) =>
  JSON.stringify(Object.fromEntries(Object.entries(options).filter(([key, value]) => defaults[key] !== value)));

/** The decisions of a tape in words, with their chances left out: those change with what was decided before. */
const said = (decisions: readonly { readonly question: string; readonly answer: string }[]) =>
  decisions.map(({ question, answer }) => `${question} ${answer}`);

function everywhere(
  check: (example: Example, input: Sequence, options: AnyOptions, draws: unknown) => void,
  of: AnyNoising,
) {
  for (const options of variants(of)) {
    for (const input of sequences) {
      for (const seed of seeds.slice(0, 6)) {
        const draws = of.draw(input, options, toy, createRng(seed));
        check(of.apply(input, draws), input, options, draws);
      }
    }
  }
}

test('the catalog finds every objective by its folder', () => {
  const root = fileURLToPath(new URL('../../src/objectives/', import.meta.url));
  const folders = readdirSync(root).filter((name) => existsSync(`${root}${name}/index.ts`));
  expect([...Object.keys(pairings), ...Object.keys(noisings)].sort()).toEqual(folders.sort());
  expect(pairings).toMatchObject({ contiguous: {}, nsp: {}, sop: {} });
  expect(noisings).toMatchObject({ causal: {}, denoise: {}, mlm: {}, plm: {}, rtd: {} });
});

describe.each(Object.values({ ...pairings, ...noisings }))('$id', (objective) => {
  test('has a name, a summary, a field for every option and defaults that are allowed', () => {
    expect(objective.name).not.toBe('');
    expect(objective.summary.endsWith('.')).toBe(true);
    expect(objective.fields.map(({ key }) => key).sort()).toEqual(Object.keys(objective.defaults).sort());
    expect(() => checkOptions(objective.fields, objective.defaults)).not.toThrow();
  });
});

const cases = [
  ...Object.values(noisings).flatMap((of) =>
    variants(of).map((options) => ({
      of: of as AnyNoising | AnyPairing,
      options,
      inputs: sequences as readonly unknown[],
    })),
  ),
  ...Object.values(pairings).flatMap((of) =>
    variants(of).map((options) => ({
      of: of as AnyNoising | AnyPairing,
      options,
      inputs: [documents] as readonly unknown[],
    })),
  ),
].map((one) => ({ ...one, name: `${one.of.id} ${named(one.options, one.of)}` }));

describe.each(cases)('$name', ({ of, options, inputs }) => {
  const objective = of as unknown as {
    draw(input: unknown, options: AnyOptions, vocabulary: typeof toy, rng: ReturnType<typeof createRng>): unknown;
    apply(input: unknown, draws: unknown): object;
    explain(input: unknown, draws: unknown): readonly { readonly position: number }[];
    decisions: AnyNoising['decisions'];
    upTo(draws: unknown, count: number): unknown;
    redraw(
      i: unknown,
      draws: unknown,
      at: number,
      o: AnyOptions,
      v: typeof toy,
      rng: ReturnType<typeof createRng>,
    ): unknown;
  };
  const each = (check: (input: unknown, draws: unknown, seed: number) => void) => {
    for (const input of inputs) {
      for (const seed of seeds.slice(0, 3)) check(input, objective.draw(input, options, toy, createRng(seed)), seed);
    }
  };

  test('one seed gives the same draws, and applying them twice the same result', () => {
    each((input, draws, seed) => {
      expect(objective.draw(input, options, toy, createRng(seed))).toEqual(draws);
      expect(objective.apply(input, draws)).toEqual(objective.apply(input, draws));
    });
  });

  test('draws and results survive JSON', () => {
    each((input, draws) => {
      expect(JSON.parse(JSON.stringify(draws))).toEqual(draws);
      const result = objective.apply(input, JSON.parse(JSON.stringify(draws)));
      expect(JSON.parse(JSON.stringify(result))).toEqual(objective.apply(input, draws));
    });
  });

  test('the tape up to its end is the tape, and every part of it can be applied, explained and continued', () => {
    each((input, draws) => {
      const all = objective.decisions(input as Sequence, draws, toy);
      expect(objective.upTo(draws, all.length)).toEqual(draws);
      for (let count = 0; count <= all.length; count++) {
        const part = objective.upTo(draws, count);
        expect(objective.decisions(input as Sequence, part, toy)).toEqual(all.slice(0, count));
        objective.apply(input, part);
        objective.explain(input, part);
      }
    });
  });

  test('chances are probabilities, and answers are words', () => {
    each((input, draws) => {
      const odd = objective
        .decisions(input as Sequence, draws, toy)
        .filter(
          ({ question, answer, chance = 1 }) =>
            !question.endsWith('?') || /undefined|NaN|^$/.test(answer) || !(chance > 0 && chance <= 1 + 1e-9),
        );
      expect(odd).toEqual([]);
    });
  });

  test('a decision drawn anew leaves those before it as they are and gives draws that can be applied', () => {
    each((input, draws, seed) => {
      const all = objective.decisions(input as Sequence, draws, toy);
      all.slice(0, 12).forEach((_, at) => {
        const other = objective.redraw(input, draws, at, options, toy, createRng(`again ${seed} ${at}`));
        objective.apply(input, other);
        expect(said(objective.decisions(input as Sequence, other, toy)).slice(0, at)).toEqual(said(all).slice(0, at));
      });
    });
  });
});

describe.each(Object.values(noisings))('$id', (noising) => {
  test('labels are as long as what they label and name the original', () => {
    everywhere(({ labels, inputIds, decoderInputIds, shift = 0 }, { ids: original }) => {
      expect(labels.length).toBe((decoderInputIds ?? inputIds).length);
      expect(labels.every((label, i) => label === IGNORE || label === original[i + shift])).toBe(true);
    }, noising);
  });

  test('what the model sees has a segment a token', () => {
    everywhere(({ inputIds, segments }) => {
      expect(segments.length).toBe(inputIds.length);
      expect(inputIds.every((id) => Number.isInteger(id) && id >= 0 && id < toy.size)).toBe(true);
    }, noising);
  });

  test('special tokens are never asked for, but in a text that is written from its start to its end', () => {
    everywhere(({ labels, decoderInputIds }, _, options) => {
      if (options.mode === 'reference' || decoderInputIds) return;
      expect(labels.some((label) => label !== IGNORE && toy.isSpecial(label))).toBe(false);
    }, noising);
  });

  test('no more places are asked for than there are slots, and a batch takes them in', () => {
    everywhere((example, _, options) => {
      const length = 40;
      const slots = noising.slots(options, length);
      expect(example.labels.filter((label) => label !== IGNORE).length).toBeLessThanOrEqual(slots);
      const arrays = collate([example, example], { length, slots, padId: toy.padId });
      expect(arrays.ids.length).toBe(80);
    }, noising);
  });

  test('every note points at a place that exists', () => {
    everywhere((_, input, __, draws) => {
      for (const { position } of noising.explain(input, draws)) {
        expect(Number.isInteger(position) && position >= 0 && position < input.ids.length).toBe(true);
      }
    }, noising);
  });

  test('every note is of a kind that is announced, where kinds are, and so is the legend of its chips', () => {
    const { kinds } = noising;
    if (!kinds) return;
    const met = new Set<string>(['asked']);
    everywhere((_, input, __, draws) => {
      for (const { kind } of noising.explain(input, draws)) met.add(kind);
    }, noising);
    expect([...met].sort()).toEqual([...kinds].sort());
  });

  test('a sequence of special tokens alone is left in peace', () => {
    const empty = pack({ a: [] }, toy);
    const example = noising.apply(empty, noising.draw(empty, noising.defaults, toy, createRng(1)));
    expect(example.inputIds).toEqual([toy.classifyId, toy.separateId]);
  });
});

describe.each(Object.values(noisings).filter(({ id }) => id !== 'causal'))('$id', (noising) => {
  test('a vocabulary without the special tokens it needs is refused', () => {
    const bare = vocabularyOf(['[PAD]', '[UNK]', 'the', 'cat']);
    const input = { ids: [2, 3], segments: [0, 0] };
    expect(() => noising.draw(input, noising.defaults, bare, createRng(1))).toThrow(/The vocabulary has no/);
  });
});
