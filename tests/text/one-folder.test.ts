import { svelte } from '@sveltejs/vite-plugin-svelte';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copySources, type SourceCopy } from '../support/source-copy.ts';

let copy: SourceCopy;
const load = <M>(path: string) => copy.load<M>(path);

beforeAll(async () => {
  copy = await copySources({ 'tests/text/echo': 'src/text/corpora/echo' }, [
    svelte({ configFile: false, prebundleSvelteLibraries: false }),
  ]);
});
afterAll(() => copy.close());

async function echoRun() {
  const { decodeRun } = await load<typeof import('../../src/app/run-address.ts')>('app/run-address.ts');
  const small = 'layers=1&hidden=8&heads=2&batchSize=2&steps=8&warmup=2';
  const { run, problems } = decodeRun(new URLSearchParams(`corpus=echo&${small}`));
  expect(problems).toEqual([]);
  return run;
}

test('a text that is one folder is asked for by its address, and listed with the vocabulary it proposes', async () => {
  expect((await echoRun()).text.corpus).toBe('echo');
  const { choicesOf, choose } = await load<typeof import('../../src/training/choices.ts')>('training/choices.ts');
  const { defaultRun } = await load<typeof import('../../src/training/settings.ts')>('training/settings.ts');
  expect(choicesOf('corpora')).toContainEqual({ id: 'echo', name: 'Calls and echoes' });
  expect(choose(defaultRun, { key: 'corpus' }, 'echo').text).toMatchObject({ corpus: 'echo', vocabSize: 200 });
});

test('its words are learned, documents of it are held out, and a model trains on it', async () => {
  const { useBackend } = await load<typeof import('../../src/nn/device.ts')>('nn/device.ts');
  const { prepare } = await load<typeof import('../../src/training/data.ts')>('training/data.ts');
  const { createTrainer } = await load<typeof import('../../src/training/trainer.ts')>('training/trainer.ts');
  await useBackend('cpu');
  const run = await echoRun();
  const data = await prepare(run.text);
  expect([data.train.length, data.heldOut.length]).toEqual([4, 1]);
  expect(data.tokenizer.decode(data.heldOut[0]!.sentences[1]!)).toBe('the well called back .');
  const trainer = await createTrainer(run, data);
  expect((await trainer.advance()).losses.mlm).toBeGreaterThan(0);
  expect((await trainer.evaluate()).losses.mlm).toBeGreaterThan(0);
  trainer.dispose();
});

test('its licence and its origin stand on the page of credits', async () => {
  const { default: Page } = await load<typeof import('../../src/app/pages/credits/Page.svelte')>(
    'app/pages/credits/Page.svelte',
  );
  const { render } = (await copy.server.ssrLoadModule('svelte/server')) as typeof import('svelte/server');
  const text = render(Page, { props: {} }).body.replaceAll(/<[^>]*>/g, '');
  expect(text).toMatch(/Calls and echoes\s*Five calls and what came back\. Written for a test\. CC0 1\.0\./);
});

test('no file of the sources is edited for it', () => {
  expect(copy.differences()).toEqual(['src/text/corpora/echo/corpus.ts', 'src/text/corpora/echo/text.txt']);
});
