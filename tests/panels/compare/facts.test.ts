import { expect, test } from 'vitest';
import { blueprints } from '../../../src/models/catalog.ts';
import { columnOf, columns, isResult } from '../../../src/panels/compare/columns.ts';
import { pretrained } from '../../../src/panels/compare/pretrained.ts';
import { results } from '../../../src/panels/compare/results.ts';
import { rowOf, rows } from '../../../src/panels/compare/rows.ts';
import { saidBy } from '../../../src/panels/compare/source.ts';
import { systems } from '../../../src/panels/compare/who.ts';

const facts = rows.flatMap(({ id, facts }) =>
  Object.entries(facts).flatMap(([column, fact]) => (fact ? [{ id, column, fact }] : [])),
);

test('the table holds every architecture of the site, and every size of it one row', () => {
  expect(systems.map(({ id }) => id).sort()).toEqual(Object.keys(blueprints).sort());
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  expect(rows.map(({ system }) => system.id)).toEqual(expect.arrayContaining(systems.map(({ id }) => id)));
});

test('every cell stands in a column and says who says so', () => {
  expect(facts.filter(({ column }) => columnOf(column) === undefined)).toEqual([]);
  expect(facts.filter(({ fact }) => fact.from.length === 0)).toEqual([]);
  for (const { fact } of facts)
    for (const origin of fact.from)
      expect(saidBy(origin).text).toMatch(/, (§|Tables? |App\. |abstract|the number)|published with/);
});

test('every row and system that is told of there is', () => {
  const known = (id: string) => rowOf(id) !== undefined || systems.some((one) => one.id === id);
  expect([...Object.keys(pretrained), ...Object.keys(results)].filter((id) => !known(id))).toEqual([]);
});

test('what a column sorts by is a number, and a result is of one model or of several', () => {
  for (const { id, column, fact } of facts) {
    const at = `${id} ${column}`;
    if (!isResult(column)) continue;
    expect(fact.number, at).toBeGreaterThan(50);
    expect(fact.number, at).toBeLessThan(100);
    expect(fact.marks?.filter((mark) => mark === 'single' || mark === 'ensemble').length, at).toBe(1);
  }
});

test('no column mixes what authors tune on with what they hand in: each names its one part', () => {
  for (const { id, title, split } of columns.filter((one) => one.group === 'results' && one.id !== 'headline')) {
    expect(isResult(id)).toBe(true);
    expect(title.includes('dev') ? 'dev' : 'test').toBe(split);
    expect(title.includes('dev') && title.includes('test')).toBe(false);
  }
});

test('tokens seen are the product of steps, rows and their length', () => {
  const seen = Object.fromEntries(
    rows.flatMap(({ id, facts: { tokens, steps, rows: batch } }) =>
      tokens ? [[id, [tokens.number, steps!.number! * batch!.number!]]] : [],
    ),
  );
  for (const [id, [told, product]] of Object.entries(seen)) expect(told, id).toBe(product);
  expect(rowOf('bert.base')!.facts.tokens!.text).toBe('≤ 131B');
  expect(rowOf('roberta.large')!.facts.tokens!.text).toBe('≤ 2.1T');
  expect(rowOf('albert.xxlarge')!.facts.tokens!.text).toBe('≤ 3.1T');
  expect(rowOf('electra.small')!.facts.tokens!.text).toBe('≤ 16B');
});

test('where a popular account differs both stand there', () => {
  const told = facts.filter(({ fact }) => fact.told !== undefined);
  expect(new Set(told.map(({ id }) => id.split('.')[0])).size).toBe(12);
  expect(rowOf('bert.base')!.facts.text).toMatchObject({
    text: 'books 800M, Wikipedia 2,500M words',
    told: '3.3 billion tokens. The paper counts words.',
  });
});

test('what was read in another work is marked so: all of MobileBERT’s tables', () => {
  const unmarked = facts.filter(
    ({ id, fact }) =>
      id.startsWith('mobilebert') &&
      fact.from.some(([paper, where]) => paper === 'mobilebert' && where.startsWith('Table')) &&
      !fact.marks?.includes('second-hand'),
  );
  expect(unmarked.map(({ id, column }) => `${id} ${column}`)).toEqual([]);
});
