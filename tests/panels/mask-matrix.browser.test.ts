import { expect, onTestFinished, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app/style.css';
import { blueprints } from '../../src/models/catalog.ts';
import MaskMatrixPanel from '../../src/panels/MaskMatrixPanel.svelte';
import type { Settings } from '../../src/training/run.ts';
import { labOf } from './lab-tools.ts';

const sentence = 'the cat sat on';

async function captions(run: Settings): Promise<(string | undefined)[]> {
  await render(MaskMatrixPanel, { lab: labOf({ pairing: 'contiguous', ...run }), sentence });
  await expect.element(page.getByRole('region', { name: 'Who may look at whom' })).toBeVisible();
  return [...document.querySelectorAll('figcaption')].map((caption) => caption.textContent?.trim().split('. ')[0]);
}

test('one pattern is shown by itself, and left to right where that is asked for', async () => {
  const screen = await render(MaskMatrixPanel, { lab: labOf({}), sentence, causal: true });
  await expect.element(screen.getByRole('button', { name: 'the (1) sees [CLS] (0) and the (1)' })).toBeInTheDocument();
  expect(document.querySelectorAll('figure').length).toBe(1);
});

test('holes are shown as [MASK] on both sides, and the pinned row is left only while another is pointed at', async () => {
  const screen = await render(MaskMatrixPanel, { lab: labOf({}), sentence, holes: [2], row: 2 });
  const picture = screen.getByRole('group', { name: /Hidden is 2\. \[MASK\] \(2\) sees every position, 1 hole among/ });
  await expect.element(picture).toBeInTheDocument();
  expect(document.body.textContent).not.toContain('cat');
  await screen.getByRole('button', { name: /^the \(1\) sees/ }).hover();
  await expect.element(screen.getByRole('group', { name: /the \(1\) sees every position/ })).toBeInTheDocument();
  await screen.getByText('Row: the token that looks').hover();
  await expect.element(picture).toBeInTheDocument();
});

test('an encoder and a decoder have three', async () => {
  expect(await captions({ architecture: 'bart', noising: 'denoise' })).toEqual([
    'The encoder',
    'The decoder',
    'The decoder, to the encoder',
  ]);
  const [, , cross] = document.querySelectorAll<SVGElement>('figure svg[aria-label]');
  expect(cross!.getAttribute('aria-label')).toMatch(
    /^the decoder, to the encoder\. 6 query rows \(\[SEP\] to on\) by \d key columns \(\[CLS\] to \[SEP\]\): /,
  );
  expect(cross!.querySelectorAll('text').length).toBe(6 + Number(/by (\d) key/.exec(cross!.ariaLabel!)![1]));
});

test('a model that puts no frame around its texts is shown none', async () => {
  const bert = blueprints.bert as { frame?: 'bert' | 'none' };
  bert.frame = 'none';
  onTestFinished(() => void delete bert.frame);
  const screen = await render(MaskMatrixPanel, { lab: labOf({}), sentence, causal: true });
  await expect.element(screen.getByRole('button', { name: 'cat (1) sees the (0) and cat (1)' })).toBeInTheDocument();
});

test('two streams have two, and the second one has the rows of its targets alone', async () => {
  expect(await captions({ architecture: 'xlnet', noising: 'plm', noisingOptions: { share: 0.5 } })).toEqual([
    'The content stream',
    'The query stream',
  ]);
  const [, query] = document.querySelectorAll<SVGElement>('figure svg[aria-label]');
  expect(query!.getAttribute('aria-label')).toMatch(/^the query stream\. [1-4] of 6 query rows by 6 key columns: /);
  const rows = [...document.querySelectorAll('figure')].map(
    (figure) => figure.querySelectorAll('[data-target]').length,
  );
  expect(rows[0]).toBe(6);
  expect(rows[1]).toBeLessThan(5);
});
