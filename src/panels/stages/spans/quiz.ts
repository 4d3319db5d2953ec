import type { Rng } from '../../../core/rng.ts';
import type { Chip } from '../../../figures/chips.ts';
import { choice, type Question, type Quiz, type QuizText, type Row, shuffled } from '../../quiz.ts';
import { bitsWithin } from './bits.ts';

const pick = <T>(list: readonly T[], rng: Rng): T => list[rng.int(list.length)]!;
/** Up to three wrong answers that differ from the right one and from each other. */
const others = (right: string, wrong: readonly string[]) =>
  [...new Set(wrong)]
    .filter((text) => text !== right)
    .slice(0, 3)
    .map((text) => ({ text }));
const sizes = (label: string, entries: Readonly<Record<string, number | string>>): Row => ({
  label,
  areFacts: true,
  chips: Object.entries(entries).map(([name, value]) => ({ token: `${name} ${value.toLocaleString('en')}` })),
});

/** Two sentences of a story as tokens in which some word comes twice. */
function sentencesOf({ documents, vocabulary }: QuizText, rng: Rng): readonly string[] {
  const { sentences } = documents[rng.int(documents.length)]!;
  const from = rng.int(Math.max(1, sentences.length - 1));
  return [...sentences[from]!, ...(sentences[from + 1] ?? [])].map((id) => vocabulary.tokens[id] ?? '');
}

const kinds = {
  fixed: 'from nothing: fixed weights, as in an ordinary convolution',
  dynamic: 'from the word alone',
  span: 'from the word and its neighbours',
  all: 'from the whole text',
};

function kernelKind(source: QuizText, rng: Rng): Question {
  const kind = pick(['fixed', 'dynamic', 'span'] as const, rng);
  const isTwice = (list: readonly string[], i: number) => list.lastIndexOf(list[i]!) > i + 1 && /^[a-z]/.test(list[i]!);
  let words = sentencesOf(source, rng.fork('text 0'));
  for (let i = 1; !words.some((_, place) => isTwice(words, place)); i++)
    words = sentencesOf(source, rng.fork(`text ${i}`));
  const first = pick(
    words.flatMap((_, place) => (isTwice(words, place) ? [place] : [])),
    rng,
  );
  const second = words.lastIndexOf(words[first]!);
  const third = words.findIndex((word, i) => Math.abs(i - first) > 1 && /^[a-z]/.test(word) && word !== words[first]);
  const row = (current: number): Row => ({
    label: `Place ${current}`,
    chips: words.map((token) => ({ token })),
    current,
  });
  const same = 'the same bars';
  const [again, elsewhere] = { fixed: [same, same], dynamic: [same, 'other bars'], span: ['other bars', 'other bars'] }[
    kind
  ] as [string, string];
  return {
    prompt: `A kernel at place ${first}. At place ${second}, the same word among other neighbours, there are ${again}; at place ${third}, another word, ${elsewhere}. What are the kernels made from?`,
    rows: [row(first)],
    ask: choice({ text: kinds[kind] }, others(kinds[kind], Object.values(kinds)), rng),
    answer: row(second),
    why: {
      fixed:
        'Whatever word stands there, the bars are the same: they are weights of the model, and not made from the text at all.',
      dynamic:
        'Another word, other bars; the same word, the same bars, whatever stands about it. So only the word goes in.',
      span: 'The same word made two different kernels, so more than the word goes in. That it is the neighbours, and not the whole text, is how ConvBERT is built: a span of K tokens.',
    }[kind],
  };
}

function radius(_: QuizText, rng: Rng): Question {
  const K = pick([3, 5, 7, 9], rng);
  const L = pick([2, 3, 4, 6, 12], rng);
  const right = String((L * (K - 1)) / 2);
  return {
    prompt: 'Layers of convolution alone. From how many places to the left can something reach a token at most?',
    rows: [sizes('The model', { 'layers L =': L, 'kernel K =': K })],
    ask: choice(
      { text: right },
      others(right, [String(L * K), String(K), String((K - 1) / 2), String(L * (K - 1)), String(2 * L * K)]),
      rng,
    ),
    answer: sizes('A layer, and all', { 'to either side (K − 1) / 2 =': (K - 1) / 2, 'times L =': right }),
    why: `A kernel of ${K} reaches ${(K - 1) / 2} to either side. What has come that far is handed on by the next layer, so the reach is added up: ${L} × ${(K - 1) / 2} = ${right}.`,
  };
}

function slot(_: QuizText, rng: Rng): Question {
  const name = pick(Object.keys(bitsWithin) as (keyof typeof bitsWithin)[], rng);
  const place = pick(['±1', '±2', '±4', '±8', 'all words'] as const, rng);
  const bits = bitsWithin[name][place];
  const right = `${bits} bits`;
  const wrong = [0, 2, 3, 3.32, 4].map((value) => `${value} bits`);
  return {
    prompt: `A hole at a ${name}. A reader who knows the grammar sees ${place === 'all words' ? place : `${place} words about it`}. How much doubt is left?`,
    rows: [sizes('The hole', { [name]: '', 'in sight:': place })],
    ask: choice({ text: right }, others(right, shuffled(wrong, rng)), rng),
    answer: sizes('Doubt by what is in sight', bitsWithin[name]),
    why: {
      'second word of a city':
        'The first word stands beside it, and each city has its own: the nearest word is enough.',
      'second word of a simile':
        'Its first word stands three places away. Nearer than that nothing tells it: ten similes are 3.32 bits.',
      'place in a letter':
        'It is told in another sentence, farther away than eight words. Eight places are 3 bits, until all is in sight.',
    }[name],
  };
}

function count(_: QuizText, rng: Rng): Question {
  const D = pick([64, 128, 384, 768], rng);
  const M = D * pick([2, 4], rng);
  const G = pick([2, 4], rng);
  const text = (n: number) => n.toLocaleString('en');
  const right = text((D * M) / G);
  return {
    prompt:
      'A map from D numbers to M is cut into G groups: each takes its part of the D to its part of the M. How many weights has it, without biases?',
    rows: [sizes('The map', { 'D =': D, 'M =': M, 'G =': G })],
    ask: choice(
      { text: right },
      others(right, [text((D * M) / G ** 2), text(D * M), text((D * D) / G), text(D * G)]),
      rng,
    ),
    answer: sizes('G blocks', { 'blocks:': G, 'each:': `${text(D / G)} × ${text(M / G)}` }),
    why: `G blocks of D/G × M/G: ${G} × ${text(D / G)} × ${text(M / G)} = ${right}. One block alone would be G² times smaller than the full map, but there are G of them.`,
  };
}

function whichHalf(source: QuizText, rng: Rng): Question {
  const words = sentencesOf(source, rng.fork('text'));
  const at = 6 + rng.int(Math.max(1, words.length - 12));
  const isFar = rng.int(2) === 1;
  const near = shuffled([-4, -3, -2, -1, 1, 2, 3, 4], rng).slice(0, 2);
  const far = words.flatMap((_, i) => (Math.abs(i - at) > 5 ? [i] : []));
  const places = [...near.map((step) => at + step), ...(isFar ? [pick(far, rng)] : [])];
  const chips = words.map((token, i): Chip => (places.includes(i) ? { token, mark: 'kept' } : { token }));
  const answers = {
    far: 'attention only',
    near: 'either of the two',
    convolution: 'the convolution only',
    none: 'neither: both see the whole text alike',
  };
  const right = isFar ? answers.far : answers.near;
  return {
    prompt: `The token at place ${at} gathers from the marked words, K = 9. Which half of a ConvBERT layer can do that?`,
    rows: [{ label: 'The text', chips, current: at }],
    ask: choice({ text: right }, others(right, Object.values(answers)), rng),
    answer: { label: 'The text', chips, current: at },
    why: isFar
      ? 'One of the words is more than four places away, and a kernel of nine ends there. Attention may look anywhere.'
      : 'All of them are within four places, where a kernel reaches. But attention may look near as well: from such a picture alone one cannot tell.',
  };
}

/** Questions about kernels, how far they reach, and what they cost. */
export const quiz: Quiz = {
  makers: { 'kernel-kind': kernelKind, radius, slot, count, 'which-half': whichHalf },
};
