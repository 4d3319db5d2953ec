import { flushSync } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Frame } from '../../src/training/probed.ts';
import '../../src/app/style.css';
import AnswerPane from '../../src/panels/lab/AnswerPane.svelte';
import ChartPane from '../../src/panels/lab/ChartPane.svelte';
import RunBar from '../../src/panels/lab/RunBar.svelte';
import { createLab, type Lab } from '../../src/panels/lab.svelte.ts';
import { createRunner } from '../../src/panels/runner.svelte.ts';
import type { Command, Message } from '../../src/training/protocol.ts';
import type { Run } from '../../src/training/run.ts';
import { frameOf, probe, settings, stepsTo } from './made-runs.ts';

const text = { corpus: 'own', ownText: Array.from({ length: 40 }, (_, i) => `the ${i} cat sat`).join('.\n\n') };
const run = settings({ ...text, steps: 100 });
const changed = settings({ ...text, steps: 100, heads: 4 });

// Alone on a page a pane has no height of its own.
const layout = document.createElement('style');
layout.textContent = '.pane { height: 20rem }';
document.head.append(layout);

/** What the page has asked of the worker. */
let sent: Command[] = [];
let end: () => void = () => undefined;
afterEach(() => end());

/** A lab whose runs do only what they are told to have done. */
function labOf(): { readonly lab: Lab; readonly say: (message: Message) => void; readonly begin: (run: Run) => void } {
  let say: (message: Message) => void = () => undefined;
  let current = run;
  let at = $state<number>();
  sent = [];
  const started = (): Message => ({
    type: 'started',
    run: structuredClone(current),
    step: 0,
    parameters: 1,
    history: { steps: [], evaluations: [], probe, frames: [] },
    kept: [],
  });
  const runner = createRunner((hear) => {
    say = hear;
    return {
      send: (command: Command) => {
        sent.push(command);
        if (command.type === 'start') current = command.run;
        if (command.type === 'start' || command.type === 'rewind') say(started());
      },
      inspect: async () => ({}),
      weights: async () => ({}),
      readBack: async () => undefined,
      judgeBy: async () => undefined,
      write: async () => ({ ids: [], step: 0, taps: {} }),
      close: async () => undefined,
    };
  });
  let lab: Lab | undefined;
  end = $effect.root(() => {
    lab = createLab({
      run: () => run,
      probe: () => ({ sentence: 'the cat sat', hidden: [2] }),
      runner,
      at: () => at,
      onseek: (step) => {
        at = step;
      },
    });
  });
  flushSync();
  const begin = (next: Run) => {
    runner.start(next, { paused: true });
    flushSync();
  };
  return { lab: lab!, say: (message) => say(message), begin };
}

/** So many steps, judged at the last, with a frame there. */
function advance(say: (message: Message) => void, steps: number, frame: Frame): void {
  say({ type: 'steps', steps: stepsTo(steps) });
  say({ type: 'evaluated', at: { step: steps, losses: { mlm: 2 }, accuracies: {} } });
  say({ type: 'framed', frame, isKept: true });
  flushSync();
}

test('a rewind leaves the curve on the chart as a ghost under its letter, and the run goes on beside it', async () => {
  const { lab, say, begin } = labOf();
  begin(run);
  advance(say, 40, frameOf(40, 0.4));
  lab.runner.rewind();
  flushSync();
  await expect.poll(() => lab.tray.runs.map(({ letter, steps }) => [letter, steps.length])).toEqual([['A', 40]]);
  expect(lab.tray.live).toMatchObject({ letter: 'B', steps: [] });
  const chart = await render(ChartPane, { lab });
  await expect.element(chart.getByRole('img', { name: /A: held-out loss 2\.00 at step 40/ })).toBeVisible();
  advance(say, 10, frameOf(10, 0.1));
  await expect
    .element(chart.getByRole('group', { name: /Loss of 2 runs\. B: held-out loss 2\.00 at step 10.*A: held-out/ }))
    .toBeVisible();
});

test('a run goes on from a kept step up to the playhead, and a playhead at the run as it is offers nothing', async () => {
  const { lab, say, begin } = labOf();
  begin(run);
  for (const step of [10, 20, 40]) advance(say, step, frameOf(step, 0.1));
  say({ type: 'saved', step: 20, kept: [20] });
  flushSync();
  const chart = await render(ChartPane, { lab });
  const goOn = chart.getByRole('button', { name: /Go on from step/ });
  await expect.element(goOn).not.toBeInTheDocument();
  lab.scene.seek(30);
  await goOn.click();
  const told = () => sent.filter(({ type }) => type !== 'start' && type !== 'glance');
  await expect.poll(told).toEqual([{ type: 'rewind', to: 20 }, { type: 'resume' }]);
});

test('a run that was taken up at its end can be started here, and one that was trained here is finished', async () => {
  const { lab, say, begin } = labOf();
  const bar = await render(RunBar, { lab });
  const main = (name: string) => bar.getByRole('button', { name, exact: true });
  lab.runner.adopt(run, { step: 100, weights: {}, evaluations: [] }, { sentence: 'the cat sat', hidden: [2] });
  say({ type: 'shown', step: 100 });
  say({ type: 'started', run, step: 100, parameters: 1, history: { steps: [], evaluations: [] }, kept: [] });
  flushSync();
  await expect.element(bar.getByText('taken up from the stored run')).toBeInTheDocument();
  sent.length = 0;
  await main('Start').click();
  expect(sent.map((command) => command.type === 'start' && command.given)).toContain(undefined);
  begin(run);
  advance(say, 100, frameOf(100, 0.4));
  await expect.element(main('Finished')).toBeDisabled();
});

test('rewound twice a run is kept once, with its longer curve', async () => {
  const { lab, say, begin } = labOf();
  begin(run);
  advance(say, 40, frameOf(40, 0.4));
  lab.runner.rewind();
  flushSync();
  await expect.poll(() => lab.tray.live?.letter).toBe('B');
  advance(say, 10, frameOf(10, 0.1));
  lab.runner.rewind();
  flushSync();
  // Runs are put away one after the other: when the next one is there, so is this.
  begin(changed);
  advance(say, 5, frameOf(5, 0.1));
  lab.runner.rewind();
  flushSync();
  const kept = () => lab.tray.runs.map(({ letter, steps }) => `${letter} ${steps.length}`);
  await expect.poll(kept).toEqual(['A 40', 'B 5']);
});

test('a run that another one replaces is ticked beside it, and its tick shows both answers at the same step', async () => {
  const { lab, say, begin } = labOf();
  await expect.poll(() => lab.trained, { timeout: 20_000 }).toBeDefined();
  begin(run);
  say({ type: 'framed', frame: frameOf(10, 0.1), isKept: true });
  advance(say, 40, frameOf(40, 0.4));
  begin(changed);
  advance(say, 20, frameOf(20, 0.9));
  const answers = await render(AnswerPane, { scene: lab.scene, tray: lab.tray });
  const bar = await render(RunBar, { lab });
  await bar.getByRole('button', { name: 'Runs 2' }).click();
  const tray = bar.getByRole('region', { name: 'Runs' });
  await expect.element(tray.getByText('A and B differ in heads 2 → 4; all else is equal, the seed too.')).toBeVisible();
  await expect.element(answers.getByRole('region', { name: 'Answer of A' })).toHaveTextContent('step 10');
  await expect.element(answers.getByRole('region', { name: 'Answer of B' })).toHaveTextContent('step 20');
  const tick = tray.getByRole('checkbox', { name: /^A/ });
  await tick.click();
  await expect.element(answers.getByRole('region', { name: 'Answer of A' })).not.toBeInTheDocument();
  await tick.click();
  await expect.element(answers.getByRole('region', { name: 'Answer of A' })).toBeVisible();
  await tray.getByRole('button', { name: 'Remove A' }).click();
  expect(lab.tray.runs).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.element(tray).not.toBeInTheDocument();
  await expect.element(bar.getByRole('button', { name: 'Runs 1' })).toHaveFocus();
});

test('the chart counts tokens when it is told to, for all runs alike', async () => {
  const { lab, say, begin } = labOf();
  begin(run);
  advance(say, 40, frameOf(40, 0.4));
  begin(changed);
  advance(say, 20, frameOf(20, 0.9));
  const chart = await render(ChartPane, { lab });
  const bar = await render(RunBar, { lab });
  await bar.getByRole('button', { name: 'Runs 2' }).click();
  await bar.getByRole('button', { name: 'tokens' }).click();
  await expect.element(chart.getByRole('group', { name: /at token 200.*at token 400/ })).toBeVisible();
  await expect.element(chart.getByRole('slider')).toHaveAttribute('aria-valuenow', '200');
  await bar.getByRole('button', { name: 'multiply-adds' }).click();
  await expect.element(chart.getByRole('group', { name: /at multiply-add [\d,]{12,}/ })).toBeVisible();
});

test('without a run beside the one on the chart the tray says how one comes there', async () => {
  const { lab } = labOf();
  const bar = await render(RunBar, { lab });
  await bar.getByRole('button', { name: 'Runs 0' }).click();
  await expect.element(bar.getByText(/No run beside this one yet/)).toBeVisible();
});
