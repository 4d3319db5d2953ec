import axe from 'axe-core';
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../src/app/style.css';
import OwnText from '../../src/panels/OwnText.svelte';
import type { RunData } from '../../src/panels/run-data.svelte.ts';
import type { OwnText as Own } from '../../src/text/own-text.ts';
import { data, textOf } from './lab-tools.ts';

const idle: RunData = textOf(data);
const lines = Array.from({ length: 40 }, (_, i) => `the ${i} cats`).join('\n');

async function open(props: { readonly text?: string; readonly report?: Own['report']; readonly learned?: RunData }) {
  const read: Own[] = [];
  const screen = await render(OwnText, { learned: idle, ...props, onchange: (own: Own) => read.push(own) });
  return { screen, read };
}
function give(type: 'paste' | 'drop', part: string | File): void {
  const transfer = new DataTransfer();
  if (typeof part === 'string') transfer.setData('text/plain', part);
  else transfer.items.add(part);
  const options = { bubbles: true, cancelable: true };
  const event =
    type === 'paste'
      ? new ClipboardEvent('paste', { ...options, clipboardData: transfer })
      : new DragEvent('drop', { ...options, dataTransfer: transfer });
  document.querySelector('.own textarea')!.dispatchEvent(event);
}

test('a pasted text is read and its report is shown, after a reload as well', async () => {
  const { screen, read } = await open({});
  await screen.getByLabelText('Paste your text').fill(lines);
  await screen.getByRole('button', { name: 'Use this text' }).click();
  await expect.poll(() => read.length, { timeout: 20_000 }).toBe(1);
  const again = await open({ ...read[0]! });
  const status = again.screen.getByRole('status').last();
  await expect.element(status).toHaveTextContent('10 documents, 40 sentences, 120 words.');
  await expect.element(status).toHaveTextContent('Read: 40 lines without full stops as sentences.');
  await expect.element(status).toHaveTextContent('Cut: 1 document cut into 10, so that some can be held out.');
  await expect.element(status).toHaveTextContent('tokens, none unknown.');
  const { violations } = await axe.run(again.screen.container);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});

test('a file of 50 MB is refused without being read, with the limit and what to do', async () => {
  const { screen, read } = await open({});
  const file = new File([new Uint8Array(50_000_000)], 'a.txt');
  const bytes = vi.spyOn(file, 'arrayBuffer');
  give('drop', file);
  await expect.element(screen.getByRole('alert')).toHaveTextContent('The text has 50.0 MB');
  await expect.element(screen.getByRole('alert')).toHaveTextContent('Take at most 5 MB of it');
  expect([bytes.mock.calls.length, read.length]).toEqual([0, 0]);
});

test('a long paste is read without being laid out, shows its progress and can be stopped', async () => {
  const { screen, read } = await open({});
  give('paste', 'the cat sat on the mat. '.repeat(200_000));
  await expect.element(screen.getByRole('progressbar')).toBeVisible();
  await screen.getByRole('button', { name: 'Stop' }).click();
  await expect.element(screen.getByRole('progressbar')).not.toBeInTheDocument();
  expect(document.querySelector('textarea')!.value).toBe('');
  give('paste', `${lines}\n`.repeat(300));
  await expect.poll(() => read.length, { timeout: 20_000 }).toBe(1);
  expect(read[0]!.report.sentences).toBe(12_000);
});
