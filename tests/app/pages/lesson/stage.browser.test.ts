import { beforeAll, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../../../src/app/style.css';
import LessonStage from '../../../../src/app/pages/lesson/LessonStage.svelte';
import type { PanelContext } from '../../../../src/app/pages/lesson/placed.ts';
import type { SampleChange } from '../../../../src/app/sample-address.ts';
import { noisings, pairings } from '../../../../src/objectives/catalog.ts';
import { stageOf } from '../../../../src/panels/stages.ts';
import { labOf } from '../../../panels/lab-tools.ts';

const placed = ['order', 'pair'].map((name) => ({ kind: 'panel' as const, name, props: {}, caption: '', key: name }));
beforeAll(async () => {
  for (const objective of [noisings.plm!, pairings.nsp!]) await stageOf(objective).load();
});

async function open(sample: SampleChange) {
  const heard: SampleChange[] = [];
  const context = {
    lab: labOf({ pairing: 'nsp', noising: 'plm', architecture: 'xlnet' }),
    slug: 'echo',
  } as unknown as PanelContext;
  const onsample = (next: SampleChange) => void heard.push(next);
  // One of the props has the name of an option of Svelte's.
  const screen = await render(LessonStage, { props: { placed, context, sample, onsample } });
  const order = screen.getByRole('region', { name: 'Order of reading' });
  const pair = screen.getByRole('region', { name: 'Next sentence' });
  await expect.element(pair.getByRole('button', { name: 'New draw' }), { timeout: 10_000 }).toBeVisible();
  await expect.element(order.getByRole('button', { name: 'New draw' }), { timeout: 10_000 }).toBeVisible();
  return { order, pair, heard };
}

test('any stage of a step tells the address what became of its tape, the first one in plain keys', async () => {
  const { order, pair, heard } = await open({ others: { pair: { redraws: [0] } } });
  await order.getByRole('button', { name: 'New draw' }).click();
  expect(heard.at(-1)).toEqual({ draw: 1, others: { pair: { redraws: [0] } } });
  await pair.getByRole('button', { name: 'Undo redraw' }).click();
  expect(heard.at(-1)).toEqual({ others: { pair: {} } });
});

test('an order that an address holds is on the stage', async () => {
  const { order } = await open({ sentence: 'the cat sat on', extra: { order: [0, 5, 3, 1, 4, 2], predicted: 2 } });
  await expect.element(order.getByLabelText('The order as places')).toHaveValue('0 5 3 1 4 2');
  await expect.element(order.getByText('This order is your own')).toBeVisible();
});
