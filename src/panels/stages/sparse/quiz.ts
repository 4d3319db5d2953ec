import type { Rng } from '../../../core/rng.ts';
import { type BlockChoice, heads, patternsOfHead, reasonsOf } from '../../blocks.ts';
import { choice, inWords, type Question, type Quiz, type QuizText, type Row } from '../../quiz.ts';
import { hopsBetween } from '../../reach.ts';
import { whichRun } from './which-run.ts';

const texts = (list: readonly (string | number)[]) => list.map((text) => ({ text: String(text) }));
/** Three wrong answers that differ from the right one and from each other. */
const wrongOf = (right: string | number, wrong: readonly (string | number)[]) =>
  texts([...new Set(wrong.map(String))].filter((one) => one !== String(right)).slice(0, 3));
const row = (label: string, value: number | string): Row => ({
  label,
  areFacts: true,
  chips: [{ token: String(value) }],
});
const names = {
  window: 'its neighbours',
  global: 'its neighbours, the first and the last',
  paper: 'its neighbours, the first, the last and one at random',
} as const;

function whichBlocks(_: QuizText, rng: Rng): Question {
  const blocks = 11 + rng.int(6);
  const parts = (['window', 'global', 'paper'] as const)[rng.int(3)]!;
  const at = 3 + rng.int(blocks - 6);
  const layer = rng.int(4);
  const head = rng.int(heads);
  const cells = reasonsOf({ blocks, random: 1, parts }, layer, head)[at]!;
  const right = cells.flatMap((reason, j) => (reason ? [j] : []));
  const drawn = cells.indexOf('random');
  const chips = cells.map((_reason, j) => ({ token: String(j) }));
  return {
    prompt: `A text has ${blocks} blocks, 0 to ${blocks - 1}. A block reads itself and ${names[parts]}${drawn >= 0 ? `; drawn was ${drawn}` : ''}. Which blocks does block ${at} read?`,
    rows: [{ label: 'blocks', areFacts: true, chips, current: at }],
    ask: { form: 'places', right },
    answer: {
      label: 'It reads',
      areFacts: true,
      chips: chips.map((chip, j) => ({ ...chip, scored: right.includes(j) })),
      current: at,
    },
    why: `Block ${at} reads itself and its neighbours ${at - 1} and ${at + 1}${parts === 'window' ? ', and no other' : `; the first, 0, and the last, ${blocks - 1}${drawn >= 0 ? `; and ${drawn}, which was drawn for it` : ''}`}.`,
  };
}

function cells(_: QuizText, rng: Rng): Question {
  const size = [8, 16, 32, 64][rng.int(4)]!;
  const blocks = [32, 64, 128][rng.int(3)]!;
  const length = size * blocks;
  const read = 6;
  const perCent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const right = perCent(read / blocks);
  return {
    prompt:
      'Each block reads six blocks, so many as there are in a row: three in a window, two global ones, one at random. About what share of the full square is that?',
    rows: [row('tokens', length), row('tokens of a block', size)],
    ask: choice(
      { text: right },
      wrongOf(right, [
        perCent((read * size) / blocks / 32),
        perCent(read / length),
        perCent((read / blocks) ** 2),
        perCent(3 / blocks),
        perCent(1),
      ]),
      rng,
    ),
    answer: row('six of so many blocks', blocks),
    why: `There are ${length} ÷ ${size} = ${blocks} blocks, and a row reads 6 of them: 6 ÷ ${blocks} = ${right}. (The few rows that read everything add a little.) With twice the text it is half the share: so the sum grows in proportion, not with the square.`,
  };
}

const steps = (layers: number | undefined): string =>
  layers === undefined ? 'never' : layers === 1 ? '1 layer' : `${layers} layers`;

function hops(_: QuizText, rng: Rng): Question {
  const blocks = 12 + rng.int(12);
  const parts = (['window', 'global'] as const)[rng.int(2)]!;
  const from = blocks - 3 - rng.int(2);
  const to = 2 + rng.int(3);
  const choiceOf: BlockChoice = { blocks, random: 1, parts };
  const found = hopsBetween(patternsOfHead(choiceOf, 1, 0)[0]!, from, to);
  const right = steps(found);
  return {
    prompt: `Of ${blocks} blocks each reads itself and ${names[parts]}${parts === 'global' ? ', and these two read all' : ''}. After how many layers can block ${from} hold something of block ${to}?`,
    rows: [row('who asks', `block ${from}`), row('what is told there', `block ${to}`)],
    ask: choice(
      { text: right },
      wrongOf(right, [steps(from - to), steps(1), steps(2), steps(from - to + 1), 'never']),
      rng,
    ),
    answer: row('after', right),
    why:
      parts === 'window'
        ? `One block a layer: from ${to} to ${from} it is ${from - to}. Not never; but so many layers are seldom there, and what is passed on so often has long been mixed with other things.`
        : `The first block reads everything, also block ${to}; and everybody reads the first block. So two layers bring any two together, however long the text is. In one layer block ${from} reads the first, but what that had before it read anything.`,
  };
}

function parts(_: QuizText, rng: Rng): Question {
  const kinds = ['window', 'global', 'random', 'paper'] as const;
  const kind = kinds[rng.int(kinds.length)]!;
  const blocks = 11;
  const all = {
    window: 'neighbours alone',
    global: 'neighbours, first and last',
    random: 'neighbours and random ones',
    paper: 'neighbours, first and last, random ones',
  };
  const pattern = reasonsOf({ blocks, random: 1, parts: kind }, rng.int(4), rng.int(heads));
  const shown = [4, 5, 6];
  return {
    prompt: 'Three rows of one head: which blocks does each read? What is switched on?',
    rows: shown.map((i) =>
      row(`block ${i} of 0 to 10 reads`, inWords(pattern[i]!.flatMap((reason, j) => (reason ? [j] : [])))),
    ),
    ask: choice({ text: all[kind] }, texts(kinds.filter((one) => one !== kind).map((one) => all[one])), rng),
    answer: row('It is', all[kind]),
    why: 'Neighbours stand beside the diagonal. The first and the last block come in every row, at the same place. What comes in one row at one place and in the next at another was drawn.',
  };
}

function whole(_: QuizText, rng: Rng): Question {
  const words = [200, 300, 400, 600, 800, 1000, 2000][rng.int(7)]!;
  const cap = 75;
  const wanted = Math.round(0.15 * words);
  const right = Math.min(cap, wanted);
  return {
    prompt: 'About how many places are asked for? 15 % are drawn, and at most 75.',
    rows: [row('places in the text', words), row('at most', cap)],
    ask: choice(
      { text: String(right) },
      wrongOf(right, [wanted, cap, Math.round(0.8 * wanted), words, Math.round(0.3 * words)]),
      rng,
    ),
    answer: row('asked for', right),
    why: `15 % of ${words} is ${wanted}${wanted > cap ? `, more than the ${cap} that there is room for: the drawing stops there. In a text of 4,096 pieces that is not one in seven any more, but less than one in fifty.` : `, and that is not more than ${cap}.`}`,
  };
}

/** Questions about blocks of a long text: who reads whom, and what it comes to. */
export const quiz: Quiz = { makers: { whichBlocks, cells, hops, parts, whole, whichRun } };
