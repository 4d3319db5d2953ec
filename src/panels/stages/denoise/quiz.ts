import type { Rng } from '../../../core/rng.ts';
import type { DenoiseDraws } from '../../../objectives/denoise/index.ts';
import type { DenoiseStep } from '../../../objectives/denoise/steps.ts';
import type { Made } from '../../../objectives/make.ts';
import type { Vocabulary } from '../../../text/document.ts';
import { choice, inWords, type Question, type Quiz, type QuizText } from '../../quiz.ts';
import { asSeen, drawUntil } from '../shared/noise-quiz.ts';
import { noiseBits } from './bits.ts';

/** Nothing but what a question asks for. */
const none = { permuteShare: 0, infillRate: 0 };
const noises = {
  mask: { ...none, maskRate: 0.25 },
  delete: { ...none, deleteRate: 0.25 },
  infill: { ...none, infillRate: 0.3 },
  shuffle: { ...none, permuteShare: 1 },
  rotate: { ...none, rotateRate: 1 },
};
type Kind = keyof typeof noises;
const kinds = Object.keys(noises) as Kind[];

/** One or two sentences under one kind of noise, drawn until they are of the wanted kind. */
function find(
  source: QuizText,
  rng: Rng,
  { kind, sentences }: { readonly kind: Kind; readonly sentences: 1 | 2 },
  fits: (made: Made) => boolean,
): Made {
  const pairingOptions = { sentences, maxLength: 40 };
  const recipe = { pairing: 'contiguous', pairingOptions, noising: 'denoise', noisingOptions: noises[kind] };
  return drawUntil(source, recipe, rng, fits);
}

const stepsIn = ({ noise }: Made): readonly DenoiseStep[] => (noise as DenoiseDraws).steps;
const isChanged = ({ sequence, example }: Made) => sequence.ids.join() !== example.inputIds.join();
const original = ({ sequence }: Made, vocabulary: Vocabulary) => ({
  label: 'The original',
  chips: asSeen(sequence.ids, vocabulary),
});
const read = ({ example }: Made, vocabulary: Vocabulary) => ({
  label: 'What the encoder reads',
  chips: asSeen(example.inputIds, vocabulary),
});
/** What is written: all of it bears loss. */
const written = (made: Made, vocabulary: Vocabulary) => ({
  label: 'What the decoder is asked to write; a dot bears loss',
  chips: original(made, vocabulary).chips.map((chip) => ({ ...chip, scored: true })),
});
const textsOf = (texts: readonly string[]) => texts.map((text) => ({ text }));

/** Only what no other kind of noise could have done as well. */
const isTelling: Readonly<Record<Kind, (made: Made) => boolean>> = {
  mask: (made) => stepsIn(made).filter(({ kind }) => kind === 'mask').length > 1,
  delete: isChanged,
  // A span of no words may make up for a longer one: then there are as many signs as words are missing.
  infill: ({ sequence, example }) => example.inputIds.length < sequence.ids.length,
  shuffle: isChanged,
  // Where the text is cut between two sentences they might have been shuffled just as well.
  rotate: (made) => isChanged(made) && made.example.inputIds.at(-2) !== made.sequence.ids.at(-2),
};
const done: Readonly<Record<Kind, { readonly text: string; readonly why: string }>> = {
  mask: { text: 'words masked', why: 'Each missing word has a sign of its own: the length has not changed.' },
  delete: { text: 'words deleted', why: 'Words are missing and no sign tells where.' },
  infill: {
    text: 'spans hidden',
    why: 'There are fewer signs than missing words: one sign stands for a whole span. With masking there would be one for each word.',
  },
  shuffle: {
    text: 'sentences shuffled',
    why: 'Every word is there, and each sentence is whole; only their order is another.',
  },
  rotate: {
    text: 'text rotated',
    why: 'Every word is there; the text begins in the middle of a sentence and ends with its beginning.',
  },
};

function whichNoise(source: QuizText, rng: Rng): Question {
  const { vocabulary } = source;
  const right = kinds[rng.int(kinds.length)]!;
  const made = find(source, rng, { kind: right, sentences: 2 }, isTelling[right]);
  const others: readonly Kind[] = rng.permutation(kinds.length).flatMap((i) => (kinds[i] === right ? [] : [kinds[i]!]));
  // Masking and infilling are what is mixed up, so one comes with the other.
  const twin: Kind | undefined = right === 'mask' ? 'infill' : right === 'infill' ? 'mask' : undefined;
  const wrong: readonly Kind[] = [...(twin ? [twin] : []), ...others.filter((kind) => kind !== twin)].slice(0, 3);
  return {
    prompt: 'What was done to this text?',
    rows: [original(made, vocabulary), read(made, vocabulary)],
    ask: choice({ text: done[right].text }, textsOf(wrong.map((kind) => done[kind].text)), rng),
    answer: written(made, vocabulary),
    why: done[right].why,
  };
}

function howMany(source: QuizText, rng: Rng): Question {
  const { vocabulary } = source;
  const numbersOf = (made: Made) => {
    const lengths = stepsIn(made).flatMap((step) => (step.kind === 'length' ? [step.used] : []));
    const words = lengths.reduce((sum, length) => sum + length, 0);
    const signs = made.example.inputIds.filter((id) => id === vocabulary.maskId).length;
    return { lengths, answers: [signs, words, lengths.filter((length) => length > 0).length, signs + 1] };
  };
  const made = find(source, rng, { kind: 'infill', sentences: 2 }, (one) => {
    const { lengths, answers } = numbersOf(one);
    return lengths.includes(0) && answers[0] === lengths.length && new Set(answers).size === answers.length;
  });
  const { lengths, answers } = numbersOf(made);
  const [right, ...wrong] = answers.map(String) as [string, ...string[]];
  return {
    prompt: `Spans of ${inWords(lengths)} words are hidden. How many [MASK] does the encoder read?`,
    rows: [original(made, vocabulary)],
    ask: choice({ text: right }, textsOf(wrong), rng),
    answer: read(made, vocabulary),
    why: `One sign for each span, however long it is, and one for a span of no words too: ${right}. That makes ${wrong[0]} missing words behind ${right} signs, and the model is not told how they are spread.`,
  };
}

function target(source: QuizText, rng: Rng): Question {
  const { vocabulary } = source;
  const kind = rng.int(2) === 0 ? 'mask' : 'infill';
  const made = find(source, rng, { kind, sentences: 1 }, isTelling[kind]);
  const { ids } = made.sequence;
  const hidden = new Set(
    stepsIn(made).flatMap((step) => (step.kind === 'mask' || step.kind === 'span' ? step.positions : [])),
  );
  const frame = (inner: readonly number[]) => [ids[0]!, ...inner, ids.at(-1)!];
  const words = ids.flatMap((id, i) => (hidden.has(i) ? [id] : []));
  const option = (of: readonly number[]) => ({ chips: asSeen(of, vocabulary) });
  return {
    prompt: 'What is the decoder asked to write?',
    rows: [read(made, vocabulary)],
    ask: choice(
      option(ids),
      [
        option(frame(words)),
        option(made.example.inputIds),
        option(frame(words.flatMap((id) => [vocabulary.maskId, id]))),
      ],
      rng,
    ),
    answer: written(made, vocabulary),
    why: 'All of the original, also what stands there to be read: every token bears loss. To write the missing words alone is what later models ask (T5); copying the signs would teach nothing.',
  };
}

function firstInput(source: QuizText, rng: Rng): Question {
  const { vocabulary } = source;
  const made = find(source, rng, { kind: 'infill', sentences: 1 }, isChanged);
  const token = (id: number | undefined) => vocabulary.tokens[id ?? -1] ?? '?';
  const { labels, decoderInputIds = [] } = made.example;
  const isFirst = rng.int(2) === 0;
  const at = isFirst ? 0 : 2;
  const right = token(decoderInputIds[at]);
  const nothing = 'nothing: it starts from the encoder alone';
  const candidates = isFirst
    ? [token(labels[0]), token(labels[1]), nothing]
    : [token(labels[2]), token(labels[0]), nothing, '[MASK]', token(labels[3])];
  const wrong = [...new Set(candidates)].filter((text) => text !== right).slice(0, 3);
  return {
    prompt: isFirst
      ? 'The first thing the decoder is to write is [CLS]. What does it read there, from its own side?'
      : `The decoder has written two tokens and is to write “${token(labels[2])}”. What does it read there, from its own side?`,
    rows: [read(made, vocabulary), written(made, vocabulary)],
    ask: choice({ text: right }, textsOf(wrong), rng),
    answer: { label: 'What the decoder reads', chips: asSeen(decoderInputIds, vocabulary), current: at },
    why: isFirst
      ? 'What it reads is the text moved one place to the right, with the end sign put in front: BART begins with the sign that ends a text.'
      : 'At each place it reads the token before the one that it is to write. In training that is the true one, whatever it would have written itself.',
  };
}

function bits(source: QuizText, rng: Rng): Question {
  const { vocabulary } = source;
  const isMost = rng.int(2) === 0;
  const order = [...noiseBits].sort((a, b) => (isMost ? b.bits - a.bits : a.bits - b.bits));
  const [right, ...wrong] = order.map(({ name }) => name) as [string, ...string[]];
  const kind: Kind = isMost ? 'mask' : 'rotate';
  const made = find(source, rng, { kind, sentences: 2 }, isTelling[kind]);
  return {
    prompt: `After which of these noises has a perfect reader ${isMost ? 'the most' : 'the least'} left to guess?`,
    rows: [read(made, vocabulary)],
    ask: choice({ text: right }, textsOf(wrong), rng),
    answer: original(made, vocabulary),
    why: `In bits a text: ${noiseBits.map(({ name, bits: left }) => `${name} ${left.toFixed(1)}`).join('; ')}. A text may look thoroughly spoilt and yet hold nearly all there is to know: where every word still stands, only the order is open.`,
  };
}

/** Questions about noise, what is to be written, and what is left to guess. */
export const quiz: Quiz = {
  makers: { 'which-noise': whichNoise, 'how-many': howMany, target, 'first-input': firstInput, bits },
};
