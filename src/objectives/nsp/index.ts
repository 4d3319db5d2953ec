import type { Rng } from '../../core/rng.ts';
import type { Document } from '../../text/document.ts';
import { roomFor } from '../frame.ts';
import type { Pairing } from '../objective.ts';
import { type Chunk, drawChunk, reach, tokensIn } from '../pairs/chunk.ts';
import { drawInstance } from '../pairs/instances.ts';
import { type PairOptions, requirePairs, requireText, requireTwoDocuments } from '../pairs/options.ts';
import { applyPair, decidePair, explainPair, type PairDraws, type PairStep } from '../pairs/steps.ts';
import { trim } from '../pairs/trim.ts';
import { filledIn } from '../places.ts';
import { createTape, type Recorder, type Tape, taped } from '../tape.ts';
import { facts } from './facts.ts';

const record: Recorder<readonly Document[], PairOptions, PairStep> = (documents, options, _, rng, held) => {
  if (options.mode === 'reference') {
    requireText(documents, 'Next sentence prediction');
    return drawInstance(documents, { ...options, other: 'random' }, rng, held);
  }
  requireTwoDocuments(documents, 'Next sentence prediction');
  requirePairs(documents, 'Next sentence prediction');
  const tape = createTape(held);
  const chunk = drawChunk(tape, documents, options, rng);
  const { document, first, last, cut } = chunk;
  const { coin } = tape.take(
    'coin',
    0,
    () => ({ kind: 'coin', about: 0, coin: rng.next() < 0.5 ? 'random' : 'next', chance: 0.5 }),
    (step) => step.coin !== 'swapped',
  );
  const lengthA = tokensIn(documents[document]!, first, first + cut - 1);
  const lengthB =
    coin === 'next'
      ? tokensIn(documents[document]!, first + cut, last)
      : drawElsewhere(tape, documents, chunk, options.sentencesPerSegment, chunk.target - lengthA, rng);
  trim(tape, rng, [lengthA, lengthB], roomFor(2, options));
  return { steps: tape.steps };
};

/** b from another document, all equally probable, from any sentence on. Returns its tokens. */
function drawElsewhere(
  tape: Tape<PairStep>,
  documents: readonly Document[],
  chunk: Chunk,
  perSegment: number,
  left: number,
  rng: Rng,
): number {
  const filled = filledIn(documents);
  const chance = 1 / (filled.total - 1);
  const { document } = tape.take(
    'document',
    1,
    () => {
      let drawn = chunk.document;
      while (drawn === chunk.document) drawn = filled.draw(rng);
      return { kind: 'document', about: 1, document: drawn, chance };
    },
    (step) => step.document !== chunk.document && filled.counts[step.document] === 1,
  );
  const text = documents[document]!;
  const starts = Math.max(1, text.sentences.length - Math.max(1, perSegment) + 1);
  const lastFrom = (first: number) =>
    perSegment > 0 ? Math.min(first + perSegment, text.sentences.length) - 1 : reach(text, first, left);
  const { first, last } = tape.take(
    'run',
    1,
    () => {
      const first = rng.int(starts);
      return { kind: 'run', about: 1, first, last: lastFrom(first), chance: 1 / starts };
    },
    (step) => step.first < starts && step.last === lastFrom(step.first),
  );
  return tokensIn(text, first, last);
}

/** Does the second segment follow the first, or is it from another document? Label 0: it follows; 1: it does not. */
export const objective: Pairing<PairOptions, PairDraws> = {
  ...facts,
  ...taped(record),
  apply: applyPair,
  explain: explainPair,
  decisions: decidePair,
};
