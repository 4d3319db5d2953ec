import type { Vocabulary } from '../../text/document.ts';
import { type Decision, type Example, IGNORE, type Noising, type Note, type Sequence } from '../objective.ts';
import { type Taped, taped } from '../tape.ts';
import { corrupt } from './effect.ts';
import { facts } from './facts.ts';
import type { DenoiseOptions } from './options.ts';
import { record } from './record.ts';
import { type DenoiseStep, hiddenSpans } from './steps.ts';

export type { DenoiseOptions } from './options.ts';
export type DenoiseDraws = Taped<DenoiseStep>;

/**
 * The encoder reads the corrupted text, the decoder writes the whole original: it starts from the final separator and
 * is asked for every token, the frame included. `labels` belong to the places of `decoderInputIds`.
 */
function apply({ ids, segments }: Sequence, { steps }: DenoiseDraws): Example {
  const items = corrupt(ids, steps);
  let segment = 0;
  const segmentOf = ({ from }: { readonly from: number }) => {
    if (from >= 0) segment = segments[from]!;
    return segment;
  };
  return {
    inputIds: items.map(({ id }) => id),
    segments: items.map(segmentOf),
    labels: ids,
    decoderInputIds: [ids[ids.length - 1]!, ...ids.slice(0, -1)],
  };
}

function explain({ ids }: Sequence, { steps }: DenoiseDraws): Note[] {
  const notes: Note[] = [];
  const slots = steps.filter((step) => step.kind === 'slot');
  for (const step of steps) {
    if (step.kind === 'sentence') {
      const slot = slots.find(({ about }) => about === step.about);
      if (slot && slot.start !== step.start) {
        notes.push({ position: step.start, kind: 'moved', text: `this sentence goes where place ${slot.start} was` });
      }
    } else if (step.kind === 'mask') {
      for (const position of step.positions) {
        notes.push({ position, kind: 'hidden', text: 'shown as something else, one for one' });
      }
    } else if (step.kind === 'delete') {
      for (const position of step.positions) notes.push({ position, kind: 'removed', text: 'taken out' });
    } else if (step.kind === 'span') {
      const [first, ...rest] = step.positions;
      notes.push({ position: first!, kind: 'hidden', text: `one token for ${step.positions.length}` });
      for (const position of rest) notes.push({ position, kind: 'removed', text: 'vanished in a span' });
    }
  }
  const unturned = steps.filter(({ kind }) => kind !== 'offset');
  let position = 0;
  for (const { from } of corrupt(ids, unturned)) {
    if (from >= 0) position = from;
    else notes.push({ position, kind: 'inserted', text: 'a token was put in behind this one' });
  }
  return notes;
}

function decide(step: DenoiseStep, { ids }: Sequence, vocabulary: Vocabulary): Decision {
  const token = (id: number) => vocabulary.tokens[id]!;
  const text = (positions: readonly number[]) => positions.map((position) => token(ids[position]!)).join(' ');
  const stretch = (start: number, end: number) => text(ids.map((_, i) => i).slice(start, end));
  const { chance } = step;
  switch (step.kind) {
    case 'slot':
      return {
        question: 'Which sentence may move?',
        answer: stretch(step.start, step.end),
        position: step.start,
        chance,
      };
    case 'sentence': {
      const question = `Which sentence comes ${step.about + 1}?`;
      return { question, answer: stretch(step.start, step.end), position: step.start, chance };
    }
    case 'mask': {
      const answer = `${text(step.positions)}, shown as ${step.ids.map(token).join(' ')}`;
      return { question: 'Which word is masked?', answer, position: step.positions[0]!, chance };
    }
    case 'delete':
      return { question: 'Which word goes?', answer: text(step.positions), position: step.positions[0]!, chance };
    case 'length': {
      const answer = step.used < step.length ? `${step.length}, cut to ${step.used}` : String(step.length);
      return { question: 'How long is the next span?', answer, chance };
    }
    case 'span': {
      const answer = `${text(step.positions)}, shown as ${token(step.id)}`;
      return { question: 'Where does this span lie?', answer, position: step.positions[0]!, chance };
    }
    case 'insert':
      return { question: 'Where is a token put in?', answer: `place ${step.at}: ${token(step.id)}`, chance };
    case 'turn':
      return { question: 'Is the text rotated?', answer: step.isTurned ? 'yes' : 'no', chance };
    case 'offset':
      return { question: 'Where does it begin?', answer: `at place ${step.offset}`, chance };
  }
}

/** Denoising: write the whole text back from what is left of it. */
export const objective: Noising<DenoiseOptions, DenoiseDraws> = {
  ...facts,
  ...taped(record),
  apply,
  explain,
  decisions: (input, { steps }, vocabulary) => steps.map((step) => decide(step, input, vocabulary)),
  slots: (_, length) => length,
  hidden: hiddenSpans,
  ask(input, positions, { maskId }) {
    const whole = apply(input, { steps: [] });
    return {
      ...whole,
      inputIds: input.ids.map((id, position) => (positions.includes(position) ? maskId : id)),
      labels: input.ids.map((id, position) => (positions.includes(position) ? id : IGNORE)),
    };
  },
};
