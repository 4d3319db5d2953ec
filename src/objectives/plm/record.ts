import type { Rng } from '../../core/rng.ts';
import type { Sequence } from '../objective.ts';
import { requireSpecials } from '../options.ts';
import { createTape, type Recorder, type Tape } from '../tape.ts';
import { wordsOf } from '../words.ts';
import { goal, type PlmOptions } from './options.ts';
import { published } from './reference.ts';
import { drawSpans } from './spans.ts';
import type { PlmStep } from './steps.ts';

/** All decisions of one factorization order. */
export const record: Recorder<Sequence, PlmOptions, PlmStep> = (input, options, vocabulary, rng, held) => {
  requireSpecials(vocabulary, ['classifyId', 'separateId']);
  if (options.mode === 'reference') return { steps: published(input.ids, options, vocabulary, rng, held) };
  const tape = createTape(held);
  const words = wordsOf(input.ids, vocabulary);
  const places = words.flat();
  const wanted = Math.min(places.length, goal(options, input.ids.length));
  if (options.order === 'identity') {
    places.forEach((position, about) => {
      tape.take('next', about, () => ({ kind: 'next', about, position, predicted: true, chance: 1 }));
    });
  } else if (options.order === 'random') {
    drawOrder(tape, places, wanted, rng);
  } else {
    const targets = drawSpans(tape, { words, goal: wanted, from: 0 }, options, rng);
    drawOrder(tape, targets, targets.length, rng);
  }
  return { steps: tape.steps };
};

/** Places one after another, all orders equally probable; the last `predicted` of them bear loss. */
function drawOrder(tape: Tape<PlmStep>, places: readonly number[], predicted: number, rng: Rng): void {
  const left = new Set(places);
  places.forEach((_, about) => {
    const isPredicted = about >= places.length - predicted;
    const chance = 1 / left.size;
    const { position } = tape.choose('next', about, {
      open: [...left],
      of: (step) => step.position,
      make: (position) => ({ kind: 'next', about, position, predicted: isPredicted, chance }),
      fits: (step) => step.predicted === isPredicted,
      rng,
      swaps: 'once',
    });
    left.delete(position);
  });
}
