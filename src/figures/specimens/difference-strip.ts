import type { ComponentProps } from 'svelte';
import type { Point } from '../curve.ts';
import type DifferenceStrip from '../DifferenceStrip.svelte';

/** Losses every ten steps that part slowly, a seed at a time. */
const seeds = (name: string, hue: number, gain: number) => ({
  name,
  hue,
  traces: [0, 1, 2, 3, 4].map((seed) => ({
    training: [],
    heldOut: Array.from(
      { length: 31 },
      (_, i): Point => [i * 10, 3 - gain * (1 - Math.exp(-i / 12)) + 0.03 * Math.sin(seed * 2.1 + (i * gain) / 2)],
    ),
  })),
});
export const specimens: Readonly<Record<string, ComponentProps<typeof DifferenceStrip>>> = {
  'five seeds, many places': { a: seeds('every token', 4, 1.3), b: seeds('one in seven', 0, 1.1), width: 720, at: 200 },
  'five seeds, narrow': { a: seeds('every token', 4, 1.3), b: seeds('one in seven', 0, 1.1), width: 340 },
};
