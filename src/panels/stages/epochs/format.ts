import type { Rng } from '../../../core/rng.ts';
import type { Chip } from '../../../figures/chips.ts';
import { pairings } from '../../../objectives/catalog.ts';
import { pack } from '../../../objectives/make.ts';
import type { Origin, Passage } from '../../../objectives/objective.ts';
import { completeOptions } from '../../../objectives/options.ts';
import { choice, type Question, type QuizText } from '../../quiz.ts';

/** Places a row: room for five sentences or so. */
const places = 64;

/** No sentence of the text is longer, so that one would have fitted in where so much is left. */
const longestSentence = 17;

/** Rows drawn until one is clear, which one in ten or so is. */
const mostTries = 1000;

const kinds = {
  pair: {
    pairing: 'nsp',
    options: {},
    name: 'Two halves, A and B, as BERT has them',
    why: 'The band below the tokens changes behind the middle [SEP]: there are two halves, and a question can be asked about them. RoBERTa’s rows are no pairs.',
  },
  full: {
    pairing: 'packed',
    options: { format: 'full' },
    name: 'Packed, on into the next document',
    why: 'A document ends within the row and another begins, with [SEP] between them. All is one segment: nothing is asked about the two, and they are no halves.',
  },
  document: {
    pairing: 'packed',
    options: { format: 'document' },
    name: 'Packed, one document a row',
    why: 'The row ends with its document although another sentence would have had room. Packed on into the next document it would have been filled.',
  },
} as const;
type Kind = keyof typeof kinds;

const single = 'One sentence a row';

const textOf = (first: number, last: number): string =>
  first === last ? `sentence ${first + 1}` : `sentences ${first + 1} to ${last + 1}`;
const fromOf = ({ document, first, last }: Origin): string => `${textOf(first, last)} of document ${document + 1}`;

/** Whether a row tells of itself which way it was made. */
function isClear(kind: Kind, { a, origin = [] }: Passage, { documents }: QuizText): boolean {
  const last = origin.at(-1);
  if (!last || origin.some((one) => one.skip > 0)) return false;
  if (kind === 'full') return origin.length > 1;
  if (kind === 'pair') return true;
  const isWhole = last.last === documents[last.document]!.sentences.length - 1;
  return isWhole && last.last > last.first && a.length + 2 + longestSentence <= places;
}

/** One row and where it is from: which of three ways made it? Liu et al. 2019, §4.2. */
export function format(source: QuizText, rng: Rng): Question {
  const { documents, vocabulary } = source;
  const names = Object.keys(kinds) as Kind[];
  const kind = names[rng.int(names.length)]!;
  const { pairing: id, options, name, why } = kinds[kind];
  const pairing = pairings[id]!;
  const complete = completeOptions(pairing, { ...options, maxLength: places });
  const take = (i: number) =>
    pairing.apply(documents, pairing.draw(documents, complete, vocabulary, rng.fork(`row ${i}`)));
  let passage = take(0);
  for (let i = 1; i < mostTries && !isClear(kind, passage, source); i++) passage = take(i);
  const { ids, segments } = pack(passage, vocabulary);
  const from = (passage.origin ?? []).map(fromOf);
  const chips = ids.map(
    (id, i): Chip => ({
      token: vocabulary.tokens[id] ?? '',
      segment: segments[i] === 1 ? 1 : 0,
      special: vocabulary.isSpecial(id),
    }),
  );
  const left = places - ids.length;
  const wrong = [...names.filter((one) => one !== kind).map((one) => kinds[one].name), single];
  return {
    prompt: 'One row of a training text. How are its rows made?',
    rows: [
      { label: 'It holds', chips: from.map((token) => ({ token })) },
      { label: `The row: ${places} places, ${left} of them left empty`, chips },
    ],
    ask: choice(
      { text: name },
      wrong.map((text) => ({ text })),
      rng,
    ),
    answer: { label: 'From', chips: from.map((token) => ({ token })) },
    why: `${why} And it is more than one sentence: that is what a row of none of them is.`,
  };
}
