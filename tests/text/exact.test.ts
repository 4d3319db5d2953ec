import { expect, test } from 'vitest';
import { createExact } from '../../src/text/corpora/lost-and-found/exact.ts';
import { allWords, functionWords } from '../../src/text/corpora/lost-and-found/grammar.ts';
import { bertSpecials, createVocabulary } from '../../src/text/vocabulary.ts';
import golden from '../fixtures/lost-and-found.json' with { type: 'json' };

const tokens = [...bertSpecials, ...allWords];
const vocabulary = createVocabulary(
  tokens,
  tokens.map(() => 1),
  functionWords,
);
const exact = createExact(vocabulary)!;
const toIds = (text: string): number[] => text.split(' ').map((word) => vocabulary.idOf(word)!);

test.each(golden.windows)(
  'the reference probabilities of window $seed',
  ({ sentences, logProbNats, maskPosterior, pIsNext, pInOrder }) => {
    const [a, b] = sentences.map(toIds);
    const ids = [...a!, ...b!];
    const scene = exact.read(ids)!;
    expect(scene.logProbability(ids)).toBeCloseTo(logProbNats, 9);
    const posteriors = scene.posteriors(
      ids,
      ids.map((_, i) => i),
    );
    expect(posteriors.map((posterior, i) => posterior![ids[i]!])).toEqual(
      maskPosterior.map((p) => expect.closeTo(p, 10)),
    );
    const packed = [2, ...a!, 3, ...b!, 3];
    expect(exact.read(packed, 'nsp')!.hypotheses(packed)![0]).toBeCloseTo(pIsNext, 10);
    expect(exact.read(packed, 'sop')!.hypotheses(packed)![0]).toBeCloseTo(pInOrder, 10);
  },
);
