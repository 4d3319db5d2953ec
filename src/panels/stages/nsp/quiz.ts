import type { Rng } from '../../../core/rng.ts';
import { heroes, places } from '../../../text/corpora/lost-and-found/grammar.ts';
import { choice, type Question, type Quiz, type QuizText } from '../../quiz.ts';
import { chipsOf, type DrawnPair, drawPair, oneSentence, pairRow, textOf, wordIn } from '../shared/pair-quiz.ts';

const percentText = (share: number): string => `${Number((100 * share).toFixed(1))} %`;

/** The sentence behind segment A in its document, if there is one. */
function followingA({ passage: { origin } }: DrawnPair, { documents }: QuizText): readonly number[] | undefined {
  const run = origin?.[0];
  return run && documents[run.document]?.sentences[run.last + 1];
}

/** Which number does the published code write down? */
function label(source: QuizText, rng: Rng): Question {
  const pair = drawPair('nsp', source, oneSentence, rng, (one) => followingA(one, source) !== undefined);
  const follows = pair.passage.pairLabel === 0;
  const said = (value: 0 | 1, means: boolean) => `${value}: B ${means ? 'follows A' : 'is from elsewhere'}`;
  const right = said(follows ? 0 : 1, follows);
  const all = [said(0, true), said(1, true), said(0, false), said(1, false)];
  return {
    prompt: 'Which label does the row get?',
    rows: [
      { label: 'What follows A in its document', chips: chipsOf(followingA(pair, source) ?? [], source.vocabulary) },
      pairRow(pair, source.vocabulary, 'The row: A, then B'),
    ],
    ask: choice(textOf(right), all.filter((text) => text !== right).map(textOf), rng),
    answer: pairRow(pair, source.vocabulary, right),
    why: `In the published code 0 is "is next" and 1 is "random": who reads 1 as "yes, next" has it upside down. ${
      follows ? 'B is the very next sentence of the same document.' : 'B is from another document.'
    }`,
  };
}

/** Segments are runs of sentences. */
function whatIsA(source: QuizText, rng: Rng): Question {
  const options = { sentencesPerSegment: 0, maxLength: 96, shortRate: 0 };
  const sizes = ({ draws }: ReturnType<typeof drawPair>) => {
    const run = draws.steps.find((step) => step.kind === 'run' && step.about === 0);
    const cut = draws.steps.find((step) => step.kind === 'cut');
    const all = run?.kind === 'run' ? run.last - run.first + 1 : 0;
    return { all, cut: cut?.kind === 'cut' ? cut.sentences : 0 };
  };
  const pair = drawPair(
    'nsp',
    source,
    options,
    rng,
    (one) => sizes(one).cut > 1 && sizes(one).cut < sizes(one).all - 1,
  );
  const { all, cut } = sizes(pair);
  const chips = Array.from({ length: all }, (_, i) => ({ token: `sentence ${i + 1}` }));
  return {
    prompt: `A stretch of ${all} sentences fills the row. How many of them go to A was drawn: ${cut}. What is segment A?`,
    rows: [{ label: 'The stretch', areFacts: true, chips }],
    ask: choice(
      textOf(`the first ${cut} sentences`),
      [
        textOf('the first sentence alone'),
        textOf(`all but the last: ${all - 1} sentences`),
        textOf(`the last ${all - cut} sentences`),
      ],
      rng,
    ),
    answer: {
      label: 'The stretch, cut in two',
      areFacts: true,
      chips: chips.map((chip, i) => ({ ...chip, segment: i < cut ? (0 as const) : (1 as const) })),
    },
    why: `A and B are no single sentences, in spite of the name: they are runs of whole sentences, cut where the lot falls, not in front of the last one. A comes first, so it is the first ${cut}; the others are B if the coin says "next".`,
  };
}

/** What is enough to know the answer for certain? */
function judge(source: QuizText, rng: Rng): Question {
  const { vocabulary } = source;
  const isSame = (list: readonly string[]) => (pair: ReturnType<typeof drawPair>) => {
    const [a, b] = [pair.passage.a, pair.passage.b ?? []].map((ids) => wordIn(ids, list, vocabulary));
    return a === undefined || b === undefined || a === b;
  };
  const wanted = rng.int(2) === 0;
  const pair = drawPair('nsp', source, oneSentence, rng, (one) =>
    wanted ? !isSame(places)(one) : isSame(places)(one) && isSame(heroes)(one) && one.passage.pairLabel === 0,
  );
  const [a, b] = [pair.passage.a, pair.passage.b ?? []].map((ids) => wordIn(ids, places, vocabulary));
  const isForeign = !isSame(places)(pair);
  const bag = 'yes: the words alone settle it, in any order';
  const open = 'no: the words make it likely, but prove nothing';
  const right = isForeign ? bag : open;
  const all = [bag, open, 'yes, but only by the order of the two', 'no: only their order says anything at all'];
  return {
    prompt: 'Can a reader who knows these stories be certain whether B follows A?',
    rows: [pairRow(pair, vocabulary)],
    ask: choice(textOf(right), all.filter((text) => text !== right).map(textOf), rng),
    answer: pairRow(pair, vocabulary, isForeign ? `${a} and ${b}: two stories` : `${a} in both`),
    why: isForeign
      ? `A story keeps to one place. Here are two, ${a} and ${b}, so B is foreign; no order is needed to see it. Who waits for the order thinks of another question than this one.`
      : `Both tell of the ${a}. One foreign story in eight does so too, so it is likely and not certain. The weekdays tell a little more, and no more than a little: even the order proves nothing here.`,
  };
}

/** More than half of the published labels are 1. */
function rate(_: QuizText, rng: Rng): Question {
  const all = 20;
  const single = 1 + rng.int(9);
  const right = (single + (all - single) / 2) / all;
  const wrong = [0.5, single / all, (all - single) / 2 / all];
  return {
    prompt: `The published code makes ${all} pairs; for ${single} of them the stretch has one sentence only. What share of the labels is 1, on average?`,
    rows: [
      {
        label: 'The stretches, by the number of their sentences',
        chips: Array.from({ length: all }, (__, i) => ({ token: i < single ? '1' : '2+' })),
      },
    ],
    ask: choice(
      textOf(percentText(right)),
      wrong.map((share) => textOf(percentText(share))),
      rng,
    ),
    answer: {
      label: 'Certainly 1 where there is one sentence, a coin elsewhere',
      chips: Array.from({ length: all }, (__, i) => ({ token: i < single ? '1' : 'coin' })),
    },
    why: `A single sentence has nothing behind it to be B, so those ${single} all get a foreign one, and the coin is thrown for the other ${all - single}: ${single} + ${all - single} ÷ 2 = ${right * all} of ${all}. Half and half is what the paper says; ${percentText(single / all)} forgets the coin, and ${percentText((all - single) / 2 / all)} the single ones.`,
  };
}

/** A pair that is too long loses tokens at its ends. */
function cut(source: QuizText, rng: Rng): Question {
  const { vocabulary } = source;
  const whole = drawPair('nsp', source, oneSentence, rng.fork('whole'));
  const length = whole.passage.a.length + (whole.passage.b ?? []).length;
  const tight = { ...oneSentence, maxLength: length };
  const pair = drawPair('nsp', source, tight, rng, ({ draws }) => {
    const count = draws.steps.filter(({ kind }) => kind === 'trim').length;
    return count >= 2 && count <= 5;
  });
  const trims = pair.draws.steps.flatMap((step) => (step.kind === 'trim' ? [step] : []));
  const cutOff = (run: 0 | 1, end: 'front' | 'back') =>
    trims.filter((step) => step.run === run && step.end === end).length;
  const segments = ([0, 1] as const).map((run) => {
    const { document, first, last } = pair.passage.origin![run]!;
    return source.documents[document]!.sentences.slice(first, last + 1).flat();
  });
  const lost = segments.flatMap((ids, run) =>
    ids.map((_, i) => i < cutOff(run as 0 | 1, 'front') || i >= ids.length - cutOff(run as 0 | 1, 'back')),
  );
  const right = lost.flatMap((isLost, i) => (isLost ? [i] : []));
  const chips = segments.flatMap((ids, run) => chipsOf(ids, vocabulary, run as 0 | 1));
  const [a, b] = segments.map((ids) => ids.length);
  return {
    prompt: `A has ${a} tokens, B ${b}; only ${a! + b! - trims.length} fit. The longer one loses a token, B if they are equally long, until it fits. The coins say ${trims.map(({ end }) => end).join(', ')}. Point out the tokens that go.`,
    rows: [{ label: 'A, then B', chips }],
    ask: { form: 'places', right },
    answer: {
      label: 'What was cut',
      chips: chips.map((chip, i) => (lost[i] ? { ...chip, mark: 'removed' as const } : chip)),
    },
    why: `Each time the longer of the two loses a token, B if they are equally long, and the coin says at which end. It is not always the end of B, and not always the same one: here ${trims.map(({ run, end }) => `${run === 0 ? 'A' : 'B'} at the ${end}`).join(', ')}.`,
  };
}

/** Questions about pairs of segments. */
export const quiz: Quiz = { makers: { label, judge, 'what-is-a': whatIsA, cut, rate } };
