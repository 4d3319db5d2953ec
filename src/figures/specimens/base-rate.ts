import type { ComponentProps } from 'svelte';
import type BaseRate from '../BaseRate.svelte';
import type { RatePoint } from '../base-rate.ts';

const knowingOnly = (p: number) => (p <= 0 ? 0 : -p * Math.log(p) - (1 - p) * Math.log(1 - p));
const points: readonly RatePoint[] = [
  { step: 0, share: 0.149, loss: 0.675 },
  { step: 100, share: 0.138, loss: 0.332 },
  { step: 200, share: 0.132, loss: 0.173 },
  { step: 300, share: 0.122, loss: 0.11 },
  { step: 400, share: 0.116, loss: 0.082 },
];

export const specimens: Readonly<Record<string, ComponentProps<typeof BaseRate>>> = {
  'a run that learns': { points, knowingOnly, width: 720, current: 200, onpick: () => undefined },
  'no run, narrow': { points: [], knowingOnly, width: 340 },
};
