import type { ComponentProps } from 'svelte';
import type ClaimPlot from '../ClaimPlot.svelte';
import type { Point } from '../curve.ts';

/** Losses on held-out text at the steps 0, 100, 200 and so on, a row a seed. */
const measured = (name: string, hue: number, seeds: readonly (readonly number[])[]) => ({
  name,
  hue,
  traces: seeds.map((losses) => ({ training: [], heldOut: losses.map((loss, i): Point => [i * 100, loss]) })),
});
const series = [
  measured('both sides', 0, [
    [5.509, 3.681, 2.186, 1.849, 1.706],
    [5.65, 3.796, 2.183, 1.675, 1.504],
    [5.549, 3.704, 2.156, 1.638, 1.431],
  ]),
  measured('left to right', 1, [
    [5.505, 3.256, 2.109, 1.838, 1.724],
    [5.655, 3.251, 2.099, 1.85, 1.768],
    [5.548, 3.282, 2.108, 1.841, 1.702],
  ]),
];
const references = [
  { name: 'the word before', loss: 2.53 },
  { name: 'best possible', loss: 0.81, best: true },
];
export const specimens: Readonly<Record<string, ComponentProps<typeof ClaimPlot>>> = {
  'two recipes, three seeds': {
    series,
    references,
    among: true,
    width: 870,
    height: 340,
    stripHeight: 220,
    at: 400,
    onseek: () => undefined,
  },
  'two recipes, narrow': { series, references, among: true, width: 358, at: 250 },
  'not run yet': { series: series.map((one) => ({ ...one, traces: [] })), references, width: 600, xMax: 400 },
};
