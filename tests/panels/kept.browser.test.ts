import axe from 'axe-core';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../src/app/style.css';
import BlocksPanel from '../../src/panels/BlocksPanel.svelte';
import CostPanel from '../../src/panels/CostPanel.svelte';
import DensityPanel from '../../src/panels/DensityPanel.svelte';
import FamilyPanel from '../../src/panels/FamilyPanel.svelte';
import LanesPanel from '../../src/panels/LanesPanel.svelte';
import MemoryMaskPanel from '../../src/panels/MemoryMaskPanel.svelte';
import ReachPanel from '../../src/panels/ReachPanel.svelte';
import RulerPanel from '../../src/panels/RulerPanel.svelte';
import SegmentsPanel from '../../src/panels/SegmentsPanel.svelte';
import StarvedPanel from '../../src/panels/StarvedPanel.svelte';
import type { TapeChange } from '../../src/panels/tape-change.ts';
import { labOf, storyData } from './lab-tools.ts';

const lab = () => labOf({}, { text: storyData });
const sentence = 'the toad looked for honey near the forest .';
/** As a page keeps what a panel tells it. */
async function kept<Props extends object>(component: Parameters<typeof render>[0], props: Props, options?: object) {
  let change: TapeChange = { options: options as TapeChange['options'] };
  const onchange = (next: TapeChange) => {
    change = next;
    void screen.rerender({ change });
  };
  const screen = await render(component, { ...props, change, onchange });
  return { screen, options: () => change.options };
}
type Kept = Awaited<ReturnType<typeof kept>>;
const press = (name: RegExp | string) => (made: Kept) => made.screen.getByRole('button', { name }).first().click();
const choose = (name: string) => (made: Kept) => made.screen.getByRole('radio', { name }).click();
const slide = (to: string) => (made: Kept) => made.screen.getByRole('slider').first().fill(to);

test.each([
  ['segments', SegmentsPanel, { lab: lab(), sentence, segment: 4, memories: [0, 4] }, press('Read on'), { segment: 1 }],
  ['segments', SegmentsPanel, { lab: lab(), sentence, segment: 4, memories: [0, 4] }, choose('4'), { memory: 4 }],
  ['lanes', LanesPanel, { lab: lab(), rows: 4, length: 8 }, press('Read on'), { turn: 1 }],
  ['memory-mask', MemoryMaskPanel, { lab: lab(), sentence, segment: 4 }, slide('3'), { memory: 3 }],
  ['reach', ReachPanel, { blocks: { blocks: 11 }, layers: 2 }, choose('all three'), { parts: 'paper' }],
  ['ruler', RulerPanel, { lab: lab(), sentence, at: 3 }, choose('bent, the later version'), { version: 'v2' }],
  ['starved', StarvedPanel, { lab: lab(), show: 'row', sentence }, choose('2'), { longest: 2 }],
  ['blocks', BlocksPanel, { length: 176, parts: 'full', controls: ['length'] }, slide('320'), { length: 320 }],
  [
    'cost',
    CostPanel,
    { of: 'stepTime', at: 1024 },
    (made: Kept) => made.screen.getByRole('checkbox').click(),
    { log: false },
  ],
  ['density', DensityPanel, {}, choose('our toys: 2 layers, 64 wide, rows of 36'), { size: 'toy' }],
  [
    'family',
    FamilyPanel,
    {},
    (made: Kept) => made.screen.getByRole('button', { name: /^XLNet/ }).click(),
    { system: 'xlnet' },
  ],
])('%s tells the address what is set there, and no more', async (_, component, props, act, told) => {
  const made = await kept(component as Parameters<typeof render>[0], props);
  await act(made);
  await expect.poll(made.options, { timeout: 5000 }).toEqual(told);
  const { violations } = await axe.run(made.screen.container);
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test('what an address says is shown; set back, it is gone from there', async () => {
  const made = await kept(SegmentsPanel, { lab: lab(), sentence, segment: 4, memories: [0, 4] }, { segment: 2 });
  await expect.element(made.screen.getByText('segment 3 of 3')).toBeVisible();
  await made.screen.getByRole('button', { name: 'Back', exact: true }).click();
  await made.screen.getByRole('button', { name: 'Back', exact: true }).click();
  await expect.poll(made.options).toBeUndefined();
});

test('what an address says that cannot be meant is named, and what the lesson has stands instead', async () => {
  const made = await kept(BlocksPanel, { length: 176, parts: 'full' }, { length: 7, colour: 'red' });
  await expect.element(made.screen.getByText(/length = 7, colour = red cannot be set here/).first()).toBeVisible();
  await expect.element(made.screen.getByText(/11\s+blocks, 176 tokens/).first()).toBeVisible();
});
