import type { Rng } from '../../core/rng.ts';
import type { Vocabulary } from '../../text/document.ts';
import type { Sequence } from '../objective.ts';
import { requireSpecials } from '../options.ts';
import { createTape, type Recorder, type Tape } from '../tape.ts';
import { wordsOf } from '../words.ts';
import { goal, halfGoals, type PlmOptions } from './options.ts';
import { drawRanks, sampleTokens } from './reference.ts';
import { drawSpans } from './spans.ts';
import type { PlmStep } from './steps.ts';

/** All decisions of one factorization order. */
export const record: Recorder<Sequence, PlmOptions, PlmStep> = (input, options, vocabulary, rng, held) => {
  requireSpecials(vocabulary, ['classifyId', 'separateId']);
  if (options.mode === 'reference') return { steps: published(input, options, vocabulary, rng, held) };
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

/** XLNet's own procedure: tokens sampled, then ranks, each half for itself if the sequence is halved. */
function published(
  { ids }: Sequence,
  options: PlmOptions,
  vocabulary: Vocabulary,
  rng: Rng,
  held: readonly PlmStep[],
): readonly PlmStep[] {
  const half = options.halves ? Math.floor(ids.length / 2) : ids.length;
  const whole = goal(options, ids.length);
  const goals = options.halves ? halfGoals(whole) : [whole];
  const stretches = options.halves ? [ids.slice(0, half), ids.slice(half)] : [ids];
  const tape = createTape<PlmStep>([]);
  stretches.forEach((stretch, k) => {
    const isStart = stretch.map((id) => !vocabulary.continues(id));
    sampleTokens(isStart, Math.min(goals[k]!, stretch.length), options, rng, tape, k * half);
  });
  stretches.forEach((stretch, k) => {
    const functional = stretch.map((id) => id === vocabulary.separateId || id === vocabulary.classifyId);
    const index =
      options.order === 'identity' ? stretch.map((_, i) => i) : drawRanks(stretch.length, stretch.length, rng);
    tape.take('ranks', k * half, () => ({ kind: 'ranks', about: k * half, index, functional }));
  });
  return held.length === 0 ? tape.steps : mix(held, tape.steps);
}

/** Of two published tapes, the held ranks if all are held (then the samples are new), else the held samples. */
function mix(held: readonly PlmStep[], fresh: readonly PlmStep[]): readonly PlmStep[] {
  const ranks = (steps: readonly PlmStep[]) => steps.filter(({ kind }) => kind === 'ranks');
  const samples = (steps: readonly PlmStep[]) => steps.filter(({ kind }) => kind !== 'ranks');
  if (ranks(held).length === ranks(fresh).length) return [...samples(fresh), ...ranks(held)];
  return [
    ...samples(held),
    ...ranks(fresh).map((step) => ranks(held).find(({ about }) => about === step.about) ?? step),
  ];
}
