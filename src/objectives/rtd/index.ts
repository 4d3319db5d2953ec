import type { Vocabulary } from '../../text/document.ts';
import { type Decision, type Example, IGNORE, type Noising, type Note, type Sequence } from '../objective.ts';
import { stepsOf, type Taped, taped } from '../tape.ts';
import { facts } from './facts.ts';
import { type RtdOptions, slots } from './options.ts';
import { type RtdStep, record } from './record.ts';
import { type Merged, mergeSamples } from './sample.ts';

export type { RtdOptions } from './options.ts';
export type RtdDraws = Taped<RtdStep>;

function merge({ ids }: Sequence, { steps }: RtdDraws): Merged {
  const samples = steps.filter((step) => step.kind === 'sample');
  return mergeSamples(
    ids,
    samples.map(({ position }) => position),
    samples.map(({ id }) => id),
    samples.some(({ isAveraged }) => isAveraged) ? 'reference' : 'clean',
  );
}

/** `inputIds` is what the discriminator judges, `generatorIds` what the generator fills in, `labels` its answers. */
function apply(input: Sequence, draws: RtdDraws): Example {
  const { ids, segments } = input;
  const { corrupted, replaced } = merge(input, draws);
  const generatorIds = [...ids];
  const labels = ids.map(() => IGNORE);
  const shown = stepsOf(draws.steps, 'shown');
  for (const { position } of draws.steps) labels[position] = ids[position]!;
  // Of two draws for one place one that shows what stands there does not uncover it again.
  for (const { position, id } of shown) if (id !== ids[position]) generatorIds[position] = id;
  const isAveraged = stepsOf(draws.steps, 'sample').some((step) => step.isAveraged);
  return {
    inputIds: corrupted,
    segments,
    labels,
    asked: isAveraged ? stepsOf(draws.steps, 'place').map(({ position }) => position) : undefined,
    replaced,
    generatorIds,
  };
}

function explain(input: Sequence, draws: RtdDraws): Note[] {
  const { replaced } = merge(input, draws);
  const sampled = new Set(draws.steps.filter(({ kind }) => kind === 'sample').map(({ position }) => position));
  const drawn = [...new Set(draws.steps.map(({ position }) => position))].sort((a, b) => a - b);
  return drawn.map((position): Note => {
    if (!sampled.has(position)) return { position, kind: 'hidden', text: 'the generator fills this in' };
    return replaced[position] === 1
      ? { position, kind: 'replaced', text: 'the generator put another token here' }
      : { position, kind: 'kept', text: 'the generator guessed the original, which counts as original' };
  });
}

function decide(step: RtdStep, { ids }: Sequence, vocabulary: Vocabulary): Decision {
  const { position, chance } = step;
  const token = (id: number) => vocabulary.tokens[id]!;
  switch (step.kind) {
    case 'place':
      return { question: 'Which position?', answer: `${position} (${token(ids[position]!)})`, position, chance };
    case 'shown': {
      const question = `What does the generator see at ${position}?`;
      return { question, answer: token(step.id), position, chance };
    }
    case 'sample': {
      const note = step.id === ids[position] ? ', a lucky guess' : '';
      return { question: `What is sampled for ${position}?`, answer: token(step.id) + note, position, chance };
    }
  }
}

/** Replaced token detection: of every token, is it the original? On the page a word count stands in for a generator. */
export const objective: Noising<RtdOptions, RtdDraws> = {
  ...facts,
  ...taped(record),
  apply,
  explain,
  decisions: (input, { steps }, vocabulary) => steps.map((step) => decide(step, input, vocabulary)),
  slots: (options, length) => slots(options, length),
};
