import type { Document } from '../../text/document.ts';
import { roomFor } from '../frame.ts';
import type { Pairing } from '../objective.ts';
import { drawChunk, tokensIn } from '../pairs/chunk.ts';
import { drawInstance } from '../pairs/instances.ts';
import { type PairOptions, requirePairs, requireText } from '../pairs/options.ts';
import { applyPair, decidePair, explainPair, type PairDraws, type PairStep } from '../pairs/steps.ts';
import { trim } from '../pairs/trim.ts';
import { createTape, type Recorder, taped } from '../tape.ts';
import { facts } from './facts.ts';

const record: Recorder<readonly Document[], PairOptions, PairStep> = (documents, options, _, rng, held) => {
  if (options.mode === 'reference') {
    requireText(documents, 'Sentence order prediction');
    return drawInstance(documents, { ...options, other: 'swapped' }, rng, held);
  }
  requirePairs(documents, 'Sentence order prediction');
  const tape = createTape(held);
  const { document, first, last, cut } = drawChunk(tape, documents, options, rng);
  const { coin } = tape.take(
    'coin',
    0,
    () => ({ kind: 'coin', about: 0, coin: rng.next() < 0.5 ? 'swapped' : 'next', chance: 0.5 }),
    (step) => step.coin !== 'random',
  );
  const head = tokensIn(documents[document]!, first, first + cut - 1);
  const tail = tokensIn(documents[document]!, first + cut, last);
  trim(tape, rng, coin === 'swapped' ? [tail, head] : [head, tail], roomFor(2, options));
  return { steps: tape.steps };
};

/** Are two consecutive segments in their order? Label 0: they are; 1: they are swapped. */
export const objective: Pairing<PairOptions, PairDraws> = {
  ...facts,
  ...taped(record),
  apply: applyPair,
  explain: explainPair,
  decisions: decidePair,
};
