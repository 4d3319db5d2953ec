import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { blocksOf } from '../../src/models/pictures.ts';
import type { Frame, ProbeRows } from '../../src/training/probed.ts';
import '../../src/app/style.css';
import { IGNORE } from '../../src/objectives/objective.ts';
import ModelPane from '../../src/panels/lab/ModelPane.svelte';
import type { Lab } from '../../src/panels/lab.svelte.ts';
import type { Scene } from '../../src/panels/scene.svelte.ts';
import { blueprintOf } from '../../src/training/model.ts';
import { ids, toy } from '../support/toy-vocabulary.ts';
import { data, emptyScene, labOf } from './lab-tools.ts';
import '../support/pictures.ts';

const settings = { layers: 2, hidden: 8, heads: 2, pairing: 'contiguous', architecture: 'bert' };
const original = ids('[CLS] the cat sat . [SEP]');
const length = original.length;
const place = 2;
const probe: ProbeRows = {
  original,
  examples: [
    {
      inputIds: original.map((id, i) => (i === place ? toy.maskId : id)),
      segments: original.map(() => 0),
      labels: original.map((id, i) => (i === place ? id : IGNORE)),
    },
  ],
};
/** Every key gets the same share; the states tell the tokens apart. */
const even = (heads: number, size: number) => new Float32Array(heads * length * length).fill(size / length);
const bytes = { shape: [2, length, length], data: Uint8Array.from(even(2, 252)), scale: 1 / 252 };
const frame: Frame = { step: 7, values: { 'attention.0': bytes, 'attention.1': bytes } };
const snapshots = {
  ...Object.fromEntries(
    [0, 1].map((i) => [`attention.${i}`, { shape: [1, 2, length, length], data: even(2, 1) }] as const),
  ),
  ...Object.fromEntries(
    [0, 1].map((i) => {
      const data = Float32Array.from({ length: length * 8 }, (_, at) => Math.sin(at));
      return [`hidden.${i}`, { shape: [1, length, 8], data }] as const;
    }),
  ),
};

/** A lab whose run answers with those snapshots; its keys are all 0, so that every token fits as well as any other. */
async function open(scene: Partial<Scene> = {}) {
  const lab = labOf(settings, { taps: () => snapshots });
  const run = lab.runner.run!;
  const { blueprint, config } = blueprintOf(run, toy.size);
  const names = blocksOf(blueprint, config).flatMap(({ pieces }) => pieces.flatMap(({ parameters }) => parameters));
  const weights = Object.fromEntries(
    names.map((name) => [name, new Float32Array(64).fill(name.includes('.key.') ? 0 : 0.5)]),
  );
  let asked = 0;
  const runner = Object.create(lab.runner, {
    weights: {
      value: async () => {
        asked += 1;
        return weights;
      },
    },
  }) as Lab['runner'];
  const shown: Scene = {
    ...emptyScene,
    run,
    vocabulary: data.vocabulary,
    probe,
    frame,
    origin: 'live',
    step: 7,
    ...scene,
  };
  const screen = await render(ModelPane, { lab: { ...lab, runner, scene: shown } });
  await expect.element(screen.getByRole('button', { name: 'Open layer 2' })).toBeInTheDocument();
  return { screen, asked: () => asked };
}
const click = (element: Element) => element.dispatchEvent(new MouseEvent('click', { bubbles: true }));

test('a click on the name of a layer shows the scores of a head, and Esc brings back the picture and its focus', async () => {
  const { screen, asked } = await open();
  click(screen.getByRole('button', { name: 'Open layer 2' }).element());
  await expect
    .element(screen.getByRole('heading', { name: /^layer 2 · head 1 · looking from \[MASK\] 2$/ }))
    .toBeVisible();
  const head = screen.getByRole('group', { name: /^One head for the query \[MASK\] \(2\) over 6 keys/ });
  await expect.element(head).toBeInTheDocument();
  expect(head.element().textContent).toContain('score');
  await expect.element(screen.getByText('Computed from the weights after step 7.')).toBeVisible();
  expect(asked()).toBe(1);
  await userEvent.keyboard('{Escape}');
  const name = screen.getByRole('button', { name: 'Open layer 2' });
  await expect.element(name).toBeInTheDocument();
  expect(document.activeElement).toBe(name.element());
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByRole('button', { name: 'Fold' })).toBeVisible();
  await screen.getByRole('button', { name: 'Fold' }).click();
  await expect.element(name).toBeInTheDocument();
});

test('up and down choose the head, left and right the token, without reading the weights again', async () => {
  const { screen, asked } = await open();
  click(screen.getByRole('button', { name: 'Open layer 1' }).element());
  const heading = screen.getByRole('heading', { level: 3 });
  await expect.element(screen.getByText(/^Computed from/)).toBeVisible();
  await userEvent.keyboard('{ArrowDown}{ArrowRight}');
  await expect.element(heading).toHaveTextContent('layer 1 · head 2 · looking from sat 3');
  await screen.getByRole('button', { name: 'The head before' }).click();
  await screen.getByRole('button', { name: 'The token before' }).click();
  await expect.element(heading).toHaveTextContent('layer 1 · head 1 · looking from [MASK] 2');
  expect(asked()).toBe(1);
  await userEvent.keyboard('{Escape}');
  // The picture has the same choice.
  await expect.element(screen.getByRole('button', { name: 'layer 1, head 1' })).toHaveAttribute('aria-pressed', 'true');
});

test('a layer shows its feed-forward part, and the embeddings what is looked up, each down to a number', async () => {
  const { screen } = await open();
  click(screen.getByRole('button', { name: 'Open layer 1' }).element());
  await screen.getByRole('button', { name: 'feed-forward' }).click();
  // What the faked run says of itself does not belong to its weights.
  await expect
    .element(screen.getByRole('heading', { level: 3 }))
    .toHaveTextContent('layer 1 · feed-forward · at [MASK] 2');
  await userEvent.keyboard('{Escape}');
  click(screen.getByRole('button', { name: 'Open embeddings' }).element());
  await expect.element(screen.getByRole('heading', { level: 3 })).toHaveTextContent('embeddings · of [MASK] 2');
});

test('the table is that of the head while one is unfolded', async () => {
  const { screen } = await open();
  await screen.getByRole('button', { name: 'Table and files of “Model”' }).click();
  click(screen.getByRole('button', { name: 'Open layer 1' }).element());
  await expect.element(screen.getByText(/^Computed from/)).toBeVisible();
  await screen.getByRole('button', { name: 'Table', exact: true }).click();
  await expect.element(screen.getByRole('columnheader', { name: 'Share × number' })).toBeInTheDocument();
});

test('of a kept step it says what is missing and leads to the live model, and shows no number', async () => {
  const sought: (number | undefined)[] = [];
  const { screen, asked } = await open({ origin: 'kept', at: 7, seek: (step) => sought.push(step) });
  click(screen.getByRole('button', { name: 'Open layer 1' }).element());
  await expect.element(screen.getByText(/Move the playhead to “live”/)).toBeVisible();
  await screen.getByRole('button', { name: 'Go to live' }).click();
  expect(sought).toEqual([undefined]);
  expect(asked()).toBe(0);
  expect(screen.container.querySelector('svg')).toBeNull();
});
