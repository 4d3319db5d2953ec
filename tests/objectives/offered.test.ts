import { describe, expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { noisings, pairings } from '../../src/objectives/catalog.ts';
import type { AnyOptions } from '../../src/objectives/facts.ts';
import { pack } from '../../src/objectives/make.ts';
import type { Field, Objective } from '../../src/objectives/objective.ts';
import { quirksOf } from '../../src/objectives/quirks.ts';
import { times } from '../support/statistics.ts';
import { document, stories } from '../support/stories.ts';
import { ids, toy } from '../support/toy-vocabulary.ts';

type AnyField = Field<AnyOptions>;

const row = pack(
  {
    a: ids('the cat sat on the mat . the dog ##s ran far . it was un ##seen . play ##ing on the rug .'),
    b: ids('new york is a big city . the sun rose .'),
  },
  toy,
);
const vocabulary = { ...toy, counts: toy.tokens.map((_, id) => id) };
const documents = [...stories, document('the cat sat .', 'the dog ran far .', 'it was hot .', 'it was un ##seen .')];

/** Values a field may have, ends included. */
function valuesOf(field: AnyField): readonly unknown[] {
  switch (field.kind) {
    case 'rate':
      return [field.min ?? 0, 0.3, 0.7, field.max ?? 1];
    case 'count':
      return [...new Set([field.min, field.min + 1, field.min + 2, field.max])];
    case 'number':
      return [field.min, (field.min + field.max) / 2];
    case 'choice':
      return field.choices.map(({ value }) => value);
    case 'flag':
      return [false, true];
  }
}

/** The defaults with every combination of what is chosen from a list. */
function settingsOf({ defaults, fields }: { readonly defaults: AnyOptions; readonly fields: readonly AnyField[] }) {
  return fields.reduce<readonly AnyOptions[]>(
    (all, field) =>
      field.kind === 'choice'
        ? all.flatMap((options) => field.choices.map(({ value }) => ({ ...options, [field.key]: value })))
        : all,
    [defaults],
  );
}

const wording = (options: AnyOptions, { defaults }: { readonly defaults: AnyOptions }) =>
  JSON.stringify(Object.fromEntries(Object.entries(options).filter(([key, value]) => defaults[key] !== value)));

type Anything = Objective<unknown, unknown, AnyOptions, unknown>;
const all: readonly (readonly [string, Anything, unknown])[] = [
  ...Object.entries(noisings).map(([id, one]) => [id, one as unknown as Anything, row] as const),
  ...Object.entries(pairings).map(([id, one]) => [id, one as unknown as Anything, documents] as const),
];

describe.each(all)('the options of %s', (id, objective, input) => {
  test('where there are two procedures, their differences are told', async () => {
    const hasTwo = objective.fields.some(({ key }) => key === 'mode');
    expect((await quirksOf(id)).length > 0).toBe(hasTwo);
  });

  const drawn = (options: AnyOptions) =>
    JSON.stringify(
      times(30, (seed) => {
        const draws = objective.draw(input, options, vocabulary, createRng(seed));
        return [draws, objective.apply(input, draws)];
      }),
    );

  test.each(settingsOf(objective).map((options) => [wording(options, objective), options] as const))(
    'with %s: what is offered changes something, what is not changes nothing',
    (_, options) => {
      const before = drawn(options);
      for (const field of objective.fields) {
        const others = valuesOf(field).filter((value) => value !== options[field.key]);
        const isOffered = field.when?.(options) ?? true;
        const changes = others.some((value) => {
          try {
            return drawn({ ...options, [field.key]: value }) !== before;
          } catch {
            // Not possible beside the others, which the reader is told.
            return true;
          }
        });
        expect([field.key, changes]).toEqual([field.key, isOffered]);
      }
    },
  );
});
