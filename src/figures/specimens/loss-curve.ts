import type { ComponentProps } from 'svelte';
import type { Point, Trace } from '../curve.ts';
import type LossCurve from '../LossCurve.svelte';

/** The shape of a loss: from `start` down to `end`, with a wobble that no seed repeats. */
function trace(start: number, end: number, steps: number, pace: number, phase: number, wobble = 0.25): Trace {
  const at = (step: number) => end + (start - end) * Math.exp(-step / pace);
  const training: Point[] = Array.from({ length: steps }, (_, i) => {
    const noise = Math.sin(i * 12.9898 + phase) * 43758.5453;
    return [i + 1, at(i + 1) + wobble * (noise - Math.floor(noise) - 0.5)];
  });
  const heldOut: Point[] = [0, 0.25, 0.5, 0.75, 1].map((share) => [
    Math.round(share * steps),
    at(share * steps) + 0.04,
  ]);
  return { training, heldOut };
}
const linesOf = (uniform: number, unigram: number, bigram: number, best: number) => [
  { name: 'uniform', loss: uniform },
  { name: 'unigram', loss: unigram },
  { name: 'bigram', loss: bigram },
  { name: 'best possible', loss: best, best: true },
];
const references = linesOf(6.4, 4.93, 3.02, 2.31);
const nothing = () => undefined;

export const specimens: Readonly<Record<string, ComponentProps<typeof LossCurve>>> = {
  'one run': {
    width: 720,
    references,
    series: [{ name: 'BERT', traces: [trace(6.4, 2.6, 1200, 200, 0)] }],
    xMax: 1500,
    at: 400,
    onpoint: nothing,
  },
  'one run, narrow': {
    width: 340,
    height: 300,
    references,
    series: [{ name: 'BERT', traces: [trace(6.4, 2.6, 1200, 200, 0)] }],
  },
  'a race over seeds': {
    width: 720,
    references,
    series: [
      {
        name: 'ELECTRA',
        hue: 4,
        traces: [0, 1, 2].map((seed) => trace(6.4, 2.5 + seed * 0.1, 600, 130 + seed * 20, seed)),
      },
      { name: 'BERT', hue: 0, traces: [3, 4, 5].map((seed) => trace(6.4, 2.9 + (seed - 3) * 0.08, 600, 200, seed)) },
    ],
  },
  'lines close together, logarithmic': {
    width: 720,
    xLog: true,
    yLog: true,
    references: linesOf(Math.LN2, 0.692, 0.69, 0.1),
    series: [{ name: 'order of sentences', hue: 2, traces: [trace(0.7, 0.15, 9000, 1500, 7, 0.1)] }],
  },
  'a bound that moves': {
    width: 720,
    height: 260,
    references: [
      { name: 'perfect generator', loss: 0.042, best: true },
      { name: 'word counts', loss: 0.003, best: true },
    ],
    series: [
      { name: 'replaced or not', hue: 1, traces: [trace(0.7, 0.1, 900, 200, 3, 0.05)] },
      {
        name: 'knowing only how many',
        guide: true,
        traces: [
          {
            training: [
              [0, 0.4],
              [300, 0.31],
              [600, 0.22],
              [900, 0.19],
            ],
          },
        ],
      },
    ],
  },
  'not begun': {
    width: 480,
    height: 260,
    references,
    series: [{ name: 'BERT', traces: [{ training: [] }] }],
    xMax: 1000,
  },
};
