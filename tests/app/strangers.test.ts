import { expect, test } from 'vitest';
import { decodeRun, encodeRun, strangersOf } from '../../src/app/run-address.ts';
import { saidOfStrangers } from '../../src/app/strangers.ts';
import { decode } from '../../src/app/url.ts';
import { defaultRun, runFrom } from '../../src/training/settings.ts';

const strangers = (query: string) => {
  const read = new URLSearchParams(query);
  return strangersOf(read, decodeRun(read).run);
};

test('what means nothing in the address of a run is named, and nothing else', () => {
  expect(strangers('steps=300&colour=red&noising.colour=red&noising.rate=0.2')).toEqual(['colour', 'noising.colour']);
  for (const run of [defaultRun, runFrom({ steps: 7, pairing: 'nsp', pairingOptions: {}, architectureOptions: {} })])
    expect(strangers(encodeRun(run).toString())).toEqual([]);
});

test('a key of a lesson that means nothing is named once, and one of a tape is none', () => {
  const problems = (query: string) => decode(`#/lesson/denoising/mask?${query}`).problems;
  expect(problems('draw=2&present=1&hide=header&seed=3&option.maskRate=0.2&noise-2.draw=4')).toEqual([]);
  expect(problems('colour=red&colour=blue&pair.size=3')).toEqual([
    'Left out, for nothing here is called so: “colour”, “pair.size”.',
  ]);
});

test('many names are not all listed, and a long one is shortened', () => {
  expect(saidOfStrangers([])).toEqual([]);
  expect(saidOfStrangers(['x'])).toEqual(['Left out, for nothing here is called so: “x”.']);
  expect(saidOfStrangers(Array.from({ length: 9 }, (_, i) => `k${i}`))[0]).toContain('“k4” and 4 more.');
  expect(saidOfStrangers(['y'.repeat(99)])[0]!.length).toBeLessThan(90);
});
