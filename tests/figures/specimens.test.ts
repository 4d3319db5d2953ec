import { expect, test } from 'vitest';

const specimens = Object.keys(import.meta.glob('../../src/figures/specimens/*.ts'));
const figures = Object.keys(import.meta.glob('../../src/figures/*.svelte'));
const sources = import.meta.glob<string>(['../../src/figures/**/*.{ts,svelte}', '../../src/panels/*.svelte'], {
  eager: true,
  query: '?raw',
  import: 'default',
});
const base = (path: string) => path.replace(/^.*\/([^/]+)\.\w+$/, '$1');
const pascal = (id: string) => id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());

test('every set of specimens belongs to a figure', () => {
  const names = figures.map(base);
  expect(specimens.map((path) => pascal(base(path))).filter((name) => !names.includes(name))).toEqual([]);
  expect(specimens.length).toBeGreaterThanOrEqual(13);
});

test('no figure and no panel has a colour of its own: all are named in the palette', () => {
  const literal = /#[0-9a-f]{3,8}\b(?![\w-])|\b(?:rgb|hsl|oklch|lab)a?\(/gi;
  const found = Object.entries(sources).flatMap(([path, text]) =>
    (text.match(literal) ?? [])
      .filter((match) => !/^#(each|if|snippet|await|key)/i.test(match))
      .map((match) => `${base(path)}: ${match}`),
  );
  expect(found).toEqual([]);
});

test('figures hold no state but what follows from their props', () => {
  const drawing = Object.entries(sources).filter(
    ([path]) => path.includes('/figures/') && !path.endsWith('/Figure.svelte'),
  );
  expect(
    drawing
      .filter(([, text]) => /\$state|\$effect|fetch\(|setTimeout|querySelector\(/.test(text))
      .map(([path]) => base(path)),
  ).toEqual([]);
});
