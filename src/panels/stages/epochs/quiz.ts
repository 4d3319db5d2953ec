import type { Rng } from '../../../core/rng.ts';
import type { Chip } from '../../../figures/chips.ts';
import type { Vocabulary } from '../../../text/document.ts';
import { drawEpochs } from '../../epochs.ts';
import { choice, type Question, type Quiz, type QuizText, type Row, shuffled } from '../../quiz.ts';
import { format } from './format.ts';
import { measured } from './measured.ts';

/** Epochs shown of one sentence: one more than there are masks, so that one of three must come again. */
const shownEpochs = 4;
const copiesOffered = [0, 1, 3] as const;

const perCent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const texts = (list: readonly string[]) => list.map((text) => ({ text }));

/** A sentence of middling length, as ids. */
function sentenceOf({ documents }: QuizText, rng: Rng): readonly number[] {
  for (;;) {
    const { sentences } = documents[rng.int(documents.length)]!;
    const found = sentences[rng.int(sentences.length)]!;
    if (found.length >= 9 && found.length <= 13) return found;
  }
}

/** One row as the model sees it, with what happened to its tokens. */
function chipsOf({ rows, inputs }: ReturnType<typeof drawEpochs>, epoch: number, { tokens }: Vocabulary): Chip[] {
  const kinds = new Map(rows[epoch]!.holes.map(({ place, kind }) => [place, kind]));
  return inputs[epoch]!.map((id, place): Chip => ({ token: tokens[id] ?? '', mark: kinds.get(place) }));
}
const placesOf = ({ rows }: ReturnType<typeof drawEpochs>) => rows[0]!.holes.map(({ place }) => place).join();

function epochs(source: QuizText, rng: Rng): Question {
  const { vocabulary } = source;
  const copies = copiesOffered[rng.int(copiesOffered.length)]!;
  const draw = (ids: readonly number[], name: string, count: number) =>
    drawEpochs({ ids, seed: String(rng.fork(name).key), copies, epochs: count }, vocabulary);
  const repeats = (drawn: ReturnType<typeof drawEpochs>) => drawn.sameAs.filter((same) => same !== undefined).length;
  const isClear = (drawn: ReturnType<typeof drawEpochs>) =>
    copies === 3 ? repeats(drawn) < shownEpochs - 1 : repeats(drawn) === (copies === 1 ? shownEpochs - 1 : 0);
  let drawn = draw(sentenceOf(source, rng.fork('sentence 0')), 'draw 0', shownEpochs);
  for (let i = 1; !isClear(drawn); i++)
    drawn = draw(sentenceOf(source, rng.fork(`sentence ${i}`)), `draw ${i}`, shownEpochs);
  // Another sentence with the same holes would leave open whether all share one mask.
  let other = draw(sentenceOf(source, rng.fork('other 0')), 'other 0', 1);
  for (let i = 1; placesOf(other) === placesOf(drawn); i++)
    other = draw(sentenceOf(source, rng.fork(`other ${i}`)), `other ${i}`, 1);
  const options = [
    'One mask is stored for each sentence',
    'Three masks are stored for each sentence',
    'A new mask is drawn each time',
    'One mask is stored for all sentences alike',
  ];
  const right = { 0: options[2]!, 1: options[0]!, 3: options[1]! }[copies];
  const why = {
    0: 'No row comes twice. Of three stored masks one would have had to come again in four epochs, and one mask alone makes all rows the same.',
    1: 'All four rows are the same, and the other sentence has holes elsewhere: each sentence has its own mask. Static does not mean one mask for all sentences.',
    3: 'Some rows are the same and others are not, so there are several masks, and they are kept. Drawn anew each time, hardly any row would come twice; with one mask all would be alike.',
  }[copies];
  const rows = drawn.rows.map(({ label }, i): Row => ({ label, chips: chipsOf(drawn, i, vocabulary) }));
  return {
    prompt: 'Four epochs of one sentence, and one of another. How are the masks made?',
    rows: [...rows, { label: 'another sentence, epoch 1', chips: chipsOf(other, 0, vocabulary) }],
    ask: choice({ text: right }, texts(options.filter((one) => one !== right)), rng),
    answer: { label: 'The sentence', chips: drawn.tokens.map((token) => ({ token })) },
    why,
  };
}

function coverage(source: QuizText, rng: Rng): Question {
  const copies = [2, 3, 4, 5, 8, 10, 40][rng.int(7)]!;
  const rounds = [2, 3, 4, 5, 8, 10, 20, 40][rng.int(8)]!;
  const masks = Math.min(copies, rounds);
  const law = (rate: number, k: number) => 1 - (1 - rate) ** k;
  const right = perCent(law(0.15, masks));
  const wrong = [
    perCent(0.15),
    perCent(Math.min(1, 0.15 * masks)),
    perCent(law(0.12, masks)),
    perCent(law(0.15, Math.max(copies, rounds))),
  ];
  const different = [...new Set(wrong)].filter((text) => text !== right).slice(0, 3);
  const ids = sentenceOf(source, rng.fork('sentence'));
  const drawn = drawEpochs({ ids, seed: String(rng.fork('draw').key), copies: 0, epochs: masks }, source.vocabulary);
  const ever = new Set(drawn.rows.flatMap(({ holes }) => holes.map(({ place }) => place)));
  return {
    prompt: `${copies} different masks are stored for each sentence, each with 15 % of the tokens chosen, and a sentence is read in ${rounds} epochs with a different one as long as there are any. What share of its tokens is asked for at least once, on average?`,
    rows: [{ label: 'One of the masks', chips: chipsOf(drawn, 0, source.vocabulary) }],
    ask: choice({ text: right }, texts(different), rng),
    answer: {
      label: `What ${masks} masks ask for; a dot bears loss`,
      chips: drawn.tokens.map((token, place) => ({ token, scored: ever.has(place) })),
    },
    why: `${masks} different masks are met, and a token escapes each with 85 %: 1 − 0.85^${masks} = ${right}. It is not 15 %, for each mask chooses anew. It is not ${masks} times 15 %, for masks overlap. The 12 % shown as [MASK] are not all that is asked. And a mask that comes again asks nothing new.`,
  };
}

/** Batches and steps of large models. Liu et al. 2019, Table 4. */
const budgets = [
  { name: 'BERT-large', batch: 256, steps: 1000 },
  { name: 'RoBERTa, the run of a day', batch: 8000, steps: 100 },
  { name: 'RoBERTa, longer', batch: 8000, steps: 300 },
  { name: 'RoBERTa, longest', batch: 8000, steps: 500 },
  { name: 'XLNet-large', batch: 2000, steps: 500 },
];
const times = (ratio: number): string => {
  const text = ratio >= 10 ? String(Math.round(ratio)) : ratio.toFixed(1).replace(/\.0$/, '');
  return `${text} times as many`;
};

function more(_: QuizText, rng: Rng): Question {
  const [a, b] = shuffled(budgets, rng);
  const total = ({ batch, steps }: (typeof budgets)[number]) => batch * steps;
  const [winner, loser] = total(a!) > total(b!) ? [a!, b!] : [b!, a!];
  const ratio = total(winner) / total(loser);
  const [many, few] = winner.steps > loser.steps ? [winner, loser] : [loser, winner];
  const right = `${winner.name}, ${times(ratio)}`;
  const wrong = [
    // Counts steps alone; counts the batch alone.
    many.steps === few.steps ? '' : `${many.name}, ${times(many.steps / few.steps)}`,
    winner.batch === loser.batch ? '' : `${winner.name}, ${times(winner.batch / loser.batch)}`,
    'Both the same number',
    `${loser.name}, ${times(ratio)}`,
    `${winner.name}, ${times(ratio * 2)}`,
  ];
  const different = [...new Set(wrong)].filter((text) => text !== '' && text !== right).slice(0, 3);
  const budget = ({ name, batch, steps }: (typeof budgets)[number]): Row => ({
    label: name,
    areFacts: true,
    chips: [{ token: `${batch.toLocaleString('en')} sequences a step` }, { token: `${steps},000 steps` }],
  });
  const sum = (one: (typeof budgets)[number]) => `${one.name} ${(total(one) / 1000).toLocaleString('en')} million`;
  return {
    prompt: 'Which of the two saw more sequences while it was trained?',
    rows: shuffled([winner, loser], rng).map(budget),
    ask: choice({ text: right }, texts(different), rng),
    answer: budget(winner),
    why: `A step reads a whole batch, so steps and batch are multiplied: ${sum(winner)}, ${sum(loser)}. Neither the number of steps nor the size of a batch says it alone.`,
  };
}

function floor(_: QuizText, rng: Rng): Question {
  const { best, runs } = measured;
  const statements = {
    heart: 'Single holes were learned by heart',
    texts: 'Something of these very texts was learned, but not single holes',
    any: 'What was learned so far holds for any text of this kind',
    wrong: 'It is better than possible, so the best possible line is wrong',
  };
  const kinds = Object.keys(runs) as (keyof typeof runs)[];
  const kind = kinds[rng.int(kinds.length)]!;
  const shown = runs[kind][rng.int(runs[kind].length)]!;
  const right = statements[kind];
  const why = {
    heart: `The loss on the holes it learns from lies under the best possible one of ${best.toFixed(2)}, and new holes in the same text cost far more: only memory can do that. The line is an exact sum; it holds for readers who have not seen the answers.`,
    texts:
      'The holes it learns from cost as much as new ones in the same text, so it is not holes that it remembers. New text costs clearly more: some of what it knows are these texts.',
    any: 'None of the three is far from the others; the first lags behind a little, for it is a mean over the last 25 steps. What has been learned helps with new text as much as with the old.',
  }[kind];
  const number = (label: string, value: number): Row => ({
    label,
    chips: [{ token: value.toFixed(2) }],
  });
  return {
    prompt: `A run stands at step ${shown.step}. The best possible loss without memory is ${best.toFixed(2)}. What follows?`,
    rows: [
      number('loss on the holes it learns from, a mean over 25 steps', shown.own),
      number('on new holes in the same text', shown.same),
      number('on new text', shown.fresh),
    ],
    ask: choice({ text: right }, texts(Object.values(statements).filter((one) => one !== right)), rng),
    answer: { label: 'how much more new text costs', chips: [{ token: (shown.fresh - shown.own).toFixed(2) }] },
    why,
  };
}

function often(source: QuizText, rng: Rng): Question {
  const copies = [2, 4, 5, 10][rng.int(4)]!;
  const each = [2, 3, 4, 6, 8][rng.int(5)]!;
  const rounds = copies * each;
  const right = `${each} times`;
  const wrong = [`${rounds} times`, 'once', `${copies} times`, `${each + 1} times`];
  const different = [...new Set(wrong)].filter((text) => text !== right).slice(0, 3);
  const ids = sentenceOf(source, rng.fork('sentence'));
  const drawn = drawEpochs({ ids, seed: String(rng.fork('draw').key), copies, epochs: 1 }, source.vocabulary);
  const chips = chipsOf(drawn, 0, source.vocabulary);
  return {
    prompt: `${copies} masks are stored for this sentence, and it is read in ${rounds} epochs. How often does each row of holes come, on average?`,
    rows: [{ label: 'One of its masks', chips }],
    ask: choice({ text: right }, texts(different), rng),
    answer: { label: 'This row', chips },
    why: `${rounds} readings are shared by ${copies} masks, so each comes ${each} times. Static masks do not come in every epoch, unless there is only one; and they do come again, unless there are as many as epochs. BERT had ten for about forty epochs: four times each.`,
  };
}

/** Questions about when masks are drawn, and what follows. */
export const quiz: Quiz = { makers: { epochs, coverage, more, format, floor, often } };
