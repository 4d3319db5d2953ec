import type { Rng } from '../../../core/rng.ts';
import { countText } from '../../../figures/parts.ts';
import { choice, type Question, type Quiz, type QuizText, type Row } from '../../quiz.ts';

const sizes = (label: string, entries: Readonly<Record<string, number | string>>): Row => ({
  label,
  areFacts: true,
  chips: Object.entries(entries).map(([name, value]) => ({
    token: `${name} ${typeof value === 'number' ? value.toLocaleString('en') : value}`,
  })),
});
const pick = <T>(list: readonly T[], rng: Rng): T => list[rng.int(list.length)]!;
/** Up to three wrong answers that differ from the right one and from each other as they are written. */
const texts = (right: string, wrong: readonly string[]) =>
  [...new Set(wrong)]
    .filter((text) => text !== right)
    .slice(0, 3)
    .map((text) => ({ text }));

function count(_: QuizText, rng: Rng): Question {
  const V = pick([8_000, 20_000, 30_000, 50_000], rng);
  const H = pick([768, 1024, 2048, 4096], rng);
  const E = pick([64, 128, 256], rng);
  const right = countText(V * E + E * H);
  return {
    prompt: 'A word table of two matrices: from V words to E numbers, and from E to H. How many weights have both?',
    rows: [sizes('The sizes', { 'V =': V, 'H =': H, 'E =': E })],
    ask: choice({ text: right }, texts(right, [countText(V * H), countText(V * E), countText(V * E * H)]), rng),
    answer: sizes('The two', { 'V × E =': V * E, 'E × H =': E * H }),
    why: `V × E + E × H = ${countText(V * E)} + ${countText(E * H)}. One table of full width would have V × H = ${countText(V * H)}; the second matrix must not be forgotten, but it is small.`,
  };
}

/** Weights of the two halves of a layer, with biases and norms. Lan et al. 2020, §3.1. */
const halvesOf = (H: number) => ({ attention: 4 * (H * H + H) + 2 * H, forward: 8 * H * H + 5 * H + 2 * H });

function share(_: QuizText, rng: Rng): Question {
  const H = pick([64, 128, 768], rng);
  const L = pick([4, 6, 12], rng);
  const what = pick(['attention', 'the feed-forward part', 'all'] as const, rng);
  const { attention, forward } = halvesOf(H);
  const of = (a: number, f: number) => countText(a * attention + f * forward);
  const right = { attention: of(1, L), 'the feed-forward part': of(L, 1), all: of(1, 1) }[what];
  const wrong = [of(L, L), of(1, 1), of(L, 1), of(1, L)];
  return {
    prompt: `${L} layers share ${what === 'all' ? 'all of their weights' : what}. How many weights do the layers have together?`,
    rows: [sizes('One layer', { 'layers:': L, 'attention:': attention, 'feed-forward:': forward })],
    ask: choice({ text: right }, texts(right, wrong), rng),
    answer: sizes('How often each half is stored', {
      'attention ×': what === 'the feed-forward part' ? L : 1,
      'feed-forward ×': what === 'attention' ? L : 1,
    }),
    why: 'What is shared is stored once, what is not once a layer. The feed-forward half is about twice as large as attention, so sharing it saves more.',
  };
}

function faster(_: QuizText, rng: Rng): Question {
  const H = pick([512, 768, 1024], rng);
  const shared = { L: pick([12, 24], rng), H: H * pick([1, 2], rng) };
  const plain = { L: pick([6, 12], rng), H };
  const work = ({ L, H }: { readonly L: number; readonly H: number }) => 12 * L * H * H;
  const weights = 12 * shared.H * shared.H;
  const [a, b] = [work(shared), work(plain)];
  const names = ['the one that shares its layers', 'the one that does not', 'both the same'] as const;
  const right = a === b ? names[2] : a < b ? names[0] : names[1];
  return {
    prompt:
      'Two models of one kind of layer, one of them with one set of weights for all layers. Which of them reads a token with less arithmetic?',
    rows: [
      sizes('Shares its layers', { 'layers:': shared.L, 'width:': shared.H, 'weights:': countText(weights) }),
      sizes('Does not', { 'layers:': plain.L, 'width:': plain.H, 'weights:': countText(b) }),
    ],
    ask: choice({ text: right }, texts(right, [...names, 'that cannot be said without a clock']), rng),
    answer: sizes('Multiply-adds a token', { 'shared:': countText(a), 'not shared:': countText(b) }),
    why: `A layer costs about 12 × width² multiply-adds a token each time it is walked, whoever's weights it has. ${countText(a)} against ${countText(b)}. How many weights are stored does not come into it.`,
  };
}

function memory(_: QuizText, rng: Rng): Question {
  const L = pick([6, 12, 24], rng);
  const right = 'the weights, and what Adam keeps of each weight';
  const wrong = [
    'the weights, what Adam keeps, and the states of the tokens',
    'the weights alone',
    'the states of the tokens alone',
  ];
  return {
    prompt: `${L} layers are trained with one set of weights for all. Which of these takes less memory than with ${L} sets?`,
    rows: [
      sizes('In memory while training', { weights: '', 'Adam’s two numbers a weight': '', 'states of each pass': '' }),
    ],
    ask: choice({ text: right }, texts(right, wrong), rng),
    answer: sizes('Stored', { 'weights:': 'once', 'Adam’s numbers:': 'once', 'states:': `${L} times` }),
    why: `Weights and what the optimizer keeps of them are there once. But to work out a gradient the states of all ${L} passes are needed, as without sharing; with long rows that is most of the memory.`,
  };
}

/** Lan et al. 2020, Table 2: weights in millions, mean over five tasks, training speed beside BERT-large. */
const table = [
  { name: 'ALBERT-base', weights: 12, mean: 80.1, speed: 5.6, rival: 'BERT-base' },
  { name: 'ALBERT-large', weights: 18, mean: 82.4, speed: 1.7, rival: 'BERT-large' },
  { name: 'ALBERT-xxlarge', weights: 235, mean: 88.7, speed: 0.3, rival: 'BERT-large' },
];
const rivals: Readonly<Record<string, { readonly weights: number; readonly mean: number; readonly speed: number }>> = {
  'BERT-base': { weights: 108, mean: 82.3, speed: 4.7 },
  'BERT-large': { weights: 334, mean: 85.2, speed: 1 },
};

function read(_: QuizText, rng: Rng): Question {
  const one = pick(table, rng);
  const other = rivals[one.rival]!;
  const row = ({ weights, mean, speed }: (typeof rivals)[string]) => ({
    'weights:': `${weights} M`,
    'mean:': mean.toFixed(1),
    'speed:': `${speed}×`,
  });
  const isBetter = one.mean > other.mean;
  const isFaster = one.speed > other.speed;
  const said = (better: boolean, fast: boolean) =>
    `${better ? 'better' : 'worse'}, and trains ${fast ? 'faster' : 'slower'}`;
  const right = said(isBetter, isFaster);
  const all = [true, false].flatMap((better) => [true, false].map((fast) => said(better, fast)));
  return {
    prompt: `Table 2 of the paper: what is ${one.name} beside ${one.rival}?`,
    rows: [sizes(one.name, row(one)), sizes(one.rival, row(other))],
    ask: choice({ text: right }, texts(right, all), rng),
    answer: sizes('Its lead', {
      'mean:': (one.mean - other.mean).toFixed(1).replace('-', '−'),
      'weights:': `${(one.weights / other.weights).toFixed(2)}×`,
    }),
    why: isBetter
      ? 'Only the largest is ahead, and it pays with time: 4,096 wide, every pass costs far more than a layer of BERT.'
      : 'With the same shape and shared weights it is a little worse. It is smaller, and it trains faster because less has to be updated and passed around, not because it computes less.',
  };
}

/** Questions about tables in two, shared layers, and what of it saves time. */
export const quiz: Quiz = { makers: { count, share, faster, memory, read } };
