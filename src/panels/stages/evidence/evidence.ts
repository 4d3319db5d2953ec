import type { Evidence } from '../../../figures/evidence.ts';
import type { AnyPairing } from '../../../objectives/catalog.ts';
import type { Sequence } from '../../../objectives/objective.ts';
import type { Vocabulary } from '../../../text/document.ts';
import type { Exact, Relation, Sighting, Tie } from '../../../text/exact.ts';

type Pair = Pick<Sequence, 'ids' | 'segments'>;
type Words = Pick<Vocabulary, 'tokens' | 'isSpecial' | 'separateId'>;

/** In the order in which they are weighed. */
export const allTies: readonly Tie[] = ['place', 'hero', 'weekday'];

/** What an exact reader sees of a pair: the ties that are not covered, and every word that tells of none. */
function seenOf(ids: readonly number[], ties: readonly (Tie | undefined)[], open: readonly Tie[], words: Words) {
  return ids.map((id, i): Sighting => {
    const tie = ties[i];
    return words.isSpecial(id) || (tie && !open.includes(tie)) ? null : id;
  });
}

/** The places whose words tell of these ties. */
export function tiesIn(ids: readonly number[], ties: readonly Tie[], exact: Exact): readonly number[] {
  const found = exact.ties(ids) ?? [];
  return found.flatMap((tie, i) => (tie && ties.includes(tie) ? [i] : []));
}

/** The odds of two probabilities, in bits. */
const bitsOf = ([yes, no]: readonly [number, number]): number => Math.log2(yes) - Math.log2(no);

/**
 * P(label 0 and what is seen), P(label 1 and what is seen), of a reader for whom only some ties are open; undefined
 * where the grammar has no such text, whichever label is true.
 */
function weights(
  { ids }: Pair,
  relation: Relation,
  open: readonly Tie[],
  exact: Exact,
  words: Words,
): readonly [number, number] | undefined {
  const ties = exact.ties(ids);
  const scene = ties && exact.read(ids, relation);
  if (!scene) return undefined;
  const seen = seenOf(ids, ties, open, words);
  const [yes, no] = scene.hypotheses(seen) ?? [];
  const whole = Math.exp(scene.logProbability(seen));
  return yes === undefined || no === undefined ? undefined : [yes * whole, no * whole];
}

/** The two segments in the other order. */
function turned({ ids, segments }: Pair, { separateId }: Words): Pair {
  const end = ids.indexOf(separateId);
  return { ids: [ids[0]!, ...ids.slice(end + 1), ...ids.slice(1, end + 1)], segments: segments.toReversed() };
}

const shareOf = ([yes, no]: readonly [number, number]): number => yes / (yes + no);

/** What each tie of a pair adds to the odds of label 0, and what all that are not covered say together. */
export function evidenceOf(
  pair: Pair,
  { relation }: Pick<AnyPairing, 'relation'>,
  covered: readonly Tie[],
  exact: Exact,
  words: Words,
): Pick<Evidence, 'clues' | 'bits' | 'share'> | undefined {
  const ties = exact.ties(pair.ids);
  const open = allTies.filter((tie) => !covered.includes(tie));
  const all = weights(pair, relation, open, exact, words);
  if (!ties || !all) return undefined;
  const wordsIn = (tie: Tie, segment: number) =>
    pair.ids.flatMap((id, i) => (ties[i] === tie && pair.segments[i] === segment ? [words.tokens[id] ?? ''] : []));
  // A first or last sentence of a story tells by its kind, which cannot be covered.
  const bare = weights(pair, relation, [], exact, words);
  const base = bare ? bitsOf(bare) : 0;
  const clues = allTies.map((name) => {
    const alone = weights(pair, relation, [name], exact, words);
    return {
      name,
      a: wordsIn(name, 0),
      b: wordsIn(name, 1),
      bits: alone && Number.isFinite(base) ? bitsOf(alone) - base : 0,
      covered: covered.includes(name),
    };
  });
  const kind = { name: 'first or last sentence of a story', a: [], b: [], bits: base };
  return { clues: Math.abs(base) < 1e-9 ? clues : [...clues, kind], bits: bitsOf(all), share: shareOf(all) };
}

/** P(label 0) of readers who see less and less of a pair; undefined where the grammar has no such text. */
export function readersOf(
  pair: Pair,
  { relation }: Pick<AnyPairing, 'relation'>,
  exact: Exact,
  words: Words,
): readonly { readonly who: string; readonly share: number }[] | undefined {
  const whole = weights(pair, relation, allTies, exact, words);
  const other = weights(turned(pair, words), relation, allTies, exact, words) ?? ([0, 0] as const);
  const place = weights(pair, relation, ['place'], exact, words);
  if (!whole || !place) return undefined;
  return [
    { who: 'Reads everything', share: shareOf(whole) },
    {
      who: 'Blind to order: is not told which of the two is A',
      share: shareOf([whole[0] + other[0], whole[1] + other[1]]),
    },
    { who: 'Sees the place words alone', share: shareOf(place) },
  ];
}
