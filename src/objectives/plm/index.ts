import { AppError } from '../../core/errors.ts';
import type { Vocabulary } from '../../text/document.ts';
import { type Decision, type Example, IGNORE, type Noising, type Note, type Sequence } from '../objective.ts';
import { type StepOf, type Taped, taped } from '../tape.ts';
import { facts } from './facts.ts';
import { joinMasks, localMask, type Masked } from './mask.ts';
import { type PlmOptions, slots } from './options.ts';
import { record } from './record.ts';
import type { PlmStep } from './steps.ts';

export type { PlmOptions } from './options.ts';
export type PlmDraws = Taped<PlmStep>;

/** What the steps amount to: a mask, and an order of all places in which the predicted ones come last. */
function read(length: number, { steps }: PlmDraws): Masked & { readonly order: readonly number[] } {
  const sampled = Array.from({ length }, () => false);
  const placed: number[] = [];
  for (const step of steps) {
    if (step.kind === 'span' || step.kind === 'filler') for (const position of step.positions) sampled[position] = true;
    if (step.kind === 'next') {
      placed.push(step.position);
      if (step.predicted) sampled[step.position] = true;
    }
  }
  const ranks = steps.filter((step) => step.kind === 'ranks');
  if (ranks.length > 0) return readRanks(length, sampled, ranks);

  const isPlaced = new Set(placed);
  const rest = sampled.flatMap((_, position) => (isPlaced.has(position) ? [] : [position]));
  const order = [
    ...rest.filter((position) => !sampled[position]),
    ...placed,
    ...rest.filter((position) => sampled[position]),
  ];
  const index: number[] = [];
  order.forEach((position, k) => {
    index[position] = k;
  });
  return { ...localMask({ index, sampled, functional: sampled.map(() => false) }), order };
}

function readRanks(length: number, sampled: readonly boolean[], ranks: readonly StepOf<PlmStep, 'ranks'>[]) {
  const masks = ranks.map(({ about, index, functional }) =>
    localMask({ index, functional, sampled: sampled.slice(about, about + index.length) }),
  );
  const ends = ranks.map(({ about, index }) => about + index.length);
  const end = ends[ends.length - 1]!;
  // A tape cut between two halves: the second half is not ranked yet and is all context.
  if (end < length) {
    const rest = sampled.slice(end);
    masks.push(localMask({ index: rest.map((_, i) => i), sampled: rest, functional: rest.map(() => false) }));
  }
  // Stretch by stretch, since none sees those behind it: what is context first, then by rank.
  const order = ranks.flatMap(({ about, index, functional }) => {
    const places = index.map((_, i) => i);
    const isContext = (i: number) => !sampled[about + i] && !functional[i];
    const later = places.filter((i) => !isContext(i)).sort((i, j) => index[i]! - index[j]!);
    return [...places.filter(isContext), ...later].map((i) => about + i);
  });
  return { ...masks.reduce(joinMasks), order: [...order, ...sampled.flatMap((_, i) => (i >= end ? [i] : []))] };
}

function apply(input: Sequence, draws: PlmDraws): Example {
  const { permMask, isTarget, order } = read(input.ids.length, draws);
  const { ids, segments } = input;
  return {
    inputIds: ids,
    segments,
    labels: ids.map((id, position) => (isTarget[position] ? id : IGNORE)),
    order,
    permMask,
  };
}

function explain({ ids }: Sequence, draws: PlmDraws): Note[] {
  const { isTarget, order } = read(ids.length, draws);
  const predicted = order.filter((position) => isTarget[position]);
  return predicted
    .map((position, k): Note => ({ position, kind: 'asked', text: `predicted ${k + 1} of ${predicted.length}` }))
    .sort((a, b) => a.position - b.position);
}

function decide(step: PlmStep, { ids }: Sequence, vocabulary: Vocabulary): Decision {
  const name = (position: number) => `${position} (${vocabulary.tokens[ids[position]!]})`;
  const names = (positions: readonly number[]) => positions.map(name).join(', ');
  const position = 'positions' in step ? step.positions[0] : undefined;
  const { chance } = step;
  switch (step.kind) {
    case 'span': {
      const answer =
        step.positions.length > 0 ? `${step.size}: ${names(step.positions)}` : `${step.size}: does not fit`;
      return { question: 'How long is the next span, and where?', answer, position, chance };
    }
    case 'filler': {
      const answer = step.positions.length > 0 ? names(step.positions) : `${name(step.at)}: predicted already`;
      return { question: 'Which single word more?', answer, position, chance };
    }
    case 'next': {
      const question = step.predicted ? 'Which one is predicted next?' : 'Which one comes next in the order?';
      return { question, answer: name(step.position), position: step.position, chance };
    }
    case 'ranks':
      return { question: 'Which rank has each place?', answer: step.index.join(' '), chance };
  }
}

/** Draws for an order given by hand, of which the last `predicted` places bear loss. Throws if it is no permutation. */
export function givenOrder(order: readonly number[], predicted: number, length: number): PlmDraws {
  const isWhole = order.length === length && order.every((p) => Number.isInteger(p) && p >= 0 && p < length);
  if (!isWhole || new Set(order).size !== length) {
    throw new AppError(
      'bad-option',
      `The order ${order.join(' ')} is no permutation: it must name each place from 0 to ${length - 1} exactly once.`,
      'order',
    );
  }
  return {
    steps: order.map((position, about) => ({
      kind: 'next',
      about,
      position,
      predicted: about >= length - predicted,
      chance: 1,
    })),
  };
}

/** Permutation language modelling: each token from those before it in a random order; places stay what they are. */
export const objective: Noising<PlmOptions, PlmDraws> = {
  ...facts,
  ...taped(record),
  apply,
  explain,
  decisions: (input, { steps }, vocabulary) => steps.map((step) => decide(step, input, vocabulary)),
  slots,
  ask(input, positions) {
    const { length } = input.ids;
    const context = input.ids.flatMap((_, position) => (positions.includes(position) ? [] : [position]));
    return apply(input, givenOrder([...context, ...positions], positions.length, length));
  },
};
