import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { loadPictures } from '../../../src/models/pictures.ts';
import { addressOf, answersIn, everyWay, follow } from '../../../src/panels/choose/choosing.ts';
import { lines } from '../../../src/panels/choose/lines.ts';
import { named } from '../../../src/panels/choose/named.ts';
import { questionOf, questions } from '../../../src/panels/choose/questions.ts';
import { rowOf, withCounts } from '../../../src/panels/compare/rows.ts';

beforeAll(loadPictures);

const read = (query: string) => {
  const problems: string[] = [];
  return { answers: answersIn(new URLSearchParams(query), problems), problems };
};

test('every way of answering ends in one line, and every line is reached by one way', () => {
  const ends = everyWay().map(([, line]) => line);
  expect(ends.toSorted()).toEqual(Object.keys(lines).toSorted());
});

test('questions come in their order, and each that is led to there is', () => {
  for (const [place, { options }] of questions.entries())
    for (const { id, line, leads } of options) {
      expect((line === undefined) !== (leads === undefined), id).toBe(true);
      if (leads !== undefined) expect(questions.indexOf(questionOf(leads)!), id).toBe(place + 1);
    }
});

test.each([
  ['from', 'BART, or T5'],
  ['reads.little', 'Pretrain ELECTRA small'],
  ['reads.yes.anywhere', 'BigBird, or Longformer'],
  ['reads.yes.short.phone', 'MobileBERT, or TinyBERT'],
  ['reads.yes.short.card.holes', 'BERT, RoBERTa or ALBERT'],
  ['reads.yes.short.card.labels.cpu', 'DistilBERT, or ELECTRA small'],
  ['reads.yes.short.card.labels.else.no.no', 'Any base model will do; begin with RoBERTa'],
])('%s leads to %s', (answers, take) => {
  expect(follow(answers.split('.')).line?.take).toBe(take);
});

test('an address holds the answers, and what is answered nowhere is left out and told', () => {
  fc.assert(
    fc.property(fc.constantFrom(...everyWay()), fc.nat(8), ([answers], length) => {
      const some = answers.slice(0, length);
      expect(read(addressOf(some).split('?')[1] ?? '')).toEqual({ answers: some, problems: [] });
    }),
  );
  expect(read('answers=reads.maybe.short')).toEqual({
    answers: ['reads'],
    problems: ['answers names "maybe", which answers nothing there. It is left out, and what came behind it.'],
  });
  fc.assert(fc.property(fc.string(), (text) => Array.isArray(read(`answers=${encodeURIComponent(text)}`).answers)));
});

test('each line has a reason, a doubt, who comes next, a lesson, and rows of Compare that there are', () => {
  const folders = readdirSync('lessons').map((folder) => folder.replace(/^\d+-/, ''));
  for (const { id, take, because, but, next, lessons, rows } of Object.values(lines)) {
    for (const words of [take, because, but, next]) expect(words.length, id).toBeGreaterThan(8);
    expect(
      rows.filter((row) => rowOf(row) === undefined),
      id,
    ).toEqual([]);
    expect(rows.length, id).toBe(2);
    expect(lessons.length, id).toBeGreaterThan(0);
    expect(
      lessons.filter(({ slug }) => !folders.includes(slug)),
      id,
    ).toEqual([]);
  }
});

test('models that are only named have one line each, and say where nothing was checked', () => {
  expect(named.map(({ name }) => name)).toEqual([
    'ERNIE',
    'SpanBERT',
    'UniLM',
    'TinyBERT',
    'Longformer',
    'DynaBERT',
    'T5',
    'Megatron-LM',
    'Reformer',
    'Performer',
  ]);
  expect(named.flatMap(({ name, isUnverified }) => (isUnverified ? [name] : []))).toEqual([
    'ERNIE',
    'UniLM',
    'DynaBERT',
    'Reformer',
    'Performer',
  ]);
  const known = named.map(({ name }) => name);
  const used = Object.values(lines).flatMap((line) => ('named' in line ? [...line.named] : []));
  expect(used.filter((name) => !known.includes(name))).toEqual([]);
});

test('what the lines say in numbers is what the table of systems has', () => {
  const of = (id: string, column: string) => withCounts(rowOf(id)!).facts[column]!.number!;
  const ratio = (column: string, one: string, other: string) => of(one, column) / of(other, column);
  expect(lines.muchCompute.but).toContain('seventeen times');
  expect(ratio('compute', 'roberta.large', 'bert.large')).toBeCloseTo(17, 0);
  expect(lines.server.because).toContain('three fifths of the time');
  expect(410 / 668).toBeCloseTo(3 / 5, 1);
  expect(lines.server.next).toContain('less arithmetic still');
  expect(ratio('adds512', 'mobilebert.base', 'distilbert.base')).toBeLessThan(1);
  expect(lines.download.but).toContain('as slow as BERT base');
  expect(ratio('adds512', 'albert.base', 'bert.base')).toBeCloseTo(1, 2);
  expect(lines.download.next).toContain('twice as many weights, a quarter of the arithmetic');
  expect(ratio('weights', 'mobilebert.base', 'albert.base')).toBeCloseTo(2, 0);
  expect(ratio('adds512', 'mobilebert.base', 'albert.base')).toBeCloseTo(1 / 4, 1);
  expect(lines.unlimited.because).toContain(of('deberta.1b5', 'superGlue').toFixed(1));
  expect(lines.unlimited.next).toContain('a fifth of the weights');
  expect(ratio('weights', 'electra.large', 'deberta.1b5')).toBeCloseTo(1 / 5, 1);
  const glue = ['electra.base', 'bert.base'].map((id) => of(id, 'glueDev'));
  expect(lines.card.because).toContain(`${glue[0]} for ELECTRA base, ${glue[1]} for BERT base`);
  expect(lines.nothing.next).toContain('three points of GLUE dev');
  expect(glue[0]! - glue[1]!).toBeCloseTo(3, 0);
});
