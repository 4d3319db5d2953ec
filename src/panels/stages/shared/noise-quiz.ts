import type { Rng } from '../../../core/rng.ts';
import type { Chip } from '../../../figures/chips.ts';
import { type Made, makeExample } from '../../../objectives/make.ts';
import type { Recipe } from '../../../objectives/objective.ts';
import type { Vocabulary } from '../../../text/document.ts';
import type { QuizText } from '../../quiz.ts';

/** Draws until an example is of the wanted kind, which it is long before the `most` that are tried. */
export function drawUntil(
  { documents, vocabulary }: QuizText,
  recipe: Recipe,
  rng: Rng,
  fits: (made: Made) => boolean,
  most = 2000,
): Made {
  for (let i = 0; ; i++) {
    const made = makeExample(documents, recipe, vocabulary, rng.fork(`draw ${i}`));
    if (fits(made) || i >= most) return made;
  }
}

/** The tokens as the model meets them: only `[MASK]` is marked. */
export const asSeen = (ids: readonly number[], { tokens, maskId, isSpecial }: Vocabulary): Chip[] =>
  ids.map((id) =>
    id === maskId ? { token: tokens[id] ?? '', mark: 'hidden' } : { token: tokens[id] ?? '', special: isSpecial(id) },
  );
