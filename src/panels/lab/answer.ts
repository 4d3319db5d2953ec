import type { JudgedPair } from '../../figures/pair-verdicts.ts';
import type { Probe } from '../../figures/probes.ts';
import type { BarToken } from '../../figures/token-bars.ts';
import { IGNORE } from '../../objectives/objective.ts';
import type { Vocabulary } from '../../text/document.ts';
import { shownToken } from '../../text/shown.ts';
import type { Bytes, Frame, ProbeRows } from '../../training/probed.ts';
import type { Run } from '../../training/run.ts';
import { probeOf } from '../guess-words.ts';
import { looksOf, writtenChips } from '../written.ts';

type Words = Pick<Vocabulary, 'tokens' | 'shown' | 'isSpecial' | 'maskId'>;

/** A run at one of its frames, with what it was asked and the tokens that it knows. */
export interface Seen {
  readonly run: Run;
  readonly frame: Frame;
  readonly probe: ProbeRows;
  readonly words: Words;
}

/** Tokens that a hole is announced with. */
const lead = 4;

/** A word that may not be read. */
const unseen = '?';

/** What the model says of each hole, as a figure takes it. */
export function probesOf(
  { guesses = [] }: Frame,
  { original, best, examples }: ProbeRows,
  words: Words,
): readonly Probe[] {
  const [first] = examples;
  /** Nothing stands in for a word that is only kept out of sight. */
  const isWhole = first?.shift !== undefined || first?.permMask !== undefined;
  return guesses.map((guess, k): Probe => {
    const { place } = guess;
    const before = original.slice(Math.max(0, place - lead), place).map((id, i) => {
      const at = Math.max(0, place - lead) + i;
      if (isWhole) return first?.permMask?.[place]?.[at] === 1 ? unseen : shownToken(words, id);
      return shownToken(words, guesses.some((one) => one.place === at) ? words.maskId : id);
    });
    return {
      ...probeOf(guess, words),
      before: before.join(' '),
      shown: isWhole ? unseen : shownToken(words, first?.inputIds[place]),
      best: best?.[k],
    };
  });
}

/** A packed pair as its two texts. */
function textsOf(ids: readonly number[], segments: readonly number[], words: Words): readonly [string, string] {
  const text = (segment: number) =>
    ids
      .filter((id, i) => segments[i] === segment && !words.isSpecial(id))
      .map((id) => shownToken(words, id))
      .join(' ');
  return [text(0), text(1)];
}

/** How each pair was judged. */
export const judgedPairs = (
  { verdicts = [] }: Frame,
  { examples, best }: ProbeRows,
  words: Words,
): readonly JudgedPair[] =>
  verdicts.map((share, i) => {
    const { inputIds, segments, pairLabel } = examples[i]!;
    const [a, b] = textsOf(inputIds, segments, words);
    return { a, b, share, best: best?.[i], truth: pairLabel === 0 };
  });

/** Each token as it was put to the judge, and how sure that is that it is a foreign one. */
export const judgedTokens = ({ judged = [] }: Frame, { original }: ProbeRows, words: Words): readonly BarToken[] =>
  judged.map(({ id, share }, place) => {
    const isReplaced = id !== original[place];
    const isSpecial = words.isSpecial(original[place] ?? id);
    return {
      token: shownToken(words, id),
      original: isReplaced ? shownToken(words, original[place]) : undefined,
      mark: isReplaced ? ('substituted' as const) : undefined,
      special: isSpecial,
      // Nobody asks about the frame.
      ...(isSpecial ? {} : { share, isRight: share > 0.5 === isReplaced }),
    };
  });

/** The text that was written back, how sure the model was of each token, and what departs from the original. */
export function writtenTokens({ written = [] }: Frame, { original }: ProbeRows, words: Words): readonly BarToken[] {
  const ids = written.map(({ id }) => id);
  return writtenChips(original, ids, words).map((chip, k) => ({
    ...chip,
    share: written[k]!.share,
    isRight: chip.mark === undefined,
  }));
}

/** Where the writer of token `at` looked in the source, from one layer's heads as bytes [heads, target, source]. */
export const gazeOf = ({ shape, data, scale }: Bytes, at: number): readonly number[] =>
  looksOf({ shape: [1, ...shape], data }, at, shape[2] ?? 1).map((bytes) => bytes * scale);

/** The places of a text that a model is asked about. */
export const askedPlaces = ({ examples: [first] }: ProbeRows): readonly number[] =>
  first?.labels.flatMap((label, place) => (label === IGNORE ? [] : [place + (first.shift ?? 0)])) ?? [];
