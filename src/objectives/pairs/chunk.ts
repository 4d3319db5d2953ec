import type { Rng } from '../../core/rng.ts';
import type { Document } from '../../text/document.ts';
import { roomFor } from '../frame.ts';
import { placesOf } from '../places.ts';
import type { StepOf, Tape } from '../tape.ts';
import type { PairOptions } from './options.ts';
import type { PairStep } from './steps.ts';

/** A chunk of a document cut in two. */
export interface Chunk {
  readonly document: number;
  readonly first: number;
  readonly last: number;
  /** Sentences of the first part. */
  readonly cut: number;
  /** Tokens aimed at. */
  readonly target: number;
}

/** Tokens of the sentences `first` to `last`. */
export const tokensIn = ({ sentences }: Document, first: number, last: number): number =>
  sentences.slice(first, last + 1).reduce((sum, sentence) => sum + sentence.length, 0);

/** The last sentence of a run from `first` on that reaches `target` tokens, or the document's last. */
export function reach(document: Document, first: number, target: number): number {
  let last = first;
  let tokens = document.sentences[first]!.length;
  while (tokens < target && last + 1 < document.sentences.length) {
    last += 1;
    tokens += document.sentences[last]!.length;
  }
  return last;
}

/**
 * A chunk of at least two sentences: it starts at any sentence that is not a document's last, all equally probable.
 * Departs from the published code, which goes through a document in order and also makes pairs of one-sentence
 * chunks, so that more than half of its labels are 1; here the share is one half.
 */
export function drawChunk(tape: Tape<PairStep>, documents: readonly Document[], options: PairOptions, rng: Rng): Chunk {
  const perSegment = options.sentencesPerSegment;
  const startsIn = ({ sentences }: Document) =>
    sentences.length < 2 ? 0 : Math.max(1, sentences.length - Math.max(2, 2 * perSegment) + 1);
  const places = placesOf(documents, `pairs of ${perSegment}`, startsIn);
  const { document } = tape.take(
    'document',
    0,
    () => {
      const drawn = places.draw(rng);
      return { kind: 'document', about: 0, document: drawn, chance: places.counts[drawn]! / places.total };
    },
    (step) => (places.counts[step.document] ?? 0) > 0,
  );
  const text = documents[document]!;
  const most = roomFor(2, options);
  const target = perSegment > 0 ? most : drawTarget(tape, options, rng, most).target;
  const lastFrom = (first: number) =>
    perSegment > 0
      ? Math.min(first + 2 * perSegment, text.sentences.length) - 1
      : Math.max(first + 1, reach(text, first, target));
  const starts = places.counts[document]!;
  const { first, last } = tape.take(
    'run',
    0,
    () => {
      const first = rng.int(starts);
      return { kind: 'run', about: 0, first, last: lastFrom(first), chance: 1 / starts };
    },
    (step) => step.first < starts && step.last === lastFrom(step.first),
  );
  const sentences = last - first + 1;
  if (perSegment > 0) {
    const cut = Math.min(perSegment, Math.max(1, Math.floor(sentences / 2)));
    tape.take(
      'cut',
      0,
      () => ({ kind: 'cut', about: 0, sentences: cut, chance: 1 }),
      (step) => step.sentences === cut,
    );
    return { document, first, last, cut, target };
  }
  const { sentences: cut } = tape.take(
    'cut',
    0,
    () => ({ kind: 'cut', about: 0, sentences: 1 + rng.int(sentences - 1), chance: 1 / (sentences - 1) }),
    (step) => step.sentences < sentences && Math.abs(step.chance * (sentences - 1) - 1) < 1e-9,
  );
  return { document, first, last, cut, target };
}

/** The length aimed at: all the room, or now and then any from 2 tokens on. Devlin et al. 2019, appendix A.2. */
export function drawTarget(
  tape: Tape<PairStep>,
  { shortRate }: Pick<PairOptions, 'shortRate'>,
  rng: Rng,
  most: number,
): StepOf<PairStep, 'target'> {
  return tape.take(
    'target',
    0,
    () => {
      const isShort = rng.next() < shortRate;
      return {
        kind: 'target',
        about: 0,
        target: isShort ? 2 + rng.int(most - 1) : most,
        chance: isShort ? shortRate / (most - 1) : 1 - shortRate,
      };
    },
    (step) => step.target <= most,
  );
}
