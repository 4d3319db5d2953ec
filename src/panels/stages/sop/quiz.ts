import type { Rng } from '../../../core/rng.ts';
import { makeExample } from '../../../objectives/make.ts';
import type { MlmDraws } from '../../../objectives/mlm/index.ts';
import { IGNORE } from '../../../objectives/objective.ts';
import { followingShare, weekdays } from '../../../text/corpora/lost-and-found/grammar.ts';
import { choice, inWords, type Question, type Quiz, type QuizText, shuffled } from '../../quiz.ts';
import { chipsOf, drawPair, oneSentence, pairRow, textOf, wordIn } from '../shared/pair-quiz.ts';

const percentText = (share: number): string => `${Math.round(100 * share)} %`;

/** Which label has an exchanged pair? */
function label(source: QuizText, rng: Rng): Question {
  // Not the stream of the quiz about next sentences, which would begin with the same two.
  const pair = drawPair('sop', source, oneSentence, rng.fork('order'));
  const isSwapped = pair.passage.pairLabel === 1;
  const { a, b = [] } = pair.passage;
  const earlier = isSwapped ? b : a;
  const right = isSwapped ? '1: they are exchanged' : '0: they are in order';
  const all = ['0: they are in order', '1: they are exchanged', '1: B is from elsewhere', '0: they are exchanged'];
  return {
    prompt: 'Which label does the row get?',
    rows: [
      { label: 'The one that comes first in the document', chips: chipsOf(earlier, source.vocabulary) },
      pairRow(pair, source.vocabulary, 'The row: A, then B'),
    ],
    ask: choice(textOf(right), all.filter((text) => text !== right).map(textOf), rng),
    answer: pairRow(pair, source.vocabulary, right),
    why: `Both are of one document, always: "from elsewhere" is the other question, NSP. ${
      isSwapped
        ? 'The later sentence stands first, so they are exchanged'
        : 'The earlier one stands first, so all is well'
    }; 1 means exchanged, not in order.`,
  };
}

/** A reader without order says the same of a pair and of the pair turned round. */
function blind(source: QuizText, rng: Rng): Question {
  const { vocabulary } = source;
  const pair = drawPair('sop', source, oneSentence, rng);
  const { a, b = [] } = pair.passage;
  const said = (60 + rng.int(35)) / 100;
  const turned = {
    label: 'The same two, turned round',
    chips: [...chipsOf(b, vocabulary, 0), ...chipsOf(a, vocabulary, 1)],
  };
  return {
    prompt: `A reader who is not told which piece comes first says "exchanged" with ${percentText(said)} for the first row. What does it say for the second?`,
    rows: [pairRow(pair, vocabulary, 'A pair'), turned],
    ask: choice(
      textOf(percentText(said)),
      [textOf(percentText(1 - said)), textOf('50 %'), textOf('it depends on its training')],
      rng,
    ),
    answer: pairRow(pair, vocabulary, 'One of the two is exchanged, the other is not'),
    why: `For it both rows are the same two pieces, so it says the same, however it was trained. ${percentText(1 - said)} is what one would have to say who does see the order. And as just one of the two rows is exchanged, it is right about one of them: 50 % is how often it is right, not what it says.`,
  };
}

/** The walk over words, with runs that are shortened where they do not fit. */
function ngram(source: QuizText, rng: Rng): Question {
  const { vocabulary, documents } = source;
  const recipe = {
    pairing: 'contiguous',
    pairingOptions: { sentences: 2, maxLength: 40 },
    noising: 'mlm',
    noisingOptions: { ngram: 3, maskShare: 1, randomShare: 0 },
  };
  const sizesOf = (noise: unknown) => (noise as MlmDraws).steps.flatMap((step) => (step.kind === 'size' ? [step] : []));
  const isPlain = (noise: unknown) => {
    const sizes = sizesOf(noise);
    const isShort = ({ size, positions }: (typeof sizes)[number]) => positions.length < size;
    return sizes.length > 1 && sizes.every(({ skipped }) => !skipped) && isShort(sizes.at(-1)!);
  };
  let made = makeExample(documents, recipe, vocabulary, rng.fork('draw 0'));
  for (let i = 1; i < 500 && !isPlain(made.noise); i++)
    made = makeExample(documents, recipe, vocabulary, rng.fork(`draw ${i}`));
  const { ids } = made.sequence;
  const right = made.example.labels.flatMap((id, i) => (id === IGNORE ? [] : [i]));
  const sizes = sizesOf(made.noise);
  const chips = ids.map((id) => ({ token: vocabulary.tokens[id] ?? '', special: vocabulary.isSpecial(id) }));
  const told = sizes.map(({ positions, size }) => `${size} from place ${positions[0]} on`);
  return {
    prompt: `At most ${right.length} tokens may be hidden. Drawn, one after the other: ${told.join('; ')}. Point out what is hidden in the end.`,
    rows: [{ label: 'The row', chips }],
    ask: { form: 'places', right },
    answer: {
      label: 'What was drawn',
      chips: chips.map((chip, i) => (right.includes(i) ? { ...chip, mark: 'hidden' as const, scored: true } : chip)),
    },
    why: `Runs go to the right from their first word. The budget is for tokens and stays what it was: the last run was drawn longer than what was left (or than the row), so it is shortened until it fits, and ${inWords(right)} are hidden. Longer runs do not hide more.`,
  };
}

/** How sure can one be, having seen two weekdays? */
function odds(source: QuizText, rng: Rng): Question {
  const { vocabulary } = source;
  const daysOf = (pair: ReturnType<typeof drawPair>) =>
    [pair.passage.a, pair.passage.b ?? []].map((ids) => weekdays.indexOf(wordIn(ids, weekdays, vocabulary) ?? ''));
  const wanted = rng.int(3);
  const gapOf = (pair: ReturnType<typeof drawPair>) => {
    const [a = -1, b = -1] = daysOf(pair);
    return a < 0 || b < 0 ? undefined : (b - a + weekdays.length) % weekdays.length;
  };
  const isWanted = (gap: number | undefined) =>
    gap !== undefined && (wanted === 0 ? gap === 1 : wanted === 1 ? gap === weekdays.length - 1 : gap > 1 && gap < 6);
  const pair = drawPair('sop', source, oneSentence, rng, (one) => isWanted(gapOf(one)));
  const gap = gapOf(pair) ?? 0;
  const share = (days: number) => (days === 1 ? followingShare : 0) + (1 - followingShare) / weekdays.length;
  const [forth, back] = [share(gap), share((weekdays.length - gap) % weekdays.length)];
  const right = percentText(forth / (forth + back));
  const all = [...new Set([right, '98 %', '2 %', '50 %', '90 %'])];
  const [a = 0, b = 0] = daysOf(pair);
  return {
    prompt:
      'In nine of ten cases the next sentence tells of the next day, else of any of the seven. How probable is it that these two are in order?',
    rows: [pairRow(pair, vocabulary)],
    ask: choice(
      textOf(right),
      all
        .filter((text) => text !== right)
        .slice(0, 3)
        .map(textOf),
      rng,
    ),
    answer: pairRow(pair, vocabulary, `${weekdays[a]}, then ${weekdays[b]}: ${right}`),
    why: `Held against each other are ${weekdays[a]} → ${weekdays[b]} (${(100 * forth).toFixed(1)} %) and ${weekdays[b]} → ${weekdays[a]} (${(100 * back).toFixed(1)} %). ${
      forth === back
        ? 'Both are equally rare, so the days say nothing, although one of the two orders is true.'
        : `Their ratio makes ${right}. The 90 % is how often a day follows, and forgets how rare the other way round is.`
    }`,
  };
}

/** Lan et al. 2020, Table 5: trained on a row, tested on next sentence and on sentence order. */
const table = [
  { trained: 'neither of the two', nsp: '52.4', sop: '53.3', why: 'Near 50 % in both: nobody asked it about pairs.' },
  {
    trained: 'next sentence prediction',
    nsp: '90.5',
    sop: '52.0',
    why: 'It knows what belongs together, and of the order no more than a coin.',
  },
  {
    trained: 'sentence order prediction',
    nsp: '78.9',
    sop: '86.5',
    why: 'Who knows the order knows much of what belongs together as well: it is not worse at everything, nor good at its own task alone.',
  },
] as const;

/** Whose bars are these? */
function trainedOn({ documents, vocabulary }: QuizText, rng: Rng): Question {
  const one = table[rng.int(table.length)]!;
  const others = [...table.map(({ trained }) => trained), 'both of the two, one after the other'];
  const sample = chipsOf(documents[rng.int(documents.length)]!.sentences[0]!, vocabulary);
  return {
    prompt: `In ALBERT's Table 5 a model is right in ${one.nsp} % on next sentences and in ${one.sop} % on sentence order. What was it trained on, beside the holes?`,
    rows: [{ label: 'Any sentence', chips: sample }],
    ask: choice(
      textOf(one.trained),
      shuffled(
        others.filter((text) => text !== one.trained),
        rng,
      ).map(textOf),
      rng,
    ),
    answer: { label: `Trained on: ${one.trained}`, chips: sample },
    why: one.why,
  };
}

/** Questions about the order of two segments, and about masks in runs. */
export const quiz: Quiz = { makers: { label, odds, ngram, blind, 'trained-on': trainedOn } };
