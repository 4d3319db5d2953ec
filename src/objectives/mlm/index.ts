import type { Vocabulary } from '../../text/document.ts';
import { type Decision, type Example, IGNORE, type Noising, type Note, type Sequence } from '../objective.ts';
import { type StepOf, type Taped, taped } from '../tape.ts';
import { facts } from './facts.ts';
import { type MlmOptions, slots } from './options.ts';
import { record } from './record.ts';
import type { MlmStep } from './steps.ts';

export type { MlmOptions } from './options.ts';
export type MlmDraws = Taped<MlmStep>;

/** Places asked for, and what stands there as far as it is decided. */
function asked({ steps }: MlmDraws): ReadonlyMap<number, 'mask' | 'random' | 'keep' | undefined> {
  const units = new Map<number, StepOf<MlmStep, 'unit' | 'size'>>();
  const found = new Map<number, 'mask' | 'random' | 'keep' | undefined>();
  for (const step of steps) {
    if (step.kind === 'unit' || step.kind === 'size') units.set(step.about, step);
  }
  for (const { positions, skipped } of units.values()) {
    if (!skipped) for (const position of positions) found.set(position, undefined);
  }
  for (const step of steps) if (step.kind === 'outcome') found.set(step.about, step.outcome);
  return found;
}

function apply(input: Sequence, draws: MlmDraws): Example {
  const inputIds = [...input.ids];
  const labels = input.ids.map(() => IGNORE);
  for (const position of asked(draws).keys()) labels[position] = input.ids[position]!;
  for (const step of draws.steps) {
    if (step.kind === 'outcome' || step.kind === 'token') inputIds[step.about] = step.id;
  }
  return { inputIds, segments: input.segments, labels };
}

function explain(_: Sequence, draws: MlmDraws): Note[] {
  const shown = {
    mask: { kind: 'hidden', text: 'hidden behind [MASK]' },
    random: { kind: 'replaced', text: 'another token in its place' },
    keep: { kind: 'kept', text: 'chosen, but shown as it is' },
  } as const;
  return [...asked(draws)]
    .sort(([a], [b]) => a - b)
    .flatMap(([position, outcome]) => [
      ...(outcome ? [{ position, ...shown[outcome] }] : []),
      { position, kind: 'asked' as const, text: 'the original is asked for here' },
    ]);
}

function decide(step: MlmStep, { ids }: Sequence, vocabulary: Vocabulary): Decision {
  const name = (position: number) => `${position} (${vocabulary.tokens[ids[position]!]})`;
  const names = (positions: readonly number[]) => positions.map(name).join(', ');
  const { chance } = step;
  const note = 'skipped' in step && step.skipped ? `: ${step.skipped}, passed over` : '';
  switch (step.kind) {
    case 'copy':
      return { question: 'Which stored mask?', answer: String(step.copy + 1), chance };
    case 'count':
      return { question: step.about === 0 ? 'How many?' : 'How many others?', answer: String(step.count), chance };
    case 'unit': {
      const question = step.positions.length > 1 ? 'Which word?' : 'Which position?';
      return { question, answer: names(step.positions) + note, position: step.positions[0]!, chance };
    }
    case 'size': {
      const answer = `${step.size}: ${names(step.positions)}${note}`;
      return { question: 'How many words?', answer, position: step.positions[0]!, chance };
    }
    case 'outcome': {
      const answer = { mask: '[MASK]', random: 'another token', keep: 'itself' }[step.outcome];
      return { question: 'Shown as what?', answer, position: step.about, chance };
    }
    case 'token':
      return { question: 'Which token instead?', answer: vocabulary.tokens[step.id]!, position: step.about, chance };
  }
}

/** Masked language modelling: fill in what is hidden, from both sides. */
export const objective: Noising<MlmOptions, MlmDraws> = {
  ...facts,
  ...taped(record),
  apply,
  explain,
  decisions: (input, { steps }, vocabulary) => steps.map((step) => decide(step, input, vocabulary)),
  slots,
};
