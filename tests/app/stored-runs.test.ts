import { expect, test } from 'vitest';
import { listExperiments, loadExperiment } from '../../src/app/experiments.ts';
import { decodeRun, encodeRun } from '../../src/app/run-address.ts';
import { isSameRun, storedRuns } from '../../src/app/stored-runs.ts';
import { defaultRun, runFrom, settingsOf } from '../../src/training/settings.ts';

const all = await Promise.all(listExperiments().map(({ slug, id }) => loadExperiment(slug, id)));

test('every experiment is found by its folder and its name', () => {
  expect(listExperiments()).toContainEqual({ slug: 'recipes', id: 'nsp' });
  expect(listExperiments()).toContainEqual({ slug: 'masked-language-modelling', id: 'mix' });
  expect(all).not.toContain(undefined);
});

test('a stored result was made by the very experiment that it stands beside', () => {
  const stored = all.flatMap((one) => (one?.result ? [one] : []));
  expect(stored.length).toBeGreaterThan(0);
  for (const { experiment, result } of stored) {
    // A setting that came later stands at its default in what was stored before.
    const { base, ...rest } = result!.experiment;
    const { base: asked, ...as } = experiment;
    expect(rest, experiment.id).toEqual(as);
    expect(settingsOf(runFrom(base)), experiment.id).toEqual(settingsOf(runFrom(asked)));
    expect(result!.outcomes).toHaveLength(experiment.arms.length * experiment.seeds.length);
    expect(result!.command).toContain(experiment.id);
    expect(result!.device).not.toBe('');
  }
});

test('a run to start from fits into an address, which gives it back', () => {
  expect(storedRuns.map(({ title }) => title)).toContain('ELECTRA: Which tokens were replaced?');
  expect(storedRuns.map(({ title }) => title).join()).not.toContain('80 / 10 / 10');
  for (const { title, run } of storedRuns) {
    const { run: read, problems } = decodeRun(new URLSearchParams(encodeRun(run).toString()));
    expect(problems, title).toEqual([]);
    expect(isSameRun(read, run), title).toBe(true);
    expect(isSameRun(read, defaultRun), title).toBe(false);
  }
});
