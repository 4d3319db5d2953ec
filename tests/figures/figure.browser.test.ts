import { createRawSnippet } from 'svelte';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/figures/palette.css';
import AttentionGrid from '../../src/figures/AttentionGrid.svelte';
import { toPng, toSvgText } from '../../src/figures/export-image.ts';
import Figure from '../../src/figures/Figure.svelte';
import { specimens as attention } from '../../src/figures/specimens/attention-grid.ts';
import { specimens as strips } from '../../src/figures/specimens/token-strip.ts';
import TokenStrip from '../../src/figures/TokenStrip.svelte';

test('a frame tells its picture how wide it may be, and shows the table twin on demand', async () => {
  const children = createRawSnippet((width: () => number) => ({
    render: () => `<svg role="img" aria-label="${width()} wide"></svg>`,
  }));
  const table = () => ({ columns: ['Step', 'Loss'], rows: [[1, 6.4]] });
  const screen = await render(Figure, { caption: 'Loss', table, children });
  await expect.element(screen.getByRole('img', { name: /^[1-9]\d* wide$/ })).toBeInTheDocument();
  expect(screen.container.querySelector('table')).toBeNull();
  await screen.getByRole('button', { name: 'Table' }).click();
  await expect.element(screen.getByRole('cell', { name: '6.4' })).toBeVisible();
});

test('a saved picture carries its own colours, without the invisible buttons', async () => {
  const screen = await render(TokenStrip, { ...strips['masked pair']!, onpick: () => undefined });
  const svg = screen.container.querySelector('svg')!;
  const text = toSvgText(svg);
  expect(text).toContain('--hidden:#24456b');
  expect(text).toContain('xmlns="http://www.w3.org/2000/svg"');
  expect(text).toContain('[data-target]{display:none}');
  const png = await toPng(svg, 2);
  const bitmap = await createImageBitmap(png);
  expect([png.type, bitmap.width]).toEqual(['image/png', 1520]);
  const canvas = document.createElement('canvas');
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  const context = canvas.getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const dark = Array.from({ length: data.length / 4 }, (_, i) => i * 4).filter(
    (i) => data[i] === 0x24 && data[i + 1] === 0x45 && data[i + 2] === 0x6b,
  );
  expect(dark.length).toBeGreaterThan(1000);
});

test('the arrow keys move among the chips, along a row and from row to row, and Enter picks', async () => {
  const picked: number[] = [];
  const screen = await render(TokenStrip, {
    ...strips['masked pair']!,
    width: 320,
    current: 0,
    onpick: (index) => picked.push(index),
  });
  const first = screen.getByRole('button', { name: /^position 0:/ });
  (first.element() as SVGElement).focus();
  await userEvent.keyboard('{ArrowRight}{Enter}{End}{Enter}{Home}{ArrowDown} ');
  expect(picked).toEqual([1, 10, 5]);
  expect(screen.container.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
});

test('a head is enlarged by a click and by the keyboard', async () => {
  const enlarged: (string | undefined)[] = [];
  const screen = await render(AttentionGrid, { ...attention['all heads']!, onenlarge: (head) => enlarged.push(head) });
  await screen.getByRole('button', { name: /^Enlarge layer 1, head 2/ }).click();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(enlarged).toEqual(['0.1', '1.1']);
});
