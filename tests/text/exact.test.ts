import { expect, test } from 'vitest';
import { createExact } from '../../src/text/corpora/lost-and-found/exact.ts';
import { allWords, frames, isSlot, weekdays } from '../../src/text/corpora/lost-and-found/grammar.ts';
import { fillers } from '../../src/text/corpora/lost-and-found/layout.ts';
import { bertSpecials, createVocabulary } from '../../src/text/vocabulary.ts';
import golden from '../fixtures/lost-and-found.json' with { type: 'json' };
import { exact, idOf, toIds, toSightings, upTo } from '../support/lost-and-found.ts';

const entropyBits = (posterior: Float64Array | undefined): number =>
  [...posterior!].reduce((bits, p) => (p > 0 ? bits - p * Math.log2(p) : bits), 0);
/** The posterior of the one token that `text` asks for by `?`. */
function asked(original: string, text: string): Float64Array | undefined {
  const position = text.split(' ').indexOf('?');
  return exact.read(toIds(original))!.posteriors(toSightings(text.replace('?', '_')), [position])[0];
}

test.each(golden.windows)('the probabilities of window $seed are those of the reference', (window) => {
  const [a, b] = window.sentences.map(toIds);
  const ids = [...a!, ...b!];
  const scene = exact.read(ids)!;
  expect(scene.logProbability(ids)).toBeCloseTo(window.logProbNats, 9);
  const alone = scene.posteriors(ids, upTo(ids.length)).map((posterior, i) => posterior![ids[i]!]);
  expect(alone).toEqual(window.maskPosterior.map((p) => expect.closeTo(p, 10)));
  const packed = [2, ...a!, 3, ...b!, 3, 0, 0];
  expect(exact.read(packed, 'nsp')!.hypotheses(packed)![0]).toBeCloseTo(window.pIsNext, 10);
  expect(exact.read(packed, 'sop')!.hypotheses(packed)![0]).toBeCloseTo(window.pInOrder, 10);
});

test('a hidden weekday after a named one is the following one in 0.9 + 0.1/7', () => {
  const days = 'on friday , leo went to the farm and saw a cow . on saturday , leo went to the farm and saw a hen .';
  expect(asked(days, days.replace('saturday', '?'))![idOf('saturday')]).toBeCloseTo(0.9 + 0.1 / 7, 12);
});

test('an animal needs its weather on the left and its food on the right', () => {
  const day = 'on friday , it was windy , so the raccoon looked for honey near the farm .';
  expect(entropyBits(asked(day, day.replace('raccoon', '?')))).toBeCloseTo(0.815, 3);
  expect(entropyBits(asked(day, day.replace('raccoon', '?').replace('windy', '_')))).toBeCloseTo(2.503, 3);
  expect(entropyBits(asked(day, day.replace('raccoon', '?').replace('honey', '_')))).toBeCloseTo(2.503, 3);
});

test('two words of a city are 3 bits together, and 3 bits each when asked apart', () => {
  const day = 'on friday , a letter came to the farm from hong kong .';
  const hidden = day.replace('hong kong', '? _');
  expect(entropyBits(asked(day, hidden))).toBeCloseTo(3, 12);
  expect(asked(day, day.replace('kong', '?'))![idOf('kong')]).toBeCloseTo(1, 12);
});

test('the ending repeats what the opening said, and is open without it', () => {
  const told =
    'once upon a time , leo lived in hong kong and lost a red kite . at last , leo found the red kite and went home to hong kong .';
  expect(asked(told, told.replace('to hong', 'to ?'))![idOf('hong')]).toBeCloseTo(1, 12);
  const ending = 'at last , leo found the red kite and went home to hong kong .';
  expect(entropyBits(asked(ending, ending.replace('red', '?')))).toBeCloseTo(Math.log2(6), 12);
  expect(entropyBits(asked(ending, ending.replace('leo', '?')))).toBeCloseTo(Math.log2(12), 12);
});

test('two sentences of which only the place is seen follow each other in 8 of 9, and their order is open', () => {
  const ids = toIds('on friday , leo went to the farm and saw a cow .');
  const seen = toSightings('_ _ _ _ _ _ _ farm _ _ _ _ _');
  const packed = [2, ...ids, 3, ...ids, 3];
  const sightings = [2, ...seen, 3, ...seen, 3];
  expect(exact.read(packed, 'nsp')!.hypotheses(sightings)![0]).toBeCloseTo(8 / 9, 12);
  expect(exact.read(packed, 'sop')!.hypotheses(sightings)![0]).toBeCloseTo(0.5, 12);
});

test('an opening follows nothing, and an ending is followed by nothing', () => {
  const opening = toIds('once upon a time , leo lived in hong kong and lost a red kite .');
  const day = toIds('on friday , leo went to the farm and saw a cow .');
  const ask = (a: number[], b: number[], relation: 'nsp' | 'sop') => {
    const packed = [2, ...a, 3, ...b, 3];
    return exact.read(packed, relation)!.hypotheses(packed);
  };
  expect(ask(day, opening, 'nsp')).toEqual([0, 1]);
  expect(ask(day, opening, 'sop')).toEqual([0, 1]);
  expect(ask(opening, day, 'sop')).toEqual([1, 0]);
  expect(ask(opening, day, 'nsp')![0]).toBeCloseTo(12 / 13, 12);
});

test('the 192 posteriors add up to one, whatever is hidden', () => {
  const text = golden.windows[2]!.sentences.join(' ');
  const ids = toIds(text);
  const hidden = ids.map((id, i) => (i % 3 === 0 ? id : null));
  const sums = exact
    .read(ids)!
    .posteriors(hidden, upTo(ids.length))
    .map((p) => p!.reduce((a, b) => a + b, 0));
  expect(sums).toEqual(sums.map(() => expect.closeTo(1, 12)));
});

test('predicting token by token gives the probability of the whole', () => {
  const text = [
    'once upon a time , max lived in new york and lost a red trumpet .',
    ...golden.windows[1]!.sentences,
    'at last , max found the red trumpet and went home to new york .',
  ].join(' ');
  const ids = toIds(text.replaceAll('leo', 'max'));
  const nats = exact.nextTokens(ids)!.map((posterior, i) => Math.log(posterior![ids[i]!]!));
  expect(nats.reduce((a, b) => a + b, 0)).toBeCloseTo(exact.read(ids)!.logProbability(ids), 9);
});

test('the next token is asked at words only, and how long the sentence gets is open', () => {
  const packed = [2, ...toIds('on friday , leo went to the farm'), 3];
  const next = exact.nextTokens(packed)!;
  expect(next.map((posterior) => posterior === undefined)).toEqual([true, ...Array(8).fill(false), true]);
  expect(next[4]![idOf('it')]).toBeCloseTo(0.25, 12);
  expect(next[4]![idOf('a')]).toBeCloseTo(0.15, 12);
  expect(next[4]![idOf('leo')]).toBeCloseTo(0.4 / 12, 12);
});

test('a run may begin and end within a sentence', () => {
  const cut = toIds('to the farm and saw a cow . on friday , leo felt as');
  expect(
    exact.read(cut)!.posteriors(
      cut.with(2, -1).map((id) => (id < 0 ? null : id)),
      [2],
    )[0]![idOf('farm')],
  ).toBe(1);
  const within = toIds('danced with the cow at the');
  expect(exact.nextTokens([...within, idOf('farm')])!.at(-1)![idOf('farm')]).toBeCloseTo(1, 12);
});

test('what the grammar cannot say is told', () => {
  expect(exact.read(toIds('on friday , leo danced .'))).toBe(undefined);
  expect(exact.read([])).toBe(undefined);
  const day = toIds('on friday , leo went to the farm and saw a cow .');
  const scene = exact.read(day)!;
  const impossible = toIds('on friday , leo went to the farm and saw a king .');
  expect(scene.logProbability(impossible)).toBe(Number.NEGATIVE_INFINITY);
  expect(scene.posteriors(impossible, [3])).toEqual([undefined]);
  expect(scene.hypotheses(impossible)).toBe(undefined);
});

test('another order of the vocabulary gives the same numbers; one that splits a word gives none', () => {
  const tokens = [...bertSpecials, ...allWords.toReversed()];
  const other = createVocabulary(
    tokens,
    tokens.map(() => 1),
  );
  const ids = golden.windows[0]!.sentences.flatMap((sentence) => sentence.split(' ').map((word) => other.idOf(word)!));
  expect(createExact(other)!.read(ids)!.logProbability(ids)).toBeCloseTo(golden.windows[0]!.logProbNats, 9);
  const fewer = tokens.filter((token) => token !== 'tortoise');
  expect(
    createExact(
      createVocabulary(
        fewer,
        fewer.map(() => 1),
      ),
    ),
  ).toBe(undefined);
});

test('the probabilities of all 152,576 one-sentence texts add up to one', () => {
  const datePhrases = [...weekdays.map((day) => `on ${day}`), 'one day'].map(toIds);
  let texts = 0;
  let total = 0;
  for (const { template } of frames) {
    const choices = template.map((word) => (isSlot(word) ? fillers[word] : [word]).map(idOf));
    const scene = exact.read([...datePhrases[0]!, ...choices.map(([first]) => first!)])!;
    const count = choices.reduce((product, list) => product * list.length, 1);
    for (let n = 0; n < count; n++) {
      let rest = n;
      const words = choices.map((list) => {
        const word = list[rest % list.length]!;
        rest = Math.floor(rest / list.length);
        return word;
      });
      for (const phrase of datePhrases) {
        texts++;
        total += Math.exp(scene.logProbability([...phrase, ...words]));
      }
    }
  }
  expect(texts).toBe(152_576);
  expect(total).toBeCloseTo(1, 10);
});
