import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { objective as nsp } from '../../src/objectives/nsp/index.ts';
import { createInstances } from '../../src/objectives/pairs/instances.ts';
import { applyPair } from '../../src/objectives/pairs/steps.ts';
import { objective as sop } from '../../src/objectives/sop/index.ts';
import type { Document } from '../../src/text/document.ts';
import { expectShare, times } from '../support/statistics.ts';
import { document, stories } from '../support/stories.ts';
import { toy } from '../support/toy-vocabulary.ts';

const passage = (seed: number, mode: 'clean' | 'reference', documents: readonly Document[]) =>
  nsp.apply(documents, nsp.draw(documents, { ...nsp.defaults, maxLength: 24, mode }, toy, createRng(seed)));

test.each([
  ['next sentence', nsp, 'random'],
  ['sentence order', sop, 'swapped'],
] as const)('as published, each pair of all passes over all documents counts alike: %s', (_, pairing, other) => {
  const long = document(...times(60, (i) => (i % 3 === 0 ? 'the cat sat on the mat .' : 'it ran .')));
  const documents = [long, document('the sun rose .'), ...stories];
  const rng = createRng(`passes, ${other}`);
  const settings = { maxLength: 20, shortRate: 0.3, other };
  const all = times(1500, () => documents.flatMap((_, d) => [...createInstances(documents, d, settings, rng)])).flat();
  const options = { ...pairing.defaults, ...settings, mode: 'reference' } as const;
  const drawn = times(6000, (seed) => pairing.draw(documents, { ...options }, toy, createRng(seed)));
  const shares: Readonly<Record<string, (draws: (typeof all)[number]) => boolean>> = {
    'A is of the long document': ({ steps }) =>
      steps.some((step) => step.kind === 'document' && step.document === 0 && step.about === 0),
    'A is the document of one sentence': ({ steps }) =>
      steps.some((step) => step.kind === 'document' && step.document === 1 && step.about === 0),
    'a short length is aimed at': ({ steps }) => steps.some((step) => step.kind === 'target' && step.target < 17),
    'label 1': (draws) => applyPair(documents, draws).pairLabel === 1,
    'A begins its document': ({ steps }) =>
      steps.some((step) => step.kind === 'run' && step.first === 0 && step.about === 0),
  };
  for (const holds of Object.values(shares)) {
    const share = all.filter(holds).length / all.length;
    expectShare(drawn.filter(holds).length, drawn.length, share);
  }
});

test('as published, one document is enough: its second part is from the document itself and still has label 1', () => {
  const one = [stories[0]!];
  const pairs = times(200, (seed) => passage(seed, 'reference', one));
  const others = pairs.filter(({ pairLabel }) => pairLabel === 1);
  expect(others.length).toBeGreaterThan(60);
  expect(others.every(({ origin }) => origin![1]!.document === 0)).toBe(true);
  expect(() => passage(1, 'clean', one)).toThrow('takes half of its second segments from another document');
  expect(() => passage(1, 'reference', [])).toThrow('needs a text, and this one has no sentence');
});
