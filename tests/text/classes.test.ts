import { expect, test } from 'vitest';
import { corpora } from '../../src/text/catalog.ts';
import { countByClass } from '../../src/text/classes.ts';
import { createClassReader } from '../../src/text/corpora/lost-and-found/class-reader.ts';
import { allWords } from '../../src/text/corpora/lost-and-found/grammar.ts';
import { toDocuments } from '../../src/text/document.ts';
import { create, train } from '../../src/text/tokenizers/wordpiece.ts';
import { bertSpecials, createVocabulary } from '../../src/text/vocabulary.ts';
import { toIds, vocabulary } from '../support/lost-and-found.ts';

const read = createClassReader(vocabulary, allWords)!;
/** The words of a text that are no fixed wording, each with its class. */
const classesIn = (text: string) => {
  const classes = read(toIds(text));
  return text.split(' ').flatMap((word, i) => (classes?.[i] === 'frame' ? [] : [[word, classes?.[i]]]));
};

test('an animal is told by weather and food, each of them by it, and the rest of a day is fixed wording', () => {
  expect(classesIn('on friday , it was windy , so the raccoon looked for honey near the farm .')).toEqual([
    ['friday', 'other'],
    ['windy', 'weather'],
    ['raccoon', 'animal'],
    ['honey', 'food'],
    ['farm', 'other'],
  ]);
});

test('place and hero are copied where they are told twice, a weekday is told by the one beside it', () => {
  const days =
    'on friday , leo felt as snug as a bug at the farm . on saturday , leo went to the farm and saw a cow . one day , a letter came to the farm from hong kong .';
  expect(classesIn(days)).toEqual([
    ['friday', 'weekday'],
    ['leo', 'hero'],
    ['snug', 'other'],
    ['bug', 'simile'],
    ['farm', 'place'],
    ['saturday', 'weekday'],
    ['leo', 'hero'],
    ['farm', 'place'],
    ['cow', 'other'],
    ['farm', 'place'],
    ['hong', 'other'],
    ['kong', 'city'],
  ]);
});

test('a weekday beside an unnamed day, or beside the end of the story, is told by nothing', () => {
  const days =
    'on friday , she danced with the cow at the farm until dark . one day , he danced with the cow at the farm until dark . on sunday , he danced with the hen at the farm until dark . at last , max found the red kite and went home to cape town .';
  const weekdays = classesIn(days).filter(([word]) => /day$/.test(word!));
  expect(weekdays).toEqual([
    ['friday', 'other'],
    ['sunday', 'other'],
  ]);
});

test('colour, object and city of an ending are told by the opening of its story, where that is there', () => {
  const opening = 'once upon a time , max lived in cape town and lost a red kite .';
  const ending = 'at last , max found the red kite and went home to cape town .';
  const toldIn = (text: string) => classesIn(text).flatMap(([word, of]) => (of === 'lost' ? [word] : []));
  expect(toldIn(`${opening} ${ending}`)).toEqual(['red', 'kite', 'cape']);
  expect(toldIn(`${opening} ${ending} ${ending}`)).toEqual(['red', 'kite', 'cape']);
  expect(toldIn(`lost a red kite . ${ending}`)).toEqual(['red', 'kite']);
  expect(toldIn(ending)).toEqual([]);
});

test('a place in the other segment can be copied, but the weekday there may be of another story', () => {
  const a = toIds('on friday , leo went to the farm and saw a cow .');
  const b = toIds('on saturday , mira went to the farm and saw a hen .');
  const packed = read([2, ...a, 3, ...b, 3])!;
  const told = ['frame', 'other', 'frame', 'other', 'frame', 'frame', 'frame', 'place', 'frame', 'frame', 'frame'];
  const day = [...told, 'other', 'frame'];
  expect(packed).toEqual([undefined, ...day, undefined, ...day, undefined]);
});

test('of a sentence that is cut off, a word has a class only as far as what tells it is there', () => {
  expect(classesIn('kong . on friday , a letter came to the farm from hong')).toEqual([
    ['kong', 'other'],
    ['friday', 'other'],
    ['farm', 'other'],
    ['hong', 'other'],
  ]);
  expect(classesIn('raccoon looked for honey near the farm .')).toEqual([
    ['raccoon', 'other'],
    ['honey', 'food'],
    ['farm', 'other'],
  ]);
});

test('what is no text of the grammar has no classes, nor has a vocabulary that splits its words', () => {
  expect(read(toIds('the farm saw a cow on .'))).toBe(undefined);
  expect(read([2, 3])).toBe(undefined);
  const some = [...bertSpecials, ...allWords.slice(1)];
  const split = createVocabulary(
    some,
    some.map(() => 1),
    [],
  );
  expect(createClassReader(split, allWords)).toBe(undefined);
});

test.each(Object.values(corpora).filter(({ classes }) => classes))(
  'in $title every word has a class that has a title, and every title is of some word',
  async ({ text, vocabularySize, functionWords, classes }) => {
    const stories = await text();
    const tokenizer = create(await train(stories, vocabularySize), await functionWords!());
    const reader = (await classes!.reader(tokenizer.vocabulary))!;
    const documents = (await toDocuments(stories, tokenizer)).slice(0, 200);
    const all = documents.flatMap(({ sentences }) => reader(sentences.flat()) ?? [undefined]);
    expect([...new Set(all)].sort()).toEqual(Object.keys(classes!.titles).sort());
  },
);

test('answers are counted by the class of their place, those without one nowhere', () => {
  const answers = [
    ['city', 1],
    ['city', 0.25],
    [undefined, 1],
    ['place', 0],
  ] as const;
  expect(countByClass(answers)).toEqual({ city: { right: 1.25, asked: 2 }, place: { right: 0, asked: 1 } });
});
