/** Every colour by meaning, as the name of a custom property; `palette.css` holds the values of both themes. */
export const palette = {
  /** Background, and the slightly darker background of cards. */
  paper: 'var(--paper)',
  surface: 'var(--surface)',
  /** Text, and text that may stand back. */
  ink: 'var(--ink)',
  inkSoft: 'var(--ink-soft)',
  /** Outlines one must see; hairlines one may overlook. */
  line: 'var(--line)',
  rule: 'var(--rule)',
  /** The ring of keyboard focus and of the current mark. */
  focus: 'var(--focus)',
  /** What happened to a token. */
  hidden: 'var(--hidden)',
  hiddenInk: 'var(--hidden-ink)',
  replaced: 'var(--replaced)',
  kept: 'var(--kept)',
  substituted: 'var(--substituted)',
  substitutedInk: 'var(--substituted-ink)',
  removed: 'var(--removed)',
  inserted: 'var(--inserted)',
  moved: 'var(--moved)',
  /** Bears loss. */
  asked: 'var(--asked)',
  /** The right answer. */
  truth: 'var(--truth)',
  segments: ['var(--segment-a)', 'var(--segment-b)'],
} as const;

/** At most six hues: the objectives, and the lines of a race. */
export const categorical = [
  'var(--objective-1)',
  'var(--objective-2)',
  'var(--objective-3)',
  'var(--objective-4)',
  'var(--objective-5)',
  'var(--objective-6)',
] as const;

/** The hue of each objective, the same in every lesson. */
export const objectives: Readonly<Record<string, string>> = {
  mlm: categorical[0],
  nsp: categorical[1],
  sop: categorical[2],
  plm: categorical[3],
  rtd: categorical[4],
  denoise: categorical[5],
};

const clamp = (x: number): number => Math.min(1, Math.max(0, x));
const mix = (from: string, to: string, share: number): string =>
  `color-mix(in oklab, ${to} ${Math.round(share * 100)}%, ${from})`;

/** The one sequential scale: a share of attention or a probability, 0 … 1. */
export function attention(share: number): string {
  const x = clamp(share);
  return x < 0.5
    ? mix('var(--attention-low)', 'var(--attention-mid)', 2 * x)
    : mix('var(--attention-mid)', 'var(--attention-high)', 2 * x - 1);
}

/** The one diverging scale: −1 … 1. */
export function diverging(value: number): string {
  const end = value < 0 ? 'var(--diverging-negative)' : 'var(--diverging-positive)';
  return mix('var(--diverging-zero)', end, clamp(Math.abs(value)));
}

/** A ring of paper around letters, so wide, that keeps them readable on any mark; without a width there is none. */
export const halo = (width?: number) =>
  ({
    stroke: width === undefined ? undefined : palette.paper,
    'stroke-width': width,
    'stroke-linejoin': 'round',
    'paint-order': 'stroke',
  }) as const;

/** Type families, as custom properties. Of the mono family a character is `monoWidth` of its size wide. */
export const sans = 'var(--sans)';
export const mono = 'var(--mono)';
export const monoWidth = 0.6;
