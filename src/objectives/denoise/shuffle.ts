import type { Recording } from './recording.ts';
import { sentencesOf } from './sentences.ts';

/** Which sentences move, and which of them goes where: any order of theirs is equally probable. */
export function shuffle({ options, vocabulary, rng, tape }: Recording, ids: readonly number[]): void {
  const sentences = sentencesOf(ids, vocabulary);
  const count = Math.ceil(sentences.length * options.permuteShare - 1e-6);
  const isAll = count === sentences.length;
  const free = [...sentences];
  const slots = Array.from({ length: count }, (_, about) => {
    const step = tape.take(
      'slot',
      about,
      () => {
        const sentence = free[isAll ? 0 : rng.int(free.length)]!;
        return { kind: 'slot', about, ...sentence, chance: isAll ? 1 : 1 / free.length };
      },
      (old) => free.some(({ start, end }) => start === old.start && end === old.end),
    );
    free.splice(
      free.findIndex(({ start }) => start === step.start),
      1,
    );
    return step;
  });
  const left = [...slots];
  const spoken = new Set(tape.held('sentence').map(({ start }) => start));
  slots.forEach((_, about) => {
    const step = tape.take(
      'sentence',
      about,
      (misfit) => {
        const unspoken = misfit ? left.filter(({ start }) => !spoken.has(start)) : left;
        const from = unspoken.length > 0 ? unspoken : left;
        const { start, end } = from[rng.int(from.length)]!;
        return { kind: 'sentence', about, start, end, chance: 1 / left.length };
      },
      (old) => left.some(({ start, end }) => start === old.start && end === old.end),
    );
    left.splice(
      left.findIndex(({ start }) => start === step.start),
      1,
    );
  });
}
