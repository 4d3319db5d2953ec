import { describe, expect, test } from 'vitest';
import ModelPicture from '../../src/figures/ModelPicture.svelte';
import { placeAnswers } from '../../src/figures/model-answers.ts';
import { layoutAxis, namedPlaces } from '../../src/figures/model-axis.ts';
import { layoutModel } from '../../src/figures/model-layout.ts';
import { litBoxes } from '../../src/figures/model-lit.ts';
import { chosenMap, type DrawnMap, describeModel, shownMaps, tabulateModel } from '../../src/figures/model-picture.ts';
import { modelParts } from '../../src/figures/named-parts.ts';
import { boxOf, touches } from '../../src/figures/placed-text.ts';
import { chipsOf } from '../../src/figures/specimens/made/model.ts';
import { specimens } from '../../src/figures/specimens/model-picture.ts';
import { cellPaths, shadePaths, stripePaths } from '../../src/figures/strips.ts';
import { threadLabels, threadsOf } from '../../src/figures/threads.ts';
import { drawn, fileOf } from './drawn.ts';

const names = Object.keys(specimens);
const widths = [358, 519, 520, 760, 1096];
const layoutOf = (name: string, over: { width?: number; height?: number } = {}) => {
  const { token, written, heads, size = 12, differences = [], ...props } = specimens[name]!;
  return layoutModel({ ...props, ...over, size, differences, choice: { token, written, heads } });
};
const bert = specimens['two layers of four heads']!;
const map = (id: string, weights: readonly number[]): DrawnMap => ({
  id,
  head: 0,
  weights,
  rows: [0, 1],
  columns: 2,
  columnSide: 'input',
});
const even = map('even', [0.5, 0.5, 0.5, 0.5]);
const single = map('single', [0, 1, 1, 0]);

describe('the model from inside', () => {
  test.each(names)('draws %s', async (name) => {
    await expect(drawn(ModelPicture, specimens[name]!)).toMatchFileSnapshot(fileOf('model-picture', name));
  });
  test.each(
    names.flatMap((name) => widths.flatMap((width) => [undefined, 200].map((low) => [name, width, low] as const))),
  )('lets no two words touch and none leave the picture: %s, %i wide, to fit %s', (name, width, low) => {
    const { labels, blocks, rows, space, height } = layoutOf(name, { width, height: low });
    const boxes = labels.map((label) => ({ text: label.text, ...boxOf(label) }));
    const maps = blocks
      .flatMap(({ bands }) => bands.flatMap((band) => band.maps))
      .map(({ x, y, size }) => ({ text: 'a map', x, y, width: size, height: size }));
    const chips = rows.map(({ row, y }) => {
      const { columns, chip } = space.axes[row.side];
      const last = columns.at(-1)!;
      return { text: 'chips', x: columns[0]!.x, y, width: last.x + last.width - columns[0]!.x, height: chip };
    });
    const all = [...boxes, ...maps, ...chips];
    const pairs = all.flatMap((a, i) => all.slice(i + 1).flatMap((b) => (touches(a, b) ? [[a.text, b.text]] : [])));
    expect(pairs).toEqual([]);
    const outside = all.filter(
      (box) => box.x < 0 || box.x + box.width > width || box.y < 0 || box.y + box.height > height,
    );
    expect(outside).toEqual([]);
  });
  test.each(names)('keeps its columns inside the width and apart: %s', (name) => {
    for (const width of widths) {
      const { axes } = layoutOf(name, { width }).space;
      for (const { columns } of [axes.input, axes.decoder]) {
        expect(Math.max(0, ...columns.map((column) => column.x + column.width))).toBeLessThanOrEqual(width);
        expect(
          columns.every((column, j) => j === 0 || column.x >= columns[j - 1]!.x + columns[j - 1]!.width - 1e-6),
        ).toBe(true);
      }
    }
  });
  test('gives way step by step until it fits a height, and stands as low as it can below that', () => {
    const heights = [undefined, 400, 346, 330, 310, 100].map((height) => {
      const layout = layoutOf('two layers of four heads', { height });
      if (height !== undefined && height > 300) expect(layout.height).toBeLessThanOrEqual(height);
      const band = layout.blocks[1]!.bands[0]!;
      return [Math.round(band.to - band.top), layout.blocks[1]!.inner !== undefined, Math.round(band.maps[0]!.size)];
    });
    expect(heights).toEqual([
      [78, true, 31],
      [52, true, 31],
      [52, false, 31],
      [52, false, 19],
      [36, false, 19],
      [26, false, 20],
    ]);
  });
  test('lights each part that a word can name, inside the picture, and attention within its layer', () => {
    const layout = layoutOf('two layers of four heads');
    const counts = modelParts.map((part) => [part, litBoxes(layout, part).length]);
    expect(Object.fromEntries(counts)).toEqual({ embeddings: 1, layer: 2, attention: 4, state: 3, head: 1 });
    const [layers, bands] = [litBoxes(layout, 'layer'), litBoxes(layout, 'attention')];
    bands.forEach((band, i) => {
      const layer = layers[Math.floor(i / 2)]!;
      expect(band.y).toBeGreaterThanOrEqual(layer.y);
      expect(band.y + band.height).toBeLessThanOrEqual(layer.y + layer.height);
    });
  });
  test('draws a layer of 32 tokens with few marks: cells of a step share a path', () => {
    const elements = drawn(ModelPicture, bert).match(/<(path|rect|text|circle|g)\b/g)!;
    expect(elements.length).toBeLessThan(400);
    expect(cellPaths([1, 1, 0, 0], 2, 2)[11]).toBe('M0,0h2v1h-2z');
  });
  test('says in one sentence how large it is and where each layer looks', () => {
    const { rows, blocks } = specimens['two networks on one row']!;
    expect(describeModel(rows, blocks, { token: 3 })).toBe(
      'A model from inside, 2 layers and 138,881 weights over 7 tokens and 7 tokens; [MASK] (3) looks most at [MASK] (2) 87 % in layer 1 and ate (3) looks most at [SEP] (6) 86 % in layer 1.',
    );
  });
  test('has a table twin: a row a block, then its heads and its answers', () => {
    const { rows, blocks } = specimens['a layer that comes again']!;
    const table = tabulateModel(rows, blocks, { token: 25 });
    expect(table.rows[0]).toEqual(['embeddings', 15104, '', 'made wide afterwards', '']);
    expect(table.rows[1]).toEqual(['layer 1', 49984, '', '', '']);
    expect(table.rows[2]!.slice(0, 3)).toEqual(['layer 1', '', 'head 1']);
    expect(table.rows[4]).toEqual(['layer 2', 0, '', 'the weights of layer 1 again', '']);
    expect(table.rows.at(-3)).toEqual(['word head', '', 'position 25', 'forest, the truth', '44 %']);
  });
  test('shows a loop and how often where weights are used again, and no weights of its own', () => {
    const texts = layoutOf('a layer that comes again').labels.map(({ text }) => text);
    expect(texts).toContain('×2 layer 1');
    expect(texts.filter((text) => text === '49,984')).toHaveLength(1);
  });
  test('names the key where threads cross to the other text', () => {
    const { labels, blocks } = layoutOf('a decoder that reads across');
    expect(blocks.flatMap(({ bands }) => bands.filter(({ bridge }) => bridge))).toHaveLength(2);
    expect(labels.filter(({ text }) => text === 'with 86 %')).toHaveLength(2);
  });
});

describe('heads of a group', () => {
  test('the wanted one is chosen, else the sharpest', () => {
    expect(chosenMap([even, single], undefined)).toBe(single);
    expect(chosenMap([even, single], 'even')).toBe(even);
    expect(chosenMap([], undefined)).toBeUndefined();
  });
  test('of many the sharpest are shown, and the chosen one always', () => {
    expect(shownMaps([even, single], undefined, 1)).toEqual({ shown: [single], all: 2 });
    expect(shownMaps([even, single], even, 1)).toEqual({ shown: [even], all: 2 });
  });
});

describe('the token axis', () => {
  const chips = chipsOf('[CLS] the *wednesday [SEP]');
  test('gives each column the width of its token, and turns the chips where they do not fit', () => {
    const flat = layoutAxis([chips], 0, 300, 12);
    expect(flat.upright).toBe(false);
    expect(flat.columns[0]!.width - flat.columns[1]!.width).toBeCloseTo(2 * 0.6 * 12, 6);
    const upright = layoutAxis([chips], 0, 60, 12);
    expect([upright.upright, upright.columns.map(({ width }) => width)]).toEqual([true, [15, 15, 15, 15]]);
  });
  test('names what matters first where columns are narrower than letters', () => {
    const axis = layoutAxis([chips], 0, 24, 12);
    expect([...namedPlaces(axis, chips, 0)]).toEqual([0, 2]);
    expect(namedPlaces(layoutAxis([chips], 0, 60, 12), chips, 0).size).toBe(4);
  });
});

describe('strips, threads and answers', () => {
  const columns = [
    { x: 0, width: 20 },
    { x: 20, width: 20 },
    { x: 40, width: 20 },
  ];
  test('a strip has a cell a token in the path of its step', () => {
    expect(shadePaths(columns, [1, 0]).filter(Boolean)).toEqual(['M20.5,0h19v1h-19z', 'M0.5,0h19v1h-19z']);
    const stripes = stripePaths(columns.slice(0, 1), { values: [0, -1, 0, 1], width: 4 }, 2);
    expect([stripes[0], stripes.at(-1)]).toEqual(['M0.5,0h19v1h-19z', 'M0.5,1h19v1h-19z']);
  });
  test('a share under 1.2 % draws no thread, and equal ones share a path', () => {
    const span = { top: 0, bottom: 50, thickest: 16 };
    const threads = threadsOf([0.011, 0.3, 0.3], columns, columns[0]!, span);
    expect(threads).toHaveLength(1);
    expect(threads[0]!.d.match(/M/g)).toHaveLength(2);
    expect(threads[0]!.thickness).toBe(5.5);
  });
  test('of two numbers that would touch the larger share stays', () => {
    const at = { y: 10, size: 12, from: 0, to: 60 };
    expect(threadLabels([0.04, 0.3, 0.6], columns, at).map(({ text }) => text)).toEqual(['60 %']);
    const near = columns.map((column) => ({ ...column, x: column.x * 3 }));
    expect(threadLabels([0.04, 0.3, 0.6], near, { ...at, to: 180 }).map(({ text }) => text)).toEqual(['60 %', '30 %']);
  });
  test('where not all answers have room the chosen place has', () => {
    const answers = [0, 1, 2].map((place) => ({ place, truth: 'a', guesses: [{ token: 'a', share: 0.5 }] }));
    const placed = placeAnswers(answers, columns, { top: 0, from: 0, to: 60, type: 12, rows: 3 }, 1);
    expect(placed.shown).toBe(1);
    expect(placed.arrows.startsWith('M30,')).toBe(true);
    expect(placed.labels.map(({ text, colour }) => [text, colour])).toEqual([
      ['a', 'truth'],
      ['50 %', undefined],
    ]);
  });
});
