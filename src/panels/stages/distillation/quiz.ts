import type { Rng } from '../../../core/rng.ts';
import type { Chip } from '../../../figures/chips.ts';
import { chosenLayers } from '../../../models/distilbert/start.ts';
import { type Made, makeExample } from '../../../objectives/make.ts';
import { IGNORE } from '../../../objectives/objective.ts';
import type { Vocabulary } from '../../../text/document.ts';
import { choice, inWords, type Question, type Quiz, type QuizText, shuffled } from '../../quiz.ts';
import { softened } from '../../teacher-readers.ts';
import { asSeen } from '../shared/noise-quiz.ts';

const recipe = {
  pairing: 'contiguous',
  pairingOptions: { sentences: 1, maxLength: 32 },
  noising: 'mlm',
  noisingOptions: { maskShare: 1, randomShare: 0 },
};
const exampleOf = ({ documents, vocabulary }: QuizText, rng: Rng): Made =>
  makeExample(documents, recipe, vocabulary, rng.fork('example'));

const texts = (list: readonly string[]) => list.map((text) => ({ text }));
const percents = (shares: ArrayLike<number>) =>
  Array.from(shares, (share) => `${Math.round(100 * share)} %`).join(', ');

/** Whole words of a text that differ, as many as are wanted. */
function someWords({ vocabulary }: QuizText, count: number, rng: Rng): readonly string[] {
  const words = vocabulary.tokens.filter((token, id) => /^[a-z]{3,}$/.test(token) && vocabulary.isContent(id));
  return shuffled(words, rng).slice(0, count);
}

/** Shares of three words that every temperature tells apart. */
const beliefs = [
  [0.8, 0.15, 0.05],
  [0.7, 0.2, 0.1],
  [0.9, 0.06, 0.04],
  [0.6, 0.3, 0.1],
  [0.85, 0.1, 0.05],
  [0.75, 0.2, 0.05],
] as const;

function temperature(source: QuizText, rng: Rng): Question {
  const words = someWords(source, 3, rng.fork('words'));
  const belief = beliefs[rng.int(beliefs.length)]!;
  const warm = [2, 4][rng.int(2)]!;
  const right = percents(softened(belief, warm));
  const halved = belief.map((share) => share / warm);
  const wrong = [
    // Colder instead of warmer; divided without being shared out anew; as if it made all alike.
    percents(softened(belief, 1 / warm)),
    percents(halved),
    percents([1 / 3, 1 / 3, 1 / 3]),
  ];
  const chips = (shares: ArrayLike<number>): Chip[] =>
    words.map((word, i) => ({ token: `${word} ${Math.round(100 * shares[i]!)} %` }));
  return {
    prompt: `At one hole a teacher gives its shares to three words alone, those below. What does it say at temperature ${warm}?`,
    rows: [{ label: 'At temperature 1', areFacts: true, chips: chips(belief) }],
    ask: choice({ text: right }, texts(wrong), rng),
    answer: { label: `At temperature ${warm}`, areFacts: true, chips: chips(softened(belief, warm)) },
    why: `Scores are divided by ${warm}, which takes each probability to the power of 1/${warm}; then all are shared out anew, so that they sum to 1. The order stays, and the small ones come forward. Dividing the probabilities themselves leaves a sum of 1/${warm}; a temperature below 1 would make the first still more likely; and all are alike only at an infinite one.`,
  };
}

const asked = ({ example }: Made) => example.labels.flatMap((label, i) => (label === IGNORE ? [] : [i]));
const dotted = (made: Made, at: readonly number[], vocabulary: Vocabulary): Chip[] =>
  asSeen(made.example.inputIds, vocabulary).map((chip, i) => ({ ...chip, scored: at.includes(i) }));

function where(source: QuizText, rng: Rng): Question {
  const { vocabulary } = source;
  const made = exampleOf(source, rng);
  const all = made.sequence.ids.map((_, i) => i);
  const soft = rng.int(2) === 0;
  const right = soft ? `at all ${all.length}` : `at ${asked(made).length}`;
  const ordinary = all.filter((i) => !vocabulary.isSpecial(made.sequence.ids[i]!));
  const wrong = [
    `at ${asked(made).length}`,
    `at all ${all.length}`,
    `at ${ordinary.length}`,
    `at ${ordinary.length - asked(made).length}`,
    'at none: it is a loss of the whole row',
  ];
  return {
    prompt: `This row has ${all.length} tokens, its frame included. At how many of them does the student's loss at ${soft ? 'the teacher’s probabilities' : 'masked tokens'} ask something?`,
    rows: [{ label: 'What teacher and student read', chips: asSeen(made.example.inputIds, vocabulary) }],
    ask: choice({ text: right }, texts([...new Set(wrong)].filter((one) => one !== right).slice(0, 3)), rng),
    answer: { label: 'A dot bears this loss', chips: dotted(made, soft ? all : asked(made), vocabulary) },
    why: soft
      ? 'The teacher says something at every real token, hidden or not, and everywhere it is followed. Only padding is left out.'
      : 'Masked tokens are what they are without a teacher: asked for at the holes alone. It is the teacher’s probabilities that are asked everywhere.',
  };
}

function layers(_: QuizText, rng: Rng): Question {
  const student = [2, 3, 4, 5, 6][rng.int(5)]!;
  const said = (list: readonly number[]) => inWords(list);
  const chosen = chosenLayers(student);
  const range = (make: (i: number) => number) => Array.from({ length: student }, (_, i) => make(i));
  const right = said(chosen);
  const wrong = [
    said(range((i) => i)),
    said(range((i) => 2 * i)),
    said(range((i) => student + i)),
    said(range((i) => 2 * i + 1)),
  ];
  const chips = Array.from({ length: 2 * student }, (_, i): Chip => ({ token: `layer ${i}` }));
  return {
    prompt: `A teacher of ${2 * student} layers, counted from 0. From which of them does the published script start a student of ${student}?`,
    rows: [{ label: 'The layers of the teacher', areFacts: true, chips }],
    ask: choice({ text: right }, texts([...new Set(wrong)].filter((one) => one !== right).slice(0, 3)), rng),
    answer: {
      label: 'A dot: taken',
      areFacts: true,
      chips: chips.map((chip, i) => ({ ...chip, scored: chosen.includes(i) })),
    },
    why: `Every second layer, and both ends: even ones in the lower half, odd ones in the upper. ${said(range((i) => 2 * i))} would leave out the last layer, whose states the head reads; the lower half alone has no end at all.`,
  };
}

/** What is alike between student and teacher, and which of the three losses is nought then. */
const likenesses = [
  {
    what: 'The student says, at every place, exactly what the teacher says. Its states are others.',
    zero: 'that of the teacher’s probabilities alone',
    why: 'The distributions do not differ, so their divergence is 0. The states do, and so does their angle. And the right word is still not certain: the teacher itself pays for it.',
  },
  {
    what: 'Every last state of the student is twice as long as the teacher’s, in the same direction. What it says differs.',
    zero: 'that of the teacher’s direction alone',
    why: 'A cosine hears directions, not lengths, so it is satisfied. What is said is computed from the states by weights of the student’s own, and differs here.',
  },
  {
    what: 'The student is a copy of the teacher, weight by weight.',
    zero: 'both that come from the teacher',
    why: 'Nothing differs, neither what is said nor the states. But the loss of the hidden tokens asks for the truth, and the teacher does not know it for certain.',
  },
  {
    what: 'The student is certain of the right word at each hole. The teacher is not.',
    zero: 'that of the hidden tokens alone',
    why: 'It gives the right word 100 %, and −ln 1 is 0. But the teacher wants a share for other words too, so the distributions differ.',
  },
] as const;

function zero(source: QuizText, rng: Rng): Question {
  const made = exampleOf(source, rng);
  const one = likenesses[rng.int(likenesses.length)]!;
  const all = [...likenesses.map(({ zero: loss }) => loss), 'all three'];
  const row = { label: 'What both read', chips: asSeen(made.example.inputIds, source.vocabulary) };
  return {
    prompt: `${one.what} Which of the three losses is certainly 0?`,
    rows: [row],
    ask: choice(
      { text: one.zero },
      texts(
        shuffled(
          all.filter((text) => text !== one.zero),
          rng,
        ).slice(0, 3),
      ),
      rng,
    ),
    answer: row,
    why: one.why,
  };
}

/** What was left out, and how many points of GLUE that cost. Sanh et al. 2019, Table 4. */
export const leftOut = [
  { part: 'the soft labels', points: 2.96 },
  { part: 'the direction of the states', points: 1.46 },
  { part: 'the masked tokens', points: 0.31 },
  { part: 'the teacher’s layers as a start', points: 3.69 },
] as const;

function ablate(_: QuizText, rng: Rng): Question {
  const one = leftOut[rng.int(leftOut.length)]!;
  const numbers = leftOut.map(
    ({ points }): Chip => ({ token: `−${points.toFixed(2)}`, scored: points === one.points }),
  );
  return {
    prompt: `Four times something was left out, and the mean score on GLUE fell. What was left out where it fell by ${one.points.toFixed(2)} points?`,
    rows: [
      { label: 'The four falls; a dot is below the one in question', areFacts: true, chips: shuffled(numbers, rng) },
    ],
    ask: choice({ text: one.part }, texts(leftOut.filter((other) => other !== one).map(({ part }) => part)), rng),
    answer: {
      label: 'All four',
      areFacts: true,
      chips: leftOut.map(({ part, points }) => ({
        token: `${part} −${points.toFixed(2)}`,
        scored: points === one.points,
      })),
    },
    why: 'The start counts most, then the soft labels, then the direction of the states. The right words themselves count least: nearly all that they say is said by the teacher too.',
  };
}

/** Questions about learning from a teacher. */
export const quiz: Quiz = { makers: { temperature, where, layers, zero, ablate } };
