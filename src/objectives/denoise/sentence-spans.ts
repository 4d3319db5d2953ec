import type { Item } from './effect.ts';
import { longestInSentence } from './options.ts';
import { type Recording, replacement } from './recording.ts';
import { sentencesOf } from './sentences.ts';

/**
 * One span in each sentence, of 1 to 5 words alike, anywhere within it. Departs from Lewis et al. 2020, §2.2: with one
 * span a sentence the best possible loss can be summed exactly. Returns 0: no span is empty.
 */
export function spanEachSentence(
  recording: Recording,
  items: readonly Item[],
  words: readonly (readonly number[])[],
): 0 {
  const { rng, tape, vocabulary } = recording;
  const placeOf = new Map(items.map(({ from }, at) => [from, at]));
  const sentences = sentencesOf(
    items.map(({ id }) => id),
    vocabulary,
  ).map(({ start, end }) =>
    words.filter(([first]) => {
      const at = placeOf.get(first!) ?? -1;
      return at >= start && at < end;
    }),
  );
  sentences.forEach((own, about) => {
    const longest = Math.min(longestInSentence, own.length);
    if (longest === 0) return;
    const { used } = tape.take(
      'length',
      about,
      () => {
        const length = 1 + rng.int(longest);
        return { kind: 'length', about, length, used: length, chance: 1 / longest };
      },
      (old) => old.used <= longest && Math.abs(old.chance * longest - 1) < 1e-9,
    );
    const starts = own.length - used + 1;
    const at = (first: number) => own.slice(first, first + used).flat();
    tape.take(
      'span',
      about,
      () => ({
        kind: 'span',
        about,
        positions: at(rng.int(starts)),
        id: replacement(recording),
        chance: 1 / starts,
      }),
      (old) => Array.from({ length: starts }, (_, first) => at(first).join()).includes(old.positions.join()),
    );
  });
  return 0;
}
