import { createRng } from '../core/rng.ts';
import type { DenoiseDraws } from '../objectives/denoise/index.ts';
import { makeExample } from '../objectives/make.ts';
import type { Document, Vocabulary } from '../text/document.ts';

/** How often each length was drawn, from 0 on, for so many texts of four sentences. Lewis et al. 2020, §2.2. */
export function drawnLengths(
  { documents, vocabulary }: { readonly documents: readonly Document[]; readonly vocabulary: Vocabulary },
  seed: string,
  texts: number,
  lambda: number,
): readonly number[] {
  const recipe = {
    pairing: 'contiguous',
    pairingOptions: { sentences: 4, maxLength: 80 },
    noising: 'denoise',
    noisingOptions: { permuteShare: 0, infillRate: 0.3, spans: 'poisson', lambda },
  };
  const counts: number[] = [];
  const rng = createRng(seed);
  for (let text = 0; text < texts; text++) {
    const { noise } = makeExample(documents, recipe, vocabulary, rng.fork(`text ${text}`));
    for (const step of (noise as DenoiseDraws).steps)
      if (step.kind === 'length') counts[step.length] = (counts[step.length] ?? 0) + 1;
  }
  return Array.from(counts, (count = 0) => count);
}
