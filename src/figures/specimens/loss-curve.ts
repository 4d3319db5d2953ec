import type { ComponentProps } from 'svelte';
import type { Point, Trace } from '../curve.ts';
import type LossCurve from '../LossCurve.svelte';

/** The shape of a loss: fast, then slowly from `start` to `end`, with a wobble that no seed repeats. */
function shape(start: number, end: number, pace: number) {
  return (step: number) => end + (start - end) * (0.72 * Math.exp(-step / pace) + 0.28 * Math.exp(-step / (4 * pace)));
}
function training(at: (step: number) => number, steps: number, wobble: number, phase = 0): readonly Point[] {
  return Array.from({ length: steps }, (_, i) => {
    const noise = Math.sin((i % 997) * 12.9898 + phase) * 43758.5453;
    return [i + 1, at(i + 1) + wobble * (noise - Math.floor(noise) - 0.5)];
  });
}
const heldOut = (at: (step: number) => number, every: number, steps: number): readonly Point[] =>
  Array.from({ length: Math.floor(steps / every) + 1 }, (_, i) => [i * every, at(i * every) + 0.04]);
const trace = (at: (step: number) => number, steps: number, every: number, wobble: number, phase = 0): Trace => ({
  training: training(at, steps, wobble, phase),
  heldOut: heldOut(at, every, steps),
});

const linesOf = (alike: number, frequent: number, before: number, best: number) => [
  { name: 'all words alike', loss: alike },
  { name: 'as often as they occur', loss: frequent },
  { name: 'the word before', loss: before },
  { name: 'best possible', loss: best, best: true },
];
const references = linesOf(5.26, 5.25, 2.53, 0.81);
const nothing = () => undefined;

const holes = shape(5.6, 0.86, 130);
const live: ComponentProps<typeof LossCurve>['series'] = [
  { name: 'stored run', hue: 0, ghost: true, traces: [{ training: [], heldOut: heldOut(holes, 100, 1500) }] },
  { name: 'this run', hue: 0, traces: [trace((step) => holes(step) - 0.02, 540, 100, 0.3)] },
];
const flags = [
  { step: 90, title: 'frames' },
  { step: 310, title: 'pairs' },
  { step: 520, title: 'copying' },
  { step: 1040, title: 'two clues', isHollow: true },
];
const frames = [
  ...[1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 22, 27, 33, 40, 48, 58, 70, 84, 100, 120, 140, 170, 200, 240, 280, 300],
  ...[320, 360, 400, 440, 480, 520, 540],
];
const lab = {
  references,
  series: live,
  among: true,
  flags,
  frames,
  weightsAt: [0, 100, 300, 540],
  xMax: 1500,
  at: 540,
  live: true,
  onseek: nothing,
};
/** The same question asked of three seeds each. */
const seedsOf = (name: string, hue: number, end: number, pace: number) => ({
  name,
  hue,
  traces: [0, 1, 2].map((seed) => ({
    training: [],
    heldOut: heldOut(shape(5.55, end + seed * 0.09, pace * (1 - seed * 0.06)), 50, 400),
  })),
});

export const specimens: Readonly<Record<string, ComponentProps<typeof LossCurve>>> = {
  'in the lab': { ...lab, width: 590 },
  'in the lab, led back': { ...lab, width: 590, at: 200, live: false, turns: [{ x: 900, label: 'longer texts' }] },
  folded: { ...lab, width: 1000, height: 100, live: false, state: 'paused' },
  'on a phone': { ...lab, width: 358, height: 204 },
  'no step taken yet': {
    width: 590,
    references,
    series: [{ name: 'this run', traces: [{ training: [] }] }],
    among: true,
    xMax: 1500,
    onseek: nothing,
  },
  'several runs': {
    width: 590,
    references,
    series: [
      { name: 'A', hue: 0, traces: [{ training: [], heldOut: heldOut(holes, 100, 1500) }] },
      { name: 'B', hue: 3, traces: [{ training: [], heldOut: heldOut(shape(5.6, 0.84, 90), 100, 400) }] },
    ],
    among: true,
    xMax: 1500,
    at: 400,
    onseek: nothing,
  },
  'seeds of two recipes': {
    width: 720,
    height: 300,
    references,
    series: [seedsOf('both sides', 0, 1.2, 60), seedsOf('left to right', 1, 1.6, 40)],
    among: true,
    at: 400,
  },
  'with gaps': {
    width: 590,
    references,
    series: [
      {
        name: 'rarely asked',
        hue: 2,
        traces: [
          {
            training: training(holes, 400, 0.5).map(([x, loss]) => [x, x % 90 < 35 ? Number.NaN : loss]),
            heldOut: heldOut(holes, 100, 400),
          },
        ],
      },
    ],
    xMax: 600,
    at: 170,
    onseek: nothing,
  },
  'lines close together, logarithmic': {
    width: 720,
    xLog: true,
    yLog: true,
    references: [
      { name: 'a coin', loss: Math.LN2 },
      { name: 'the first sentence alone', loss: 0.68 },
      { name: 'best possible', loss: 0.1, best: true },
    ],
    series: [
      {
        name: 'order of sentences',
        hue: 2,
        traces: [trace((step) => 0.13 + 0.57 * Math.exp(-step / 1500), 9000, 1500, 0.03, 7)],
      },
    ],
    at: 3000,
  },
  'a bound that moves': {
    width: 720,
    references: [
      { name: 'perfect generator', loss: 0.042, best: true },
      { name: 'word counts', loss: 0.003, best: true },
    ],
    series: [
      {
        name: 'replaced or not',
        hue: 1,
        traces: [trace((step) => 0.1 + 0.6 * Math.exp(-step / 200), 900, 225, 0.05, 3)],
      },
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
    at: 300,
    onseek: nothing,
  },
};
