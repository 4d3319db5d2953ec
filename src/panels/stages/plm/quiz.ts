import type { Rng } from '../../../core/rng.ts';
import type { Chip } from '../../../figures/chips.ts';
import { type Made, makeExample } from '../../../objectives/make.ts';
import { IGNORE } from '../../../objectives/objective.ts';
import { contentVisible, queryVisible } from '../../../objectives/plm/mask.ts';
import type { Vocabulary } from '../../../text/document.ts';
import { choice, inWords, type Option, type Question, type Quiz, type QuizText, shuffled } from '../../quiz.ts';
import { drawUntil } from '../shared/noise-quiz.ts';

/** One sentence, the last of a random order predicted. Yang et al. 2019, §2.3. */
const recipeOf = (share: number) => ({
  pairing: 'contiguous',
  pairingOptions: { sentences: 1, maxLength: 32 },
  noising: 'plm',
  noisingOptions: { share },
});
/** More than a sixth, so that a sentence has targets before and after one another. */
const several = 0.3;
/** The paper's K. */
const oneIn = 6;

/** A drawn order with its targets in the order in which they are predicted. */
interface Ordered {
  readonly made: Made;
  readonly targets: readonly number[];
}

/** Draws until at least three are predicted, which a sentence of ten words has. */
function ordered(source: QuizText, rng: Rng): Ordered {
  const targetsOf = ({ example: { order = [], labels } }: Made) =>
    order.filter((position) => labels[position] !== IGNORE);
  const made = drawUntil(source, recipeOf(several), rng, (one) => targetsOf(one).length >= 3, 500);
  return { made, targets: targetsOf(made) };
}

const chipsOf = (ids: readonly number[], { tokens, isSpecial }: Vocabulary): Chip[] =>
  ids.map((id) => ({ token: tokens[id] ?? '', special: isSpecial(id) }));

/** The row with a question mark on what may not be read. */
const viewOf = ({ sequence }: Made, isRead: (position: number) => boolean, vocabulary: Vocabulary): Chip[] =>
  chipsOf(sequence.ids, vocabulary).map((chip, i) => (isRead(i) ? chip : { token: '?', mark: 'hidden' }));

/** The row with a dot under what is predicted. */
const asked = ({ made, targets }: Ordered, vocabulary: Vocabulary): Chip[] =>
  chipsOf(made.sequence.ids, vocabulary).map((chip, i) => ({ ...chip, scored: targets.includes(i) }));

const answerOf = (one: Ordered, vocabulary: Vocabulary) => ({
  label: `Predicted in the order ${one.targets.join(', ')}`,
  chips: asked(one, vocabulary),
});
const given = (one: Ordered, { vocabulary }: QuizText) => ({
  label: 'The row; a dot is below what is predicted',
  chips: asked(one, vocabulary),
});

function mayRead(source: QuizText, rng: Rng): Question {
  const { vocabulary } = source;
  const one = ordered(source, rng);
  const { made, targets } = one;
  const k = 1 + rng.int(Math.max(1, targets.length - 2));
  const at = targets[k]!;
  const isContext = (i: number) => !targets.includes(i);
  const row = (isRead: (position: number) => boolean): Option => ({ chips: viewOf(made, isRead, vocabulary) });
  const isRight = (i: number) => isContext(i) || targets.indexOf(i) < k;
  const wrong = [
    row((i) => isRight(i) || i === at),
    row((i) => i !== at),
    row((i) => isContext(i) || targets.indexOf(i) > k),
    row((i) => i < at),
  ];
  return {
    prompt: `Predicted are the places ${inWords(targets)}, in this order. What may the query stream of place ${at} read?`,
    rows: [{ ...given(one, source), current: at }],
    ask: choice(row(isRight), shuffled(wrong, rng).slice(0, 3), rng),
    answer: { ...answerOf(one, vocabulary), current: at },
    why: 'It reads all context, and the targets before it in the order. Not itself: that is the content stream. Not those after it: that would be everybody but itself. And left or right of it makes no difference.',
  };
}

function whichOrder(source: QuizText, rng: Rng): Question {
  const { vocabulary } = source;
  const one = ordered(source, rng);
  const { made } = one;
  const targets = one.targets.slice(-3);
  const query = queryVisible(made.example.permMask ?? []);
  const sorted = targets.toSorted((a, b) => a - b);
  const orders = [
    targets.toReversed(),
    sorted,
    ...shuffled([0, 1, 2], rng).map((turn) => [...targets.slice(turn), ...targets.slice(0, turn)]),
    [targets[1]!, targets[0]!, targets[2]!],
  ].map((order) => order.join(', '));
  const right = targets.join(', ');
  const wrong = [...new Set(orders)].filter((text) => text !== right).slice(0, 3);
  return {
    prompt: 'Three places are predicted one after another. In which order?',
    rows: sorted.map((at) => ({
      label: `What the query stream of place ${at} may read`,
      chips: viewOf(made, (i) => query[at]?.[i] === 1, vocabulary),
      current: at,
    })),
    ask: choice(
      { text: right },
      wrong.map((text) => ({ text })),
      rng,
    ),
    answer: answerOf({ made, targets }, vocabulary),
    why: 'Who reads another one comes after it. The order backwards mistakes who reads for who is read; from left to right is only one order of many.',
  };
}

function howMany(source: QuizText, rng: Rng): Question {
  const { vocabulary, documents } = source;
  const made = makeExample(documents, recipeOf(1 / oneIn), vocabulary, rng.fork('draw'));
  const { length } = made.sequence.ids;
  const { order = [], labels } = made.example;
  const targets = order.filter((position) => labels[position] !== IGNORE);
  const right = targets.length;
  const numbers = [length - 2, length - right, Math.round(length / 2), right + 1, right + 2];
  const wrong = [...new Set(numbers)].filter((number) => number !== right).slice(0, 3);
  return {
    prompt: `The row has ${length} tokens, its frame included, and K is ${oneIn}. How many tokens bear loss?`,
    rows: [{ label: 'The row', chips: chipsOf(made.sequence.ids, vocabulary) }],
    ask: choice(
      { text: String(right) },
      wrong.map((number) => ({ text: String(number) })),
      rng,
    ),
    answer: answerOf({ made, targets }, vocabulary),
    why: `Only the last of the order are predicted, one K-th: ${length} ÷ ${oneIn} is ${(length / oneIn).toFixed(2)}, so ${right}. XLNet does not predict every word, nor the five sixths that come first: they would be guesses from almost nothing.`,
  };
}

function stream(source: QuizText, rng: Rng): Question {
  const { vocabulary } = source;
  const one = ordered(source, rng);
  const { made, targets } = one;
  const k = 1 + rng.int(Math.max(1, targets.length - 1));
  const [before, at] = [targets[k - 1]!, targets[k]!];
  const { permMask = [] } = made.example;
  const isContent = rng.int(2) === 0;
  const shown = (isContent ? contentVisible(permMask) : queryVisible(permMask))[at] ?? [];
  const names = [`the query stream of place ${at}`, `the content stream of place ${at}`];
  const right = names[isContent ? 1 : 0]!;
  const wrong = [names[isContent ? 0 : 1]!, `the query stream of place ${before}`, `a hole of BERT’s at place ${at}`];
  return {
    prompt: `Predicted are the places ${inWords(targets)}, in this order. Whose view is this?`,
    rows: [{ label: 'A view; a question mark is not read', chips: viewOf(made, (i) => shown[i] === 1, vocabulary) }],
    ask: choice(
      { text: right },
      wrong.map((text) => ({ text })),
      rng,
    ),
    answer: { ...answerOf(one, vocabulary), current: at },
    why: `The content stream reads its own word too, the query stream does not. Place ${before} comes before ${at} and so does not read it or what follows; a hole of BERT’s would read none of the targets.`,
  };
}

function input(source: QuizText, rng: Rng): Question {
  const { vocabulary } = source;
  const one = ordered(source, rng);
  const { made, targets } = one;
  const { ids } = made.sequence;
  const row = (of: readonly number[]): Option => ({ chips: chipsOf(of, vocabulary) });
  const wrong = [
    ids.map((id, i) => (targets.includes(i) ? vocabulary.maskId : id)),
    (made.example.order ?? []).map((position) => ids[position]!),
    ids.filter((_, i) => !targets.includes(i)),
  ];
  return {
    prompt: 'Which row is the input of XLNet?',
    rows: [given(one, source)],
    ask: choice(row(made.example.inputIds), wrong.map(row), rng),
    answer: answerOf(one, vocabulary),
    why: 'The text itself. No [MASK] stands in it, no word changes its place, and none is left out: only who may read whom follows the order.',
  };
}

function bits(_: QuizText, rng: Rng): Question {
  const each = 3 + rng.int(4);
  const questions = [
    { ask: 'What do both words cost together, one predicted after the other?', right: each },
    { ask: 'What do both words cost together, each predicted alone?', right: 2 * each },
    { ask: 'What does the second word cost, once the first is read?', right: 0 },
  ];
  const { ask, right } = questions[rng.int(questions.length)]!;
  const wrong = [0, each / 2, each, 2 * each].filter((number) => number !== right);
  const words = ['from', 'new', 'york', '.'];
  const chips = words.map((token, i): Chip => ({ token, scored: i === 1 || i === 2 }));
  return {
    prompt: `A text has ${2 ** each} cities of two words, all equally likely, and no word belongs to two of them. ${ask}`,
    rows: [{ label: 'One of its cities', chips }],
    ask: choice(
      { text: `${right} bits` },
      wrong.map((number) => ({ text: `${number} bits` })),
      rng,
    ),
    answer: { label: 'Both words are predicted', chips },
    why: `Choosing among ${2 ** each} is ${each} bits. Along an order the first word costs all of it and the second nothing. Each alone costs ${each} twice: that both guesses are as good as they can be does not make them fit together, nor is the doubt shared out between them.`,
  };
}

/** Questions about the order of one sentence and the two streams that follow from it. */
export const quiz: Quiz = {
  makers: { 'may-read': mayRead, input, 'how-many': howMany, stream, 'which-order': whichOrder, bits },
};
