import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { createRunData, type RunData } from '../../src/panels/run-data.svelte.ts';

const text = Array.from({ length: 40 }, (_, i) => `the ${i} cats`).join('.\n\n');

test('another choice ends the reading of the one before, and what was stopped can be read again', async () => {
  const choice = { corpus: 'own', ownText: text, tokenizer: 'wordpiece', documents: 0 };
  let vocabSize = $state(192);
  let reading: RunData | undefined;
  const end = $effect.root(() => {
    reading = createRunData(() => ({ ...choice, vocabSize }));
  });
  flushSync();
  vocabSize = 300;
  flushSync();
  await expect.poll(() => reading!.data?.vocabulary.size, { timeout: 20_000 }).toBeGreaterThan(0);
  const first = reading!.data;
  vocabSize = 400;
  flushSync();
  expect(reading!.stage?.text).toBe('Reading the text');
  reading!.stop!();
  expect([reading!.stage, reading!.stop, reading!.problem!.text.slice(0, 28)]).toEqual([
    undefined,
    undefined,
    'Reading the text was stopped',
  ]);
  reading!.again!();
  flushSync();
  await expect.poll(() => reading!.data !== first, { timeout: 20_000 }).toBe(true);
  expect([reading!.problem, reading!.again]).toEqual([undefined, undefined]);
  end();
});
