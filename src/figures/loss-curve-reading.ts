import type { LossCurveLayout } from './loss-curve-layout.ts';

/** What the chart says at one place of its horizontal axis. */
export interface Reading {
  readonly x: number;
  readonly dots: readonly { readonly y: number; readonly hue: string }[];
  readonly text: string;
  readonly textX: number;
  readonly anchor: 'start' | 'end';
}
export function readLossCurve({ drawn, plot, x, y }: LossCurveLayout, at: number, unit: string): Reading {
  const read = drawn.flatMap(({ name, hue, lossAt }) => {
    const loss = lossAt(at);
    return loss === undefined ? [] : [{ name, hue, loss }];
  });
  const late = x(at) > (plot.left + plot.right) / 2;
  const losses = read.map(({ name, loss }) => `${name} ${loss.toFixed(2)}`).join(', ');
  return {
    x: x(at),
    dots: read.map(({ hue, loss }) => ({ y: y(loss), hue })),
    text: `${unit} ${Math.round(at).toLocaleString('en')}: ${losses}`,
    textX: x(at) + (late ? -6 : 6),
    anchor: late ? 'end' : 'start',
  };
}
