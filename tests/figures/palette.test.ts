import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { attention, categorical, diverging, objectives, palette } from '../../src/figures/palette.ts';

type Theme = Readonly<Record<string, string>>;
const css = readFileSync('src/figures/palette.css', 'utf8');

/** The custom properties of the block that `selector` opens. */
function block(selector: string): Theme {
  const start = css.indexOf(selector);
  const body = css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start));
  return Object.fromEntries([...body.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6});/g)].map((m) => [m[1]!, m[2]!]));
}
const light = block(':root {');
const dark = block(':root[data-theme="dark"]');
const themes: readonly [string, Theme][] = [
  ['light', light],
  ['dark', dark],
];

type Rgb = readonly [number, number, number];
const linear = (hex: string): Rgb =>
  [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** Contrast ratio of WCAG 2.2. */
function contrast(a: string, b: string): number {
  const [dim, bright] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => x - y) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
}

/** Machado, Oliveira, Fernandes 2009, severity 1: what people without one kind of cone see, in linear light. */
const deficiencies: Readonly<Record<string, readonly Rgb[]>> = {
  none: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const dot = (a: Rgb, b: Rgb) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Ottosson's OKLab. */
function oklab(rgb: Rgb): Rgb {
  const l = Math.cbrt(dot(rgb, [0.4122214708, 0.5363325363, 0.0514459929]));
  const m = Math.cbrt(dot(rgb, [0.2119034982, 0.6806995451, 0.1073969566]));
  const s = Math.cbrt(dot(rgb, [0.0883024619, 0.2817188376, 0.6299787005]));
  const lms: Rgb = [l, m, s];
  return [
    dot(lms, [0.2104542553, 0.793617785, -0.0040720468]),
    dot(lms, [1.9779984951, -2.428592205, 0.4505937099]),
    dot(lms, [0.0259040371, 0.7827717662, -0.808675766]),
  ];
}
function distance(a: string, b: string, sight: readonly Rgb[]): number {
  const seen = (hex: string) =>
    oklab(sight.map((row) => Math.min(1, Math.max(0, dot(row, linear(hex))))) as unknown as Rgb);
  const [p, q] = [seen(a), seen(b)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}
const nameOf = (value: string) => /^var\(--([a-z0-9-]+)\)$/.exec(value)![1]!;

describe('the palette', () => {
  test('gives every name of palette.ts a value in both themes, and no other', () => {
    const named = [...Object.values(palette).flat(), ...categorical].map(nameOf);
    const scales = ['low', 'mid', 'high'].map((end) => `attention-${end}`);
    const ends = ['negative', 'zero', 'positive'].map((end) => `diverging-${end}`);
    expect(Object.keys(light).sort()).toEqual([...named, ...scales, ...ends].sort());
    expect(Object.keys(dark).sort()).toEqual(Object.keys(light).sort());
  });
  test('is the same dark for those who chose it and for those whose system asks for it', () => {
    expect(block(':root:not([data-theme="light"])')).toEqual(dark);
  });
  test('is made of the system’s own colours, every name of it, where the system has colours for all pages', () => {
    const forced = css.slice(css.indexOf('@media (forced-colors: active)'));
    const values = [...forced.matchAll(/--([a-z0-9-]+):\s*([^;]+);/g)].map(
      ([, name, value]) => [name!, value!] as const,
    );
    expect(values.map(([name]) => name).sort()).toEqual(Object.keys(light).sort());
    const own = /^(Canvas|CanvasText|LinkText|VisitedText|ActiveText|Highlight|GrayText)$/;
    const shade = /^color-mix\(in oklab, CanvasText \d+%, Canvas\)$/;
    expect(values.filter(([, value]) => !own.test(value) && !shade.test(value))).toEqual([]);
  });
  test.each(themes)('text has a contrast of at least 4.5 : 1 in the %s theme', (_, theme) => {
    const pairs = [
      ['ink', 'paper'],
      ['ink', 'surface'],
      ['ink-soft', 'paper'],
      ['ink-soft', 'surface'],
      ['hidden-ink', 'hidden'],
      ['substituted-ink', 'substituted'],
      ['ink', 'attention-low'],
      ['paper', 'attention-high'],
      ...['replaced', 'kept', 'removed', 'inserted', 'moved', 'asked', 'truth', 'hidden', 'substituted'].map((name) => [
        name,
        'paper',
      ]),
      ...['replaced', 'kept', 'removed', 'inserted', 'moved', 'asked', 'truth', 'hidden', 'substituted'].map((name) => [
        name,
        'surface',
      ]),
    ] as const;
    expect(pairs.filter(([a, b]) => contrast(theme[a!]!, theme[b!]!) < 4.5)).toEqual([]);
  });
  test.each(themes)('marks have a contrast of at least 3 : 1 in the %s theme', (_, theme) => {
    const marks = [
      'line',
      'focus',
      'segment-a',
      'segment-b',
      'attention-mid',
      'attention-high',
      'diverging-negative',
      'diverging-positive',
    ];
    const all = [...marks, ...categorical.map(nameOf)];
    expect(all.filter((name) => contrast(theme[name]!, theme.paper!) < 3)).toEqual([]);
  });
  test.each(themes)('six hues stay apart for the three common colour deficiencies in the %s theme', (_, theme) => {
    const hues = categorical.map(nameOf).map((name) => theme[name]!);
    const close = Object.entries(deficiencies).flatMap(([who, sight]) =>
      hues.flatMap((a, i) => hues.slice(i + 1).map((b) => ({ who, a, b, distance: distance(a, b, sight) }))),
    );
    expect(close.filter((pair) => pair.distance < 0.11)).toEqual([]);
  });
  test.each(themes)('tells less from more on the diverging scale, whoever looks, in the %s theme', (_, theme) => {
    const [less, none, more] = ['negative', 'zero', 'positive'].map((end) => theme[`diverging-${end}`]!);
    const pairs = [
      [less!, more!],
      [less!, none!],
      [more!, none!],
    ] as const;
    const close = Object.entries(deficiencies).flatMap(([who, sight]) =>
      pairs.map(([a, b]) => ({ who, a, b, distance: distance(a, b, sight) })),
    );
    expect(close.filter((pair) => pair.distance < 0.15)).toEqual([]);
  });
  test('lets lightness run one way along the sequential scale', () => {
    const steps = ['attention-low', 'attention-mid', 'attention-high'];
    expect(steps.map((name) => Number(luminance(linear(light[name]!)).toFixed(2)))).toEqual([0.89, 0.29, 0.02]);
    expect(steps.map((name) => Number(luminance(linear(dark[name]!)).toFixed(2)))).toEqual([0.02, 0.2, 0.87]);
  });
});

test('the scales clamp and mix between named ends', () => {
  expect(attention(-1)).toBe('color-mix(in oklab, var(--attention-mid) 0%, var(--attention-low))');
  expect(attention(0.75)).toBe('color-mix(in oklab, var(--attention-high) 50%, var(--attention-mid))');
  expect(diverging(-0.25)).toBe('color-mix(in oklab, var(--diverging-negative) 25%, var(--diverging-zero))');
  expect(objectives.rtd).toBe('var(--objective-5)');
});
