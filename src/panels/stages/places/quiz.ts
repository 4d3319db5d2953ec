import type { Rng } from '../../../core/rng.ts';
import { distanceRows } from '../../../models/deberta/distances.ts';
import { blueprint } from '../../../models/deberta/spec.ts';
import { choice, type Question, type Quiz, type QuizText, type Row, shuffled } from '../../quiz.ts';
import { chooseWords, ratesByPart } from '../../starved.ts';
import { twins } from './twins.ts';

const texts = (list: readonly string[]) => list.map((text) => ({ text }));
const others = (all: readonly string[], right: string) => texts(all.filter((one) => one !== right));

/** Two sentences of one story, one behind the other, as words. */
function wordsOf({ documents, vocabulary }: QuizText, rng: Rng): readonly string[] {
  const { sentences } = documents[rng.int(documents.length)]!;
  const at = rng.int(Math.max(1, sentences.length - 1));
  return sentences.slice(at, at + 2).flatMap((ids) => ids.map((id) => vocabulary.tokens[id] ?? ''));
}

interface Twice {
  readonly words: readonly string[];
  /** Places of two that look, and of what each looks at, equally far away. */
  readonly cells: readonly [readonly [number, number], readonly [number, number]];
  readonly sameQuery: boolean;
  readonly sameKey: boolean;
}

/** Two pairs of words at the same distance that share one of their words, or both. */
function pairsOf(words: readonly string[]): readonly Twice[] {
  const found: Twice[] = [];
  words.forEach((query, i) => {
    words.forEach((other, k) => {
      if (k <= i) return;
      for (const far of [-3, -2, -1, 1, 2, 3]) {
        const [j, l] = [i + far, k + far];
        if (j < 0 || l < 0 || j >= words.length || l >= words.length) continue;
        const [sameQuery, sameKey] = [query === other, words[j] === words[l]];
        if (sameQuery !== sameKey || sameQuery)
          found.push({
            words,
            cells: [
              [i, j],
              [k, l],
            ],
            sameQuery,
            sameKey,
          });
      }
    });
  });
  return found;
}

function term(source: QuizText, rng: Rng): Question {
  const kinds = ['query', 'key', 'both'] as const;
  const kind = kinds[rng.int(kinds.length)]!;
  const fits = ({ sameQuery, sameKey }: Twice) =>
    kind === 'both' ? sameQuery && sameKey : sameQuery !== sameKey && sameQuery === (kind === 'query');
  let open: readonly Twice[] = [];
  for (let i = 0; open.length === 0; i++) open = pairsOf(wordsOf(source, rng.fork(`words ${i}`))).filter(fits);
  const { words, cells } = open[rng.int(open.length)]!;
  const options = {
    query: 'content → place only',
    key: 'place → content only',
    both: 'all three parts',
    none: 'content → content only',
  };
  const said = ([i, j]: readonly [number, number]) => `${words[i]} (${i}) looks at ${words[j]} (${j})`;
  const row = (cell: readonly [number, number]): Row => ({
    label: said(cell),
    chips: words.map((token, i): { token: string; scored?: boolean } => ({ token, scored: cell.includes(i) })),
    current: cell[0],
  });
  const why = {
    query:
      'The word that looks is the same and so is the distance: what it asks of a distance is the same. What is looked at is another word, and the two other parts hear it.',
    key: 'The word that is looked at is the same and so is the distance: what it says to someone so far away is the same. Who looks is another word, and the two other parts hear it.',
    both: 'Both words are the same and so is their distance. In the first layer a state is the word alone, so all three parts are the same: nothing tells that they stand elsewhere.',
  }[kind];
  return {
    prompt: 'In the first layer of DeBERTa, which parts of these two scores are certainly the same?',
    rows: cells.map(row),
    ask: choice({ text: options[kind] }, others(Object.values(options), options[kind]), rng),
    answer: row(cells[0]),
    why,
  };
}

function cell(source: QuizText, rng: Rng): Question {
  let words: readonly string[] = [];
  for (let i = 0; words.length < 16; i++) words = wordsOf(source, rng.fork(`words ${i}`));
  const k = [3, 4, 5, 6][rng.int(4)]!;
  const isFar = rng.int(3) > 0;
  const i = rng.int(words.length);
  const fits = (j: number) => (isFar ? Math.abs(i - j) > k : Math.abs(i - j) < k && j !== i);
  const open = words.map((_, j) => j).filter(fits);
  const j = open[rng.int(open.length)]!;
  const rows = distanceRows(words.length, { ...blueprint.toy, radius: k });
  const right = rows[words.length - i + j]!;
  const wrong = [i - j, Math.max(0, Math.min(2 * k - 1, j - i + k)), i - j + k, Math.abs(i - j)];
  const different = [...new Set([...wrong, k, 2 * k, 0, 2 * k - 1])].filter((one) => one !== right).slice(0, 3);
  return {
    prompt: `Distances are told apart up to k = ${k}, so the strip has ${2 * k} cells, 0 to ${2 * k - 1}. Which one is read when ${words[i]} at place ${i} looks at ${words[j]} at place ${j}?`,
    rows: [
      {
        label: 'The text',
        chips: words.map((token, at) => ({ token, scored: at === i || at === j })),
        current: i,
      },
    ],
    ask: choice({ text: String(right) }, texts(different.map(String)), rng),
    answer: {
      label: 'Who looks, and at what',
      areFacts: true,
      chips: [{ token: `${words[i]} (${i})` }, { token: `${words[j]} (${j})` }],
    },
    why: `The distance is counted from who looks: ${i} − ${j} = ${i - j}. With k added it is ${i - j + k}; below 0 it becomes 0, above ${2 * k - 1} it becomes ${2 * k - 1}. So the cell is ${right}.`,
  };
}

/** Models, and whether anything in them hears of absolute places. */
const models = [
  { name: 'BERT', moves: true },
  { name: 'DeBERTa with its mask decoder', moves: true },
  { name: 'DeBERTa without its mask decoder', moves: false },
  { name: 'DeBERTa with only content → content, and its mask decoder', moves: true },
  { name: 'DeBERTa without content → place, and without its mask decoder', moves: false },
  { name: 'XLNet', moves: false },
  { name: 'Transformer-XL', moves: false },
  { name: 'RoBERTa', moves: true },
  { name: 'DeBERTa with absolute places in its input', moves: true },
];

function shift(_: QuizText, rng: Rng): Question {
  const wantsMoving = rng.int(2) === 0;
  const right = shuffled(
    models.filter(({ moves }) => moves === wantsMoving),
    rng,
  )[0]!;
  const wrong = shuffled(
    models.filter(({ moves }) => moves !== wantsMoving),
    rng,
  ).slice(0, 3);
  const by = 1 + rng.int(20);
  return {
    prompt: `The same text is given twice: once its places are counted from 0, once from ${by}. Which of these models ${wantsMoving ? 'may answer otherwise' : 'answers exactly the same'}?`,
    rows: [
      {
        label: 'The number of its first place',
        areFacts: true,
        chips: [{ token: 'place 0' }, { token: `place ${by}` }],
      },
    ],
    ask: choice({ text: right.name }, texts(wrong.map(({ name }) => name)), rng),
    answer: { label: 'This one', areFacts: true, chips: [{ token: right.name }] },
    why: wantsMoving
      ? `${right.name} adds a vector for each absolute place somewhere, and that vector is now another one. The other three hear of distances alone, and those are what they were.`
      : `${right.name} hears of distances alone: who stands how far from whom. Moved together, all stay as far apart as they were. The other three add a vector for the place itself.`,
  };
}

function count(_: QuizText, rng: Rng): Question {
  const width = [256, 384, 768, 1024][rng.int(4)]!;
  const places = [128, 256, 512][rng.int(3)]!;
  const number = (value: number) => value.toLocaleString('en');
  const right = number(places * width);
  const layer = 12 * width * width;
  const wrong = [number(layer), number(2 * layer), number(places * width + layer), number(2 * places * width)];
  return {
    prompt: `A DeBERTa is ${width} numbers wide and reads up to ${places} tokens. How many weights does its mask decoder add?`,
    rows: [{ label: 'The model', areFacts: true, chips: [{ token: `width ${width}` }, { token: `${places} places` }] }],
    ask: choice({ text: right }, texts(wrong.filter((one) => one !== right).slice(0, 3)), rng),
    answer: { label: 'The table of places', areFacts: true, chips: [{ token: `${places} × ${width}` }] },
    why: `The mask decoder goes through the last layer twice, with the weights that layer has anyway (a layer has about ${number(layer)}). Its own is the table of absolute places alone: ${places} rows of ${width}.`,
  };
}

function starve(_: QuizText, rng: Rng): Question {
  const size = { rows: 400, words: 126, parts: 4 };
  const kinds = ['left', 'right', 'shuffled'] as const;
  const kind = kinds[rng.int(kinds.length)]!;
  const how = { longest: 1 + rng.int(3), isShuffled: kind === 'shuffled' };
  const { rates } = ratesByPart(size, how, rng.fork('rates'));
  const shown = kind === 'right' ? [...rates].reverse() : rates;
  const options = {
    left: 'From the left until 15 % were taken, as in the published code',
    right: 'From the right until 15 % were taken',
    shuffled: 'In a random order until 15 % were taken',
    all: 'All marked words were taken',
  };
  const percentText = (rate: number) => `${(100 * rate).toFixed(1)} %`;
  const sample = chooseWords(24, how, rng.fork('sample'));
  return {
    prompt: `One word in six was marked, and of those not more than 15 % of the text were hidden. The chips say what share of each quarter was hidden, over ${size.rows} texts. How were the marked words taken?`,
    rows: [
      {
        label: 'The four quarters, left to right',
        areFacts: true,
        chips: shown.map((rate) => ({ token: percentText(rate) })),
      },
    ],
    ask: choice({ text: options[kind] }, others(Object.values(options), options[kind]), rng),
    answer: {
      label: 'Marked in a text of 24 words, before any was dropped',
      areFacts: true,
      chips: Array.from({ length: 24 }, (_, i) => ({
        token: String(i + 1),
        scored: sample.windows.some(({ marked }) => marked.includes(i)),
      })),
    },
    why: {
      left: 'One in six is 16.7 %, more than the 15 % that are allowed. Who takes them from the left has taken enough before the end: the right end goes hungry.',
      right:
        'One in six is 16.7 %, more than the 15 % that are allowed. Here it is the left end that goes hungry. The published code begins at the left.',
      shuffled:
        'All quarters are asked for about alike: whatever was dropped was dropped anywhere. The published code takes the marked words from the left, and its last quarter has some 10 %.',
    }[kind],
  };
}

/** Questions about contents, distances and places. */
export const quiz: Quiz = { makers: { term, cell, shift, twins, count, starve } };
