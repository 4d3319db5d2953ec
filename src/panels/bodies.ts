import type { Head } from '../figures/heads.ts';
import type { PlainReading } from '../training/plain-encoder.ts';

/** Stored runs whose bodies differ in what they were asked. */
export const bodies = [
  { name: 'holes', run: 'masked-language-modelling/best-possible' },
  { name: 'the next token', run: 'recipes/causal' },
  { name: 'fakes', run: 'recipes/rtd' },
  { name: 'noise', run: 'recipes/denoise' },
] as const;

/** The heads of all layers of a reading. */
export const headsOf = ({ maps, states }: PlainReading): readonly Head[] => {
  const seq = states[0]!.data.length / states[0]!.width;
  return maps.flatMap((map, layer) =>
    Array.from({ length: map.length / seq ** 2 }, (_, head) => ({
      layer,
      head,
      weights: map.subarray(head * seq ** 2, (head + 1) * seq ** 2),
    })),
  );
};

/** Where the looks of all heads go, on average, as shares: before a token, at itself, behind it. */
export function directionsOf(heads: readonly Head[], seq: number) {
  const sums = { before: 0, itself: 0, behind: 0 };
  for (const { weights } of heads)
    for (let i = 0; i < seq; i++)
      for (let j = 0; j < seq; j++)
        sums[j < i ? 'before' : j > i ? 'behind' : 'itself'] += weights[i * seq + j]! / (seq * heads.length);
  return sums;
}
