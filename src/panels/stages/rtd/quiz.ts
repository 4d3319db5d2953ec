import type { Rng } from '../../../core/rng.ts';
import type { Chip } from '../../../figures/chips.ts';
import { percent } from '../../../figures/table.ts';
import type { Made } from '../../../objectives/make.ts';
import type { Vocabulary } from '../../../text/document.ts';
import { surprise } from '../../../training/surprise.ts';
import { choice, inWords, type Question, type Quiz, type QuizText, shuffled } from '../../quiz.ts';
import { asSeen, drawUntil } from '../shared/noise-quiz.ts';

/** One sentence, 15 % of it given to a generator that only counts words. Clark et al. 2020, §2. */
const recipe = {
  pairing: 'contiguous',
  pairingOptions: { sentences: 1, maxLength: 32 },
  noising: 'rtd',
  noisingOptions: {},
};

/** An example of the wanted kind, which comes within a few hundred draws. */
const find = (source: QuizText, rng: Rng, fits: (made: Made) => boolean) => drawUntil(source, recipe, rng, fits);

const drawnPlaces = ({ example }: Made) => example.labels.flatMap((label, i) => (label >= 0 ? [i] : []));
const isFake = ({ example }: Made, i: number) => example.replaced?.[i] === 1;
const fakes = (made: Made) => drawnPlaces(made).filter((i) => isFake(made, i));
const lucky = (made: Made) => drawnPlaces(made).filter((i) => !isFake(made, i));
const untouched = (made: Made, { isSpecial }: Vocabulary) =>
  made.sequence.ids.flatMap((id, i) => (isSpecial(id) || drawnPlaces(made).includes(i) ? [] : [i]));

/** What the discriminator reads with all that happened: every token bears loss. */
const asKnown = (made: Made, vocabulary: Vocabulary): Chip[] =>
  asSeen(made.example.inputIds, vocabulary).map((chip, i): Chip => {
    const scored = { ...chip, scored: true };
    if (!drawnPlaces(made).includes(i)) return scored;
    const original = vocabulary.tokens[made.sequence.ids[i] ?? 0];
    return isFake(made, i) ? { ...scored, mark: 'substituted', original } : { ...scored, mark: 'kept' };
  });

/** The text and what became of it, under what is asked. */
const bothRows = (made: Made, vocabulary: Vocabulary, current?: number) => [
  { label: 'The text', chips: asSeen(made.sequence.ids, vocabulary) },
  { label: 'What the discriminator reads', chips: asSeen(made.example.inputIds, vocabulary), current },
];

function label(source: QuizText, rng: Rng): Question {
  const { vocabulary } = source;
  const kinds = [fakes, lucky, (made: Made) => untouched(made, vocabulary)];
  const placesOf = kinds[rng.int(kinds.length)]!;
  const made = find(source, rng, (one) => placesOf(one).length > 0);
  const at = shuffled(placesOf(made), rng)[0] ?? 1;
  const answers = [
    'original',
    'replaced',
    'nothing is asked here',
    `the word “${vocabulary.tokens[made.sequence.ids[at]!]}”`,
  ];
  const right = isFake(made, at) ? 'replaced' : 'original';
  const drawn = drawnPlaces(made).includes(at);
  return {
    prompt: `Given to the generator were the places ${inWords([...drawnPlaces(made)].sort((a, b) => a - b))}. What should the discriminator answer at place ${at}?`,
    rows: bothRows(made, vocabulary, at),
    ask: choice(
      { text: right },
      answers.filter((text) => text !== right).map((text) => ({ text })),
      rng,
    ),
    answer: { label: 'What was drawn', chips: asKnown(made, vocabulary), current: at },
    why:
      right === 'replaced'
        ? 'Another token stands there than in the text. Which one stood there before is not asked of the discriminator.'
        : drawn
          ? 'The place was drawn, but by luck the sample is the very word that stood there: then the answer is “original”. Not every sampled place is a fake.'
          : 'The place was not drawn, so the token is the original; the discriminator is asked all the same, here as everywhere.',
  };
}

function whoSees(source: QuizText, rng: Rng): Question {
  const { vocabulary } = source;
  const made = find(source, rng, (one) => fakes(one).length >= 2);
  const { ids } = made.sequence;
  const { inputIds, generatorIds = ids } = made.example;
  const [first] = fakes(made);
  const half = generatorIds.map((id, i) => (i === first ? inputIds[i]! : id));
  const option = (of: readonly number[]) => ({ chips: asSeen(of, vocabulary) });
  return {
    prompt: 'Which of these rows does the discriminator read?',
    rows: [{ label: 'The text', chips: asSeen(ids, vocabulary) }],
    ask: choice(option(inputIds), [option(generatorIds), option(ids), option(half)], rng),
    answer: { label: 'What the discriminator reads', chips: asKnown(made, vocabulary) },
    why: 'It reads the text with all samples put in. The row of [MASK] is the generator’s; the untouched text nobody is asked about, for then every answer would be “original”; and the holes are filled all at once.',
  };
}

const rates = [0.1, 0.15, 0.2, 0.25] as const;
const hits = [0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.9] as const;
const inTenths = (share: number): string => `${Number((share * 100).toFixed(1))} %`;

function rate(source: QuizText, rng: Rng): Question {
  const { vocabulary } = source;
  const [r, p] = [rates[rng.int(rates.length)]!, hits[rng.int(hits.length)]!];
  const right = inTenths(r * (1 - p));
  const wrong = [r, r * p, 1 - p, 1 - r, r / 2].map(inTenths);
  const distractors = [...new Set(wrong)].filter((text) => text !== right).slice(0, 3);
  const made = find(source, rng, (one) => fakes(one).length > 0);
  return {
    prompt: `${percent(r)} of the tokens are given to a generator that puts the original back ${percent(p)} of the time. What share of all tokens is labelled “replaced”?`,
    rows: [bothRows(made, vocabulary)[1]!],
    ask: choice(
      { text: right },
      distractors.map((text) => ({ text })),
      rng,
    ),
    answer: { label: 'An example; a dot bears loss', chips: asKnown(made, vocabulary) },
    why: `Of the ${percent(r)} that were drawn, ${percent(1 - p)} differ from what stood there: ${right} of all tokens. ${percent(r)} would be right if no guess ever hit, ${inTenths(r * p)} are the lucky ones.`,
  };
}

function goodLoss(source: QuizText, rng: Rng): Question {
  const { vocabulary } = source;
  const share = [0.06, 0.08, 0.1, 0.12, 0.14][rng.int(5)]!;
  const isLearned = rng.int(2) === 1;
  const only = surprise(share);
  const loss = only * (isLearned ? 0.2 + 0.2 * rng.next() : 0.97 + 0.05 * rng.next());
  const hardly = `hardly anything: knowing only how many are fakes gives ${only.toFixed(2)}`;
  const much = `a good deal: knowing only how many are fakes gives ${only.toFixed(2)}`;
  const [right, other] = isLearned ? [much, hardly] : [hardly, much];
  const coin = 'nearly all there is: a coin gives 0.69';
  const unknown = 'that cannot be said without the generator’s loss';
  const made = find(source, rng, (one) => fakes(one).length > 0);
  return {
    prompt: `${percent(share)} of the tokens are replaced, and a discriminator has a loss of ${loss.toFixed(2)} nats. What has it learned?`,
    rows: [bothRows(made, vocabulary)[1]!],
    ask: choice(
      { text: right },
      [other, coin, unknown].map((text) => ({ text })),
      rng,
    ),
    answer: { label: 'An example; a dot bears loss', chips: asKnown(made, vocabulary) },
    why: `Somebody who always says “replaced with ${percent(share)}”, whatever stands there, has ${only.toFixed(2)} nats. That is the line to hold it against, not the 0.69 of a coin: fakes are rare.`,
  };
}

function gradient(source: QuizText, rng: Rng): Question {
  const { vocabulary } = source;
  const isJudge = rng.int(3) > 0;
  const own = isJudge ? 'discriminator' : 'generator';
  const other = isJudge ? 'generator' : 'discriminator';
  const right = `the ${own} and the shared tables`;
  const wrong = [`the ${other} and the shared tables`, 'all weights of both', `the ${own} alone, not the tables`];
  const made = find(source, rng, (one) => fakes(one).length > 0);
  return {
    prompt: `Take the loss of the ${own} alone. Which weights does it move?`,
    rows: bothRows(made, vocabulary),
    ask: choice(
      { text: right },
      wrong.map((text) => ({ text })),
      rng,
    ),
    answer: { label: 'An example; a dot bears loss', chips: asKnown(made, vocabulary) },
    why: isJudge
      ? 'Its way back ends at the sampled words: a draw has no slope, so the generator never hears of it. It is no duel. But both read the same tables of words and places, and these it moves.'
      : 'It asks for the words that stood there and comes to the generator and the tables that both read. The discriminator has no part in those answers.',
  };
}

/** Questions about fakes, who reads them, and what a loss says. */
export const quiz: Quiz = { makers: { label, 'who-sees': whoSees, rate, 'good-loss': goodLoss, gradient } };
