import { monoWidth } from './palette.ts';
import { listed, percent, type Table } from './table.ts';
import { widthOf } from './text.ts';

/** What is gathered from each neighbour: shares that sum to 1, or plain weights. */
export interface Kernel {
  readonly name: string;
  /** The leftmost neighbour first. */
  readonly weights: readonly number[];
}

export interface Kernels {
  /** What stands below the bars, the leftmost neighbour first; empty: nothing. */
  readonly tokens: readonly string[];
  /** Which of them is the token itself. */
  readonly centre: number;
  readonly kernels: readonly Kernel[];
  /** Whether weights are shares: then they are told in percent. */
  readonly areShares: boolean;
  /** The largest weight that bars are to have room for, where several pictures have one scale; absent: their own. */
  readonly most?: number;
}

const stepText = (step: number): string =>
  step === 0 ? 'itself' : `${Math.abs(step)} ${step < 0 ? 'before' : 'after'}`;
const weightText = (weight: number, areShares: boolean): string =>
  areShares ? percent(weight) : weight.toFixed(2).replace('-', '−');

/** One sentence that is true of the bars: the largest of each. */
export function describeKernels({ tokens, centre, kernels, areShares }: Kernels): string {
  const said = kernels.map(({ name, weights }) => {
    const most = weights.reduce((best, weight, i) => (Math.abs(weight) > Math.abs(weights[best]!) ? i : best), 0);
    const token = tokens[most] ? ` (${tokens[most]})` : '';
    return `${name}: most at ${stepText(most - centre)}${token}, ${weightText(weights[most] ?? 0, areShares)}`;
  });
  return `${listed(said)}.`;
}

/** A row a neighbour. */
export const tabulateKernels = ({ tokens, centre, kernels, areShares }: Kernels): Table => ({
  columns: ['Neighbour', 'Token', ...kernels.map(({ name }) => name)],
  rows: tokens.map((token, i) => [
    stepText(i - centre),
    token,
    ...kernels.map(({ weights }) => weightText(weights[i] ?? 0, areShares)),
  ]),
});

export interface KernelsLayout {
  readonly type: number;
  /** Width of a bar's column. */
  readonly step: number;
  readonly isTurned: boolean;
  readonly charts: readonly {
    readonly x: number;
    readonly y: number;
    /** Where nothing is. */
    readonly zero: number;
    readonly bars: readonly { readonly x: number; readonly y: number; readonly height: number }[];
  }[];
  readonly labels: number;
  readonly height: number;
}

/** Charts of one scale, as many beside one another as have room. */
export function layoutKernels({ tokens, kernels, most: top = 0 }: Kernels, width: number, size: number): KernelsLayout {
  const type = Math.max(12, size * 0.8);
  const gap = size * 1.6;
  const least = tokens.length * size * 0.9;
  const most = tokens.length * size * 2.6;
  const perRow = Math.max(1, Math.min(kernels.length, Math.floor((width + gap) / (least + gap))));
  const wide = Math.min(most, (width - 2 + gap) / perRow - gap);
  const step = wide / tokens.length;
  const longest = Math.max(...tokens.map(({ length }) => length));
  const isTurned = longest * monoWidth * type > step - 2 && tokens.filter((token) => token).length > tokens.length / 2;
  const below = isTurned ? longest * monoWidth * type + size : type * 1.5;
  const tall = size * (kernels.length > 4 ? 3.6 : 6);
  const all = kernels.flatMap(({ weights }) => weights);
  const [low, high] = [Math.min(0, ...all), Math.max(0.01, top, ...all)];
  const scale = tall / (high - low);
  const line = type * 1.7 + tall + below;
  const charts = kernels.map(({ weights }, k) => {
    const x = 1 + (k % perRow) * (wide + gap);
    const y = Math.floor(k / perRow) * line;
    const zero = y + type * 1.7 + high * scale;
    const bars = weights.map((weight, i) => ({
      x: x + i * step + step * 0.12,
      y: zero - Math.max(0, weight) * scale,
      height: Math.max(1, Math.abs(weight) * scale),
    }));
    return { x, y, zero, bars };
  });
  return {
    type,
    step,
    isTurned,
    charts,
    labels: tall - high * scale,
    height: Math.ceil(kernels.length / perRow) * line,
  };
}

/** Letters of a chart's name that have room above it. */
export const nameLetters = (tokens: number, step: number, type: number): number =>
  Math.max(4, Math.floor((tokens * step) / widthOf(1, type, 'label')));
