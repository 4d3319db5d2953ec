import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { createLab, type Lab } from '../../src/panels/lab.svelte.ts';
import { runFrom } from '../../src/training/settings.ts';
import { runnerOf } from './lab-tools.ts';

const of = (word: string) =>
  runFrom({
    corpus: 'own',
    ownText: Array.from({ length: 40 }, (_, i) => `the ${i} ${word} sat`).join('.\n\n'),
    vocabSize: 192,
    noisingOptions: {},
    pairingOptions: {},
  });

const probe = { sentence: 'the cats sat', hidden: [2] };

test('what belongs to a run stays with it when another text is chosen, and goes with the next run', async () => {
  let run = $state.raw(of('cats'));
  let lab: Lab | undefined;
  const end = $effect.root(() => {
    lab = createLab({ run: () => run, probe: () => probe, runner: runnerOf(() => ({})) });
  });
  flushSync();
  const knows = (word: string) => lab!.trained?.vocabulary.idOf(word) !== undefined;
  await expect.poll(() => knows('cats'), { timeout: 20_000 }).toBe(true);
  const old = lab!.trained;
  lab!.runner.start(run, { paused: true });
  run = of('dogs');
  flushSync();
  await expect.poll(() => lab!.text.data?.vocabulary.idOf('dogs'), { timeout: 20_000 }).toBeGreaterThan(0);
  // The tokenizer of an exported model, and the ids that it is asked with.
  expect(lab!.trained).toBe(old);
  expect(lab!.scene.vocabulary).toBe(old!.vocabulary);
  lab!.runner.start(run, { paused: true });
  flushSync();
  expect([knows('dogs'), knows('cats')]).toEqual([true, false]);
  end();
});

test('a run whose text was never read on the page is read when another is chosen', async () => {
  let run = $state.raw(of('cats'));
  let lab: Lab | undefined;
  const end = $effect.root(() => {
    lab = createLab({ run: () => run, probe: () => probe, runner: runnerOf(() => ({})) });
  });
  flushSync();
  lab!.runner.start(run, { paused: true });
  run = of('dogs');
  flushSync();
  await expect.poll(() => lab!.trained?.vocabulary.idOf('cats'), { timeout: 20_000 }).toBeGreaterThan(0);
  await expect.poll(() => lab!.text.data?.vocabulary.idOf('dogs'), { timeout: 20_000 }).toBeGreaterThan(0);
  expect(lab!.trained?.vocabulary.idOf('dogs')).toBeUndefined();
  end();
});
