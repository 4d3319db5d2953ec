import type { Probe } from '../figures/probes.ts';
import type { Vocabulary } from '../text/document.ts';
import { shownToken } from '../text/shown.ts';
import type { Guess } from '../training/probed.ts';

/** A guess in words. */
export function probeOf(
  { place, truth, rank, among, top }: Guess,
  words: Pick<Vocabulary, 'tokens' | 'shown' | 'maskId'>,
): Probe {
  const spell = (id: number) => shownToken(words, id);
  return {
    position: place,
    truth: truth.id === words.maskId ? '' : spell(truth.id),
    guesses: top.map(({ id, share }) => ({ token: spell(id), share })),
    truthShare: truth.share,
    truthRank: rank,
    among,
  };
}
