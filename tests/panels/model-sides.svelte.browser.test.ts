import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app/style.css';
import { IGNORE } from '../../src/objectives/objective.ts';
import ModelPane from '../../src/panels/lab/ModelPane.svelte';
import type { Lab } from '../../src/panels/lab.svelte.ts';
import type { TrayRun } from '../../src/panels/tray.ts';
import type { Frame, ProbeRows } from '../../src/training/probed.ts';
import { withSettings } from '../../src/training/settings.ts';
import { ids, toy } from '../support/toy-vocabulary.ts';
import { data, emptyScene, emptyTray, labOf } from './lab-tools.ts';
import { madeOf } from './made-runs.ts';
import '../support/pictures.ts';

const original = ids('[CLS] the cat sat . [SEP]');
const length = original.length;
const probe: ProbeRows = {
  original,
  examples: [
    {
      inputIds: original.map((id, i) => (i === 2 ? toy.maskId : id)),
      segments: original.map(() => 0),
      labels: original.map((id, i) => (i === 2 ? id : IGNORE)),
    },
  ],
};
/** Every query of every head looks at one key alone. */
const frameAt = (step: number, key: number, heads: number): Frame => {
  const data = Uint8Array.from({ length: heads * length * length }, (_, i) => (i % length === key ? 252 : 0));
  const bytes = { shape: [heads, length, length], data, scale: 1 / 252 };
  return { step, values: { 'attention.0': bytes, 'attention.1': bytes } };
};

async function open() {
  const lab = labOf(
    { layers: 2, hidden: 8, heads: 2, pairing: 'contiguous', architecture: 'bert' },
    { taps: () => ({}) },
  );
  const run = lab.runner.run!;
  const { vocabulary } = data;
  const mine = frameAt(40, 1, 2);
  const live = { ...madeOf(run, 40, { frames: [mine], probe, vocabulary }), letter: 'A' };
  const other = withSettings(run, { heads: 4 });
  const theirs: TrayRun = {
    ...madeOf(other, 60, { frames: [frameAt(20, 3, 4), frameAt(60, 4, 4)], probe, vocabulary }),
    letter: 'B',
    from: 'here',
    isShown: true,
  };
  let looked = $state<string>();
  const tray: Lab['tray'] = {
    ...emptyTray,
    live,
    runs: [theirs],
    shown: [theirs],
    get looked() {
      return looked;
    },
    look: (letter) => {
      looked = letter;
    },
  };
  const scene = { ...emptyScene, run, vocabulary, probe, frame: mine, origin: 'live' as const, step: 40, steps: [40] };
  const screen = await render(ModelPane, { lab: { ...lab, tray, scene } });
  return { screen, looked: () => looked };
}

test('of two runs that are drawn the model shows one, and letters and keys turn to the other at the same place', async () => {
  const { screen, looked } = await open();
  const sides = screen.getByRole('group', { name: 'Model of' });
  const [a, b] = ['A', 'B'].map((name) => sides.getByRole('button', { name }));
  await expect.element(a!).toHaveAttribute('aria-pressed', 'true');
  await expect
    .element(screen.getByRole('group', { name: /\[MASK\] \(2\) looks most at the \(1\) 100 % in layer 1/ }))
    .toBeInTheDocument();
  await b!.click();
  expect(looked()).toBe('B');
  // It is at the frame at or before the playhead, and has heads of its own.
  await expect
    .element(screen.getByRole('group', { name: /\[MASK\] \(2\) looks most at sat \(3\) 100 % in layer 1/ }))
    .toBeInTheDocument();
  await expect.element(screen.getByText('◆ step 20')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'layer 1, head 4' })).toBeInTheDocument();
  await userEvent.keyboard('a');
  expect(looked()).toBe('A');
  await expect.element(a!).toHaveAttribute('aria-pressed', 'true');
  await userEvent.keyboard('b');
  expect(looked()).toBe('B');
});

test('a run that is kept beside has no weights to unfold, and that is said', async () => {
  const { screen } = await open();
  await screen.getByRole('group', { name: 'Model of' }).getByRole('button', { name: 'B' }).click();
  const name = screen.getByRole('button', { name: 'Open layer 1' });
  await expect.element(screen.getByRole('button', { name: 'layer 1, head 4' })).toBeInTheDocument();
  name.element().dispatchEvent(new MouseEvent('click', { bubbles: true }));
  await expect.element(screen.getByText(/^Of B only what is drawn was kept/)).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Go to live' })).not.toBeInTheDocument();
});
