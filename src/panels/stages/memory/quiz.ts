import type { Rng } from '../../../core/rng.ts';
import type { Chip } from '../../../figures/chips.ts';
import { choice, type Question, type Quiz, type QuizText, type Row } from '../../quiz.ts';
import { isOpen } from '../../reach.ts';

const texts = (list: readonly (string | number)[]) => list.map((text) => ({ text: String(text) }));
/** Three wrong answers that differ from the right one and from each other. */
const wrongOf = (right: string | number, wrong: readonly (string | number)[]) =>
  texts([...new Set(wrong.map(String))].filter((one) => one !== String(right)).slice(0, 3));

/** The first tokens of a story. */
function beginning({ documents, vocabulary }: QuizText, length: number, rng: Rng): readonly Chip[] {
  const { sentences } = documents[rng.int(documents.length)]!;
  return sentences
    .flat()
    .slice(0, length)
    .map((id) => ({ token: vocabulary.tokens[id] ?? '' }));
}

/** The same tokens in segments, each a row. */
const inSegments = (chips: readonly Chip[], segment: number): readonly Row[] =>
  Array.from({ length: Math.ceil(chips.length / segment) }, (_, s) => ({
    label: `segment ${s + 1}`,
    chips: chips.slice(s * segment, (s + 1) * segment),
  }));

function visible(source: QuizText, rng: Rng): Question {
  const segment = 5;
  const memory = [0, 3, 5, 7][rng.int(4)]!;
  const query = 2 * segment + rng.int(segment);
  const chips = beginning(source, 3 * segment, rng.fork('text'));
  const right = chips.flatMap((_, j) => (isOpen(query, j, { tokens: chips.length, segment, memory }) ? [j] : []));
  const kept = memory === 0 ? 'Nothing is kept' : `${memory} tokens are kept`;
  const start = 2 * segment - memory;
  return {
    prompt: `Segments have ${segment} tokens. ${kept}. Place ${query} (${chips[query]!.token}) is in the third segment: which places may it look at?`,
    rows: [{ label: 'places 0 to 14; a new segment at 5 and at 10', chips, current: query }],
    ask: { form: 'places', right },
    answer: {
      label: 'It looks at',
      chips: chips.map((chip, j) => ({ ...chip, scored: right.includes(j) })),
      current: query,
    },
    why: `Its own segment begins at 10, and what is kept at ${start}. From there on it sees everything up to itself, and nothing behind.`,
  };
}

function reach(_: QuizText, rng: Rng): Question {
  const layers = 2 + rng.int(3);
  const memory = [32, 64, 128][rng.int(3)]!;
  const right = layers * memory;
  const row = (label: string, value: number): Row => ({ label, areFacts: true, chips: [{ token: String(value) }] });
  return {
    prompt: 'How many tokens before its segment can an answer depend on, at most?',
    rows: [row('layers', layers), row('tokens kept', memory), row('tokens of a segment', 32)],
    ask: choice(
      { text: String(right) },
      wrongOf(right, [memory, (layers + 1) * memory, layers * memory * 2, 'any number']),
      rng,
    ),
    answer: row('layers × tokens kept', right),
    why: `Each layer looks back over ${memory} kept states, and each of those has itself looked back as far, one layer lower: ${layers} · ${memory} = ${right}. Not for ever: what has left the memory of the lowest layer is gone.`,
  };
}

function gradient(source: QuizText, rng: Rng): Question {
  const segment = 5;
  const chips = beginning(source, 3 * segment, rng.fork('text'));
  const at = 1 + rng.int(2);
  const name = `segment ${at + 1}`;
  const before = Array.from({ length: at }, (_, s) => s + 1).join(' and ');
  const right = `Only to those of ${name}`;
  return {
    prompt: `The loss of ${name} is taken, with all that came before kept. To whose states does a gradient go?`,
    rows: inSegments(chips, segment),
    ask: choice(
      { text: right },
      texts([
        `To those of ${name} and of segment${at > 1 ? 's' : ''} ${before}`,
        `Only to those that were kept`,
        'To none: states have no gradient',
      ]),
      rng,
    ),
    answer: inSegments(chips, segment)[at]!,
    why: 'Kept states are given, like the words themselves: they are read, and how to read them is learned, but nothing goes on into the step that made them.',
  };
}

function distance(_: QuizText, rng: Rng): Question {
  const memory = [32, 64, 128][rng.int(3)]!;
  const query = rng.int(32);
  const key = rng.int(memory);
  const right = query + memory - key;
  const row = (label: string, value: number): Row => ({ label, areFacts: true, chips: [{ token: String(value) }] });
  return {
    prompt: 'How far is it from the token that looks to the kept one, in tokens?',
    rows: [
      row('tokens kept', memory),
      row('place of who looks, in its segment', query),
      row('place of the kept token, from the oldest on', key),
    ],
    ask: choice(
      { text: String(right) },
      wrongOf(right, [Math.abs(query - key), query + key, memory - key, query + memory + key, right + 1, right - 1]),
      rng,
    ),
    answer: row('distance', right),
    why: `The segment begins behind all ${memory} kept tokens, so the place is ${memory} + ${query} when one counts from the oldest; minus ${key} gives ${right}. Numbers that begin anew in each segment would give two tokens the same one.`,
  };
}

function target(source: QuizText, rng: Rng): Question {
  const segment = 5;
  const chips = beginning(source, 3 * segment, rng.fork('text'));
  const at = rng.int(2);
  const last = (at + 1) * segment - 1;
  const right = chips[last + 1]!.token;
  const others = [chips[last]!.token, chips[at * segment]!.token, 'nothing: the segment ends there', '[SEP]'];
  return {
    prompt: `What is asked for at the last token of segment ${at + 1}?`,
    rows: inSegments(chips, segment),
    ask: choice({ text: right }, wrongOf(right, others), rng),
    answer: { label: `segment ${at + 2}`, chips: chips.slice(last + 1, last + 1 + segment), current: 0 },
    why: 'The text goes on, only the step ends. The label of each token is the next one, and for the last of a segment that is the first of the segment to come.',
  };
}

function bits(_: QuizText, rng: Rng): Question {
  const words = [
    { name: 'one of six colours', bits: '2.58 bits' },
    { name: 'one of eight cities', bits: '3.00 bits' },
  ][rng.int(2)]!;
  const segment = 32;
  const memory = [0, 32, 64, 96, 128][rng.int(5)]!;
  const place = rng.int(segment);
  const far = 8 + rng.int(150);
  const isSeen = far <= place + memory;
  const right = isSeen ? '0 bits' : words.bits;
  const row = (label: string, value: string): Row => ({ label, areFacts: true, chips: [{ token: value }] });
  return {
    prompt: `A word, ${words.name}, was told once and comes again. What does it cost at best, for who sees directly what is kept?`,
    rows: [
      row('tokens kept', String(memory)),
      row('place of who answers, in its segment', String(place)),
      row('it was told so many tokens before', String(far)),
    ],
    ask: choice({ text: right }, wrongOf(right, ['0 bits', words.bits, '1.00 bit', '8.17 bits']), rng),
    answer: row('so many tokens before are in sight', String(place + memory)),
    why: isSeen
      ? `${place} tokens of its own segment and ${memory} kept ones are in sight, and ${far} is not more than that: it only needs to be found.`
      : `${place} tokens of its own segment and ${memory} kept ones are in sight, and ${far} is more than that. A memory that ends before the word does not help at all.`,
  };
}

/** Questions about segments, what is kept of them, and what that is good for. */
export const quiz: Quiz = { makers: { visible, reach, gradient, distance, target, bits } };
