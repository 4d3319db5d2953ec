import type { Recording } from './recording.ts';
import { type Stretch, sentencesOf } from './sentences.ts';

/** Which sentences move, and which of them goes where: any order of theirs is equally probable. */
export function shuffle({ options, vocabulary, rng, tape }: Recording, ids: readonly number[]): void {
  const sentences = sentencesOf(ids, vocabulary);
  const count = Math.ceil(sentences.length * options.permuteShare - 1e-6);
  const isAll = count === sentences.length;
  const sentenceAt = new Map(sentences.map((sentence) => [sentence.start, sentence]));
  const isThere = ({ start, end }: Stretch) => sentenceAt.get(start)?.end === end;
  const of = ({ start }: Stretch) => start;

  const unmoved = new Set(sentenceAt.keys());
  const slots = Array.from({ length: count }, (_, about) => {
    const chance = isAll ? 1 : 1 / unmoved.size;
    const { start } = tape.choose('slot', about, {
      open: [...unmoved],
      of,
      make: (start) => ({ kind: 'slot', about, ...sentenceAt.get(start)!, chance }),
      fits: isThere,
      rng: isAll ? undefined : rng,
      swaps: 'freely',
    });
    unmoved.delete(start);
    return start;
  });

  const waiting = new Set(slots);
  for (const about of slots.keys()) {
    const chance = 1 / waiting.size;
    const { start } = tape.choose('sentence', about, {
      open: [...waiting],
      of,
      make: (start) => ({ kind: 'sentence', about, ...sentenceAt.get(start)!, chance }),
      fits: isThere,
      rng,
      swaps: 'once',
    });
    waiting.delete(start);
  }
}
