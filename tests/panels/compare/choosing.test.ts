import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressOf, sizeChoices, stateOf } from '../../../src/panels/compare/address.ts';
import { areEqual, equalities, shownColumns, shownRows, sortRows } from '../../../src/panels/compare/choosing.ts';
import { columns, groups } from '../../../src/panels/compare/columns.ts';
import { placedState, unknownIn } from '../../../src/panels/compare/placed.ts';
import { rowOf, rows } from '../../../src/panels/compare/rows.ts';
import { toCsv } from '../../../src/panels/compare/source.ts';
import { type CompareState, usualState } from '../../../src/panels/compare/state.ts';
import { objectiveNames } from '../../../src/panels/compare/who.ts';

const read = (query: string) => {
  const problems: string[] = [];
  return { state: stateOf(new URLSearchParams(query), problems), problems };
};
const queryOf = (state: CompareState) => addressOf(state).split('?')[1] ?? '';
const idsOf = (state: Partial<CompareState>) => shownRows({ ...usualState, ...state }).map(({ id }) => id);

const ids = rows.map(({ id }) => id);
const some = (of: readonly string[], most: number) => fc.uniqueArray(fc.constantFrom(...of), { maxLength: most });
const states = fc.record({
  show: fc.constantFrom(...(Object.keys(groups) as CompareState['show'][])),
  size: fc.constantFrom(...Object.keys(sizeChoices)),
  at: some(ids, 4),
  objective: fc.constantFrom('', ...(Object.keys(objectiveNames) as CompareState['objective'][])),
  sort: fc.constantFrom(...columns.map(({ id }) => id)),
  isDown: fc.boolean(),
  held: fc.constantFrom(...ids),
  equal: some(Object.keys(equalities), 3),
  picked: some(ids, 2),
  cell: fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...columns)).map(([row, { id }]) => `${row}/${id}`),
});

test('a plus that was typed into an address as it is means the same as one that the page wrote', () => {
  const state = { ...usualState, picked: ['bert.base', 'roberta.base'] };
  expect(queryOf(state)).toContain('%2B');
  expect(read(queryOf(state).replace('%2B', '+'))).toEqual({ state, problems: [] });
});

test('an address says the whole of a state', () => {
  fc.assert(
    fc.property(states, (state) => {
      expect(read(queryOf(state))).toEqual({ state, problems: [] });
    }),
  );
  expect(addressOf(usualState)).toBe('#/compare');
});

test('an address that cannot be meant says what is left out, and the rest holds', () => {
  const { state, problems } = read('show=results&size=huge&held=gpt.base&pick=bert.base%2Bgpt&cell=bert.base/nothing');
  expect(state).toEqual({ ...usualState, show: 'results', picked: ['bert.base'] });
  expect(problems).toHaveLength(4);
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('show', 'size', 'at', 'sort', 'held', 'equal', 'pick', 'cell'), fc.string()),
      (said) => {
        const { state: meant } = read(new URLSearchParams(said).toString());
        expect(read(queryOf(meant)).problems).toEqual([]);
      },
    ),
  );
});

test('one of each system is shown, at another size where a reader chose one', () => {
  expect(idsOf({})).toHaveLength(12);
  expect(idsOf({}).slice(0, 3)).toEqual(['bert.base', 'transfo-xl.base', 'xlnet.base']);
  expect(idsOf({ at: ['bert.large', 'albert.xxlarge'] })).toEqual(
    expect.arrayContaining(['bert.large', 'albert.xxlarge', 'roberta.base']),
  );
  expect(idsOf({ size: 'larger' })).toEqual(['albert.xlarge', 'albert.xxlarge', 'deberta.1b5']);
});

test('systems are found by what they are asked', () => {
  expect(idsOf({ objective: 'rtd' })).toEqual(['electra.base', 'convbert.base']);
  expect(idsOf({ objective: 'taught' })).toEqual(['distilbert.base', 'mobilebert.base']);
});

test('"what is equal?" leaves the rows that say the same as the one they are held against', () => {
  const sameText = idsOf({ size: 'every', held: 'bert.large', equal: ['text'] });
  expect(sameText).toContain('electra.base');
  expect(sameText).not.toContain('electra.large');
  expect(sameText).not.toContain('albert.xxlarge');
  expect(idsOf({ size: 'every', held: 'xlnet.large', equal: ['text'] })).toEqual([
    'xlnet.base',
    'xlnet.large',
    'electra.large',
  ]);
  expect(idsOf({ size: 'every', held: 'bert.large', equal: ['text', 'rows', 'shape'] })).toEqual(['bert.large']);
  expect(areEqual(undefined, undefined)).toBe(false);
});

test('rows are sorted by one column: single models, then several together, then what is not given', () => {
  const every = shownRows({ ...usualState, size: 'every' });
  const marks = sortRows(every, 'glueTest', true).map(({ facts: { glueTest } }) =>
    glueTest ? (glueTest.marks!.includes('ensemble') ? 'ensemble' : 'single') : 'none',
  );
  expect(marks.filter((mark, i) => mark !== marks[i - 1])).toEqual(['single', 'ensemble', 'none']);
  const numbers = (id: string, isDown: boolean) =>
    sortRows(every, id, isDown).flatMap(({ facts }) => facts[id]?.number ?? []);
  for (const { id } of columns.filter(({ isNumber, group }) => isNumber && group !== 'results')) {
    expect(numbers(id, false)).toEqual(numbers(id, false).toSorted((a, b) => a - b));
    expect(numbers(id, true)).toEqual(numbers(id, true).toSorted((a, b) => b - a));
  }
  expect(
    sortRows(every, 'glueDev', true)
      .slice(0, 4)
      .map(({ id }) => id),
  ).toEqual(['deberta.large', 'electra.large', 'xlnet.large', 'roberta.large']);
});

test('a lesson chooses rows and columns, and what it names that there is not is told', () => {
  const state = placedState({ systems: ['bert.large'], columns: ['tokens', 'glueDev'], filter: { sort: '-tokens' } });
  expect(shownRows(state).map(({ id }) => id)).toEqual(['bert.large']);
  expect(shownColumns(state).map(({ id }) => id)).toEqual(['tokens', 'glueDev']);
  expect(state).toMatchObject({ sort: 'tokens', isDown: true });
  expect(unknownIn({ systems: ['bert.huge'], columns: ['glue'], highlight: ['bert.base/tokens', 'x/y'] })).toEqual([
    'bert.huge',
    'glue',
    'x/y',
  ]);
});

test('a file of commas has each value with its number, source and remarks, and quotes what has commas', () => {
  const [head, line] = toCsv([rowOf('bert.large')!], ['glueTest', 'hardware']).split('\r\n');
  expect(head).toBe(
    'System,GLUE test,GLUE test: number,GLUE test: source,GLUE test: remarks,' +
      '"Hardware, time","Hardware, time: number","Hardware, time: source","Hardware, time: remarks"',
  );
  expect(line).toContain('BERT large,80.5,80.5,"BERT (Devlin et al. 2019), abstract"');
  expect(line).toContain('"16 cloud TPUs (64 chips), 4 days",,"BERT (Devlin et al. 2019), App. A.2",');
});
