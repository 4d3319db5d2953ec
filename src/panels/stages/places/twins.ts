import type { Rng } from '../../../core/rng.ts';
import { choice, type Question, type QuizText, shuffled } from '../../quiz.ts';

const answers = {
  place: 'Yes: a vector for its place is added to each',
  edge: 'Yes: each hears how far away the beginning is',
  no: 'No: to it both stand in the same situation',
  attention: 'Yes: attention alone tells them apart',
};

/** A model, and what tells two holes apart in a row that is nothing but holes: between `[CLS]` and `[SEP]`, or bare. */
const readers = [
  { name: 'BERT', framed: 'place', bare: 'place', options: undefined },
  { name: 'DeBERTa, with its mask decoder', bare: 'place', options: { places: 'decoder' } },
  { name: 'DeBERTa without its mask decoder', framed: 'edge', bare: 'alone', options: { places: 'none' } },
  {
    name: 'DeBERTa with nothing but content → content',
    framed: 'no',
    bare: 'no',
    options: { places: 'none', c2p: false, p2c: false },
  },
] as const;

/** Every reader in every row about which something can be said without doubt. */
export const cases = readers.flatMap((reader) => [
  ...('framed' in reader ? [{ reader, isFramed: true, right: reader.framed }] : []),
  { reader, isFramed: false, right: reader.bare },
]);

const why = {
  place:
    'Every hole is the same token with the same tokens about it. But a vector for its absolute place is added, in the input or as the query under the roof, and so they ask otherwise.',
  edge: 'Nothing is added to a hole, and all holes are alike. But [CLS] stands at another distance from each, and distances are heard: that is how a model of distances can know where it is.',
  no: 'Both ask the same of the same tokens, and nobody says how far away or where anything stands. So both are given the same answer.',
  alone:
    'It hears of distances, but at any distance stands the same token. A weighted mean of equal things is the same, however it is weighed. With [CLS] in the row it would be otherwise.',
};

/** Two holes with nothing but holes about them: can they get different answers? */
export function twins(_: QuizText, rng: Rng): Question {
  const { reader, isFramed, right } = cases[rng.int(cases.length)]!;
  const count = 5 + rng.int(4);
  const holes = Array.from({ length: count }, () => '[MASK]');
  const row = isFramed ? ['[CLS]', ...holes, '[SEP]'] : holes;
  const [one, other] = shuffled(
    row.flatMap((token, place) => (token === '[MASK]' ? [place] : [])),
    rng,
  ).slice(0, 2) as [number, number];
  const chips = row.map((token, place) => ({ token, scored: place === one || place === other }));
  const whole = {
    label: isFramed ? 'All that is read' : 'All that is read, without [CLS] and [SEP]',
    chips,
  };
  const said = answers[right === 'alone' ? 'no' : right];
  const wrong = Object.values(answers).flatMap((text) => (text === said ? [] : [{ text }]));
  return {
    prompt: `${reader.name} reads a row that is nothing but holes. Can it give different words to the two that bear a dot?`,
    rows: [whole],
    ask: choice({ text: said }, wrong, rng),
    answer: whole,
    why: why[right],
  };
}
