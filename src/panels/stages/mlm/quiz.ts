import type { Rng } from '../../../core/rng.ts';
import type { Chip, Mark } from '../../../figures/chips.ts';
import type { Made } from '../../../objectives/make.ts';
import { IGNORE } from '../../../objectives/objective.ts';
import type { Vocabulary } from '../../../text/document.ts';
import { choice, inWords, type Option, type Question, type Quiz, type QuizText, shuffled } from '../../quiz.ts';
import { asSeen, drawUntil } from '../shared/noise-quiz.ts';

/** One sentence under the paper's own rule: 15 % of the length, then 80 / 10 / 10. Devlin et al. 2019, §3.1. */
const recipe = {
  pairing: 'contiguous',
  pairingOptions: { sentences: 1, maxLength: 32 },
  noising: 'mlm',
  noisingOptions: {},
};

/** An example of the wanted kind, which comes within a few dozen draws. */
const find = (source: QuizText, rng: Rng, fits: (made: Made) => boolean) => drawUntil(source, recipe, rng, fits, 500);

const askedPlaces = ({ example }: Made) => example.labels.flatMap((label, i) => (label === IGNORE ? [] : [i]));
const isSame = ({ sequence, example }: Made, i: number) => sequence.ids[i] === example.inputIds[i];
const ordinary = ({ sequence }: Made, vocabulary: Vocabulary) =>
  sequence.ids.flatMap((id, i) => (vocabulary.isSpecial(id) ? [] : [i]));

/** The tokens with all that happened to them. */
function asKnown(made: Made, vocabulary: Vocabulary): Chip[] {
  return asSeen(made.example.inputIds, vocabulary).map((chip, i): Chip => {
    if (made.example.labels[i] === IGNORE) return chip;
    const mark: Mark = chip.mark ?? (isSame(made, i) ? 'kept' : 'replaced');
    const original = vocabulary.tokens[made.sequence.ids[i] ?? 0] ?? '';
    return { ...chip, mark, scored: true, original: mark === 'kept' ? undefined : original };
  });
}

function howMany(source: QuizText, rng: Rng): Question {
  const made = find(source, rng, () => true);
  const n = made.sequence.ids.length;
  const right = askedPlaces(made).length;
  const first = Math.max(1, right - 1 - rng.int(2));
  const numbers = [0, 1, 2, 3].map((i) => first + i);
  return {
    prompt: `The row has ${n} tokens, its frame included. How many of them are chosen?`,
    rows: [{ label: 'The sentence', chips: asSeen(made.sequence.ids, source.vocabulary) }],
    ask: {
      form: 'choice',
      options: numbers.map((number) => ({ text: String(number) })),
      right: numbers.indexOf(right),
    },
    answer: { label: 'What was drawn', chips: asKnown(made, source.vocabulary) },
    why: `15 % of ${n} is ${(0.15 * n).toFixed(2)}, and the nearest whole number (at least 1) is ${right}. The frame counts in the length, though it is never chosen.`,
  };
}

function places(source: QuizText, rng: Rng): Question {
  const made = find(source, rng, () => true);
  const right = askedPlaces(made);
  const rest = ordinary(made, source.vocabulary).filter((i) => !right.includes(i));
  const order = [...shuffled(right, rng), ...shuffled(rest, rng)].slice(0, right.length + 3);
  return {
    prompt: `The places of all ordinary tokens were shuffled, and the order begins ${order.join(', ')}. Point out the places that are chosen.`,
    rows: [{ label: 'The sentence', chips: asSeen(made.sequence.ids, source.vocabulary) }],
    ask: { form: 'places', right },
    answer: { label: 'What was drawn', chips: asKnown(made, source.vocabulary) },
    why: `15 % of ${made.sequence.ids.length} tokens makes ${right.length}, so the first ${right.length} of the order are taken: ${inWords(right)}.`,
  };
}

function unchanged(source: QuizText, rng: Rng): Question {
  const isKept = (made: Made) => askedPlaces(made).filter((i) => isSame(made, i));
  const made = find(source, rng, (one) => isKept(one).length > 0);
  const right = isKept(made);
  return {
    prompt: `Chosen were the places ${inWords(askedPlaces(made))}. Which tokens bear loss although they look unchanged?`,
    rows: [
      { label: 'The sentence', chips: asSeen(made.sequence.ids, source.vocabulary) },
      { label: 'What the model sees', chips: asSeen(made.example.inputIds, source.vocabulary) },
    ],
    ask: { form: 'places', right },
    answer: { label: 'What was drawn', chips: asKnown(made, source.vocabulary) },
    why: 'Every chosen place bears loss, whatever was drawn for it. One in ten is left as it is, and the model is not told which.',
  };
}

function label(source: QuizText, rng: Rng): Question {
  const { vocabulary } = source;
  const wanted = rng.int(3);
  const isOf = [
    (made: Made, i: number) =>
      askedPlaces(made).includes(i) && !isSame(made, i) && made.example.inputIds[i] !== vocabulary.maskId,
    (made: Made, i: number) => askedPlaces(made).includes(i) && made.example.inputIds[i] === vocabulary.maskId,
    (made: Made, i: number) => !askedPlaces(made).includes(i),
  ][wanted]!;
  const places = (made: Made) => ordinary(made, vocabulary).filter((i) => isOf(made, i));
  const made = find(source, rng, (one) => places(one).length > 0);
  const at = shuffled(places(made), rng)[0] ?? 1;
  const token = (id: number | undefined) => vocabulary.tokens[id ?? 0] ?? '';
  const none = 'none: nothing is asked here';
  const original = token(made.sequence.ids[at]);
  const right = askedPlaces(made).includes(at) ? original : none;
  const others = ordinary(made, vocabulary).map((i) => token(made.sequence.ids[i]));
  const candidates = [original, token(made.example.inputIds[at]), '[MASK]', none, ...shuffled(others, rng)];
  const wrong = [...new Set(candidates)].filter((text) => text !== right).slice(0, 3);
  const dots = asSeen(made.example.inputIds, vocabulary).map((chip, i) => ({
    ...chip,
    scored: askedPlaces(made).includes(i),
  }));
  return {
    prompt: `What is the label at place ${at}?`,
    rows: [
      { label: 'The sentence', chips: asSeen(made.sequence.ids, vocabulary) },
      { label: 'What the model sees; a dot bears loss', chips: dots, current: at },
    ],
    ask: choice(
      { text: right },
      wrong.map((text) => ({ text })),
      rng,
    ),
    answer: { label: 'What was drawn', chips: asKnown(made, vocabulary), current: at },
    why:
      right === none
        ? 'There is no dot, so the place was not chosen: whatever the model says there counts for nothing.'
        : 'The label is always the token that stood there before, whatever is shown instead.',
  };
}

function possible(source: QuizText, rng: Rng): Question {
  const { vocabulary } = source;
  const made = find(source, rng, (one) => askedPlaces(one).some((i) => one.example.inputIds[i] === vocabulary.maskId));
  const { ids } = made.sequence;
  const { inputIds } = made.example;
  const k = askedPlaces(made).length;
  const hidden = (at: readonly number[]) => ids.map((id, i) => (at.includes(i) ? vocabulary.maskId : id));
  const free = shuffled(ordinary(made, vocabulary), rng);
  const frame = rng.int(2) === 0 ? 0 : ids.length - 1;
  const gap = free.find((i) => isSame(made, i)) ?? 1;
  const row = (of: readonly number[]): Option => ({ chips: asSeen(of, vocabulary) });
  return {
    prompt: 'Only one of these rows can come from the sentence. Which?',
    rows: [{ label: 'The sentence', chips: asSeen(ids, vocabulary) }],
    ask: choice(
      row(inputIds),
      [
        row(hidden([frame, ...free.slice(0, k - 1)])),
        row(hidden(free.slice(0, k + 2))),
        row(inputIds.filter((_, i) => i !== gap)),
      ],
      rng,
    ),
    answer: { label: 'What was drawn', chips: asKnown(made, vocabulary) },
    why: `The others break a rule: the frame is never hidden, no more than ${k} of ${ids.length} tokens are changed, and no token is ever taken out.`,
  };
}

/** Questions about the masks of one sentence. */
export const quiz: Quiz = { makers: { possible, label, unchanged, 'how-many': howMany, places } };
