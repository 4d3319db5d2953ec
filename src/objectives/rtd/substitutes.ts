import type { Rng } from '../../core/rng.ts';
import type { Vocabulary } from '../../text/document.ts';
import type { RtdOptions } from './options.ts';

/**
 * Where substitutes come from before there is a generator: ordinary tokens, by word counts or all alike; in reference
 * mode all alike is any of the vocabulary, special tokens too.
 */
export interface Substitutes {
  /** P(id), [vocab]. */
  readonly chances: readonly number[];
  /** One of them; never `without`, if given, unless there is nothing else. */
  draw(rng: Rng, without?: number): { readonly id: number; readonly chance: number };
}

const kept = new WeakMap<Vocabulary, Partial<Record<string, Substitutes>>>();

/** The substitutes of a vocabulary, made once. Clark et al. 2020, §3.2, compares such a unigram generator. */
export function substitutesOf(
  { substitutes, mode }: Pick<RtdOptions, 'substitutes' | 'mode'>,
  vocabulary: Vocabulary,
): Substitutes {
  const known = kept.get(vocabulary) ?? {};
  kept.set(vocabulary, known);
  const isAny = substitutes === 'uniform' && mode === 'reference';
  const key = isAny ? 'any' : substitutes;
  known[key] ??= create(vocabulary, (id) => {
    if (isAny) return 1;
    if (vocabulary.isSpecial(id)) return 0;
    return substitutes === 'uniform' ? 1 : (vocabulary.counts[id] ?? 0);
  });
  return known[key];
}

function create(vocabulary: Vocabulary, weightOf: (id: number) => number): Substitutes {
  const weights = vocabulary.tokens.map((_, id) => weightOf(id));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const chances = weights.map((weight) => weight / total);
  const possible = chances.filter((chance) => chance > 0).length;
  let sum = 0;
  const ends = chances.map((chance) => {
    sum += chance;
    return sum;
  });
  const drawAny = (rng: Rng) => {
    const at = rng.next() * sum;
    let low = 0;
    let high = ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! > at) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return {
    chances,
    draw(rng, without) {
      const isOpen = without === undefined || possible < 2;
      let id = drawAny(rng);
      while (!isOpen && id === without) id = drawAny(rng);
      return { id, chance: chances[id]! / (isOpen ? 1 : 1 - chances[without]!) };
    },
  };
}
