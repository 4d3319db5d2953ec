import type { AnyNoising } from '../objectives/catalog.ts';
import type { Frame } from '../objectives/frame.ts';
import { pack } from '../objectives/make.ts';
import { type Example, IGNORE, type Sequence } from '../objectives/objective.ts';
import type { Vocabulary } from '../text/document.ts';

type Asking = Pick<AnyNoising, 'ask'>;

/** A sequence asked for some of its places and no other: as its noising asks, or each behind a `[MASK]`. */
export function askFor(
  sequence: Sequence,
  asked: readonly number[],
  vocabulary: Vocabulary,
  noising?: Asking,
): Example {
  if (noising?.ask) return noising.ask(sequence, asked, vocabulary);
  const isAsked = (position: number) => asked.includes(position);
  return {
    inputIds: sequence.ids.map((id, position) => (isAsked(position) ? vocabulary.maskId : id)),
    segments: sequence.segments,
    labels: sequence.ids.map((id, position) => (isAsked(position) ? id : IGNORE)),
  };
}

/** The places where somebody wrote `[MASK]` and no word, where that is how a noising asks. */
export const openPlaces = (ids: readonly number[], { maskId }: Vocabulary, noising?: Asking): readonly number[] =>
  noising?.ask ? [] : ids.flatMap((id, place) => (id === maskId ? [place] : []));

/**
 * A sentence of which some tokens are asked for: `hidden` counts positions of the packed sequence; a `[MASK]` is asked
 * for by itself.
 */
export function hide(
  ids: readonly number[],
  hidden: readonly number[],
  vocabulary: Vocabulary,
  noising?: Asking,
  frame?: Frame,
): Example {
  const sequence = pack({ a: ids }, vocabulary, frame);
  const told = hidden.filter(
    (position) => position < sequence.ids.length && !vocabulary.isSpecial(sequence.ids[position]!),
  );
  return askFor(sequence, [...told, ...openPlaces(sequence.ids, vocabulary, noising)], vocabulary, noising);
}
