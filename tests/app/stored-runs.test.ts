import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listExperiments, loadExperiment, type StoredExperiment } from '../../src/app/experiments.ts';
import { decodeRun, encodeRun } from '../../src/app/run-address.ts';
import { isSameRun, storedRuns } from '../../src/app/stored-runs.ts';
import { frameSteps } from '../../src/training/frames.ts';
import { stepsOf } from '../../src/training/phases.ts';
import { readRecording, readWeights } from '../../src/training/recording.ts';
import { defaultRun, keyOf, runFrom, settingsOf } from '../../src/training/settings.ts';

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
    const { base: asked, card, ...as }: StoredExperiment = experiment;
    // What the playground calls it has no part in the numbers.
    expect(rest, experiment.id).toEqual('card' in rest ? { ...as, card } : as);
    expect(settingsOf(runFrom(base)), experiment.id).toEqual(settingsOf(runFrom(asked)));
    expect(result!.outcomes).toHaveLength(experiment.arms.length * experiment.seeds.length);
    expect(result!.command).toContain(experiment.id);
    expect(result!.device).not.toBe('');
  }
});

test('an experiment that is asked about a probe was recorded, within 200 kB of frames and a megabyte (2²⁰ bytes) in all', async () => {
  const asked = storedRuns.filter(({ id }) =>
    all.some((one) => one?.experiment.probe && id.endsWith(one.experiment.id)),
  );
  expect(asked.length).toBeGreaterThan(1);
  for (const { id, run, loadRecording, loadWeights } of asked) {
    expect(loadRecording, id).toBeDefined();
    expect(loadWeights, id).toBeDefined();
    const [slug = '', name] = id.split('/');
    const folder = readdirSync('lessons').find((one) => one.endsWith(slug));
    const file = (kind: string) => readFileSync(`lessons/${folder}/recordings/${name}.${kind}.bin`);
    const [frames, weights] = [file('frames'), file('weights')];
    expect(frames.length, id).toBeLessThanOrEqual(200_000);
    expect(frames.length + weights.length, id).toBeLessThanOrEqual(2 ** 20);
    const recording = await readRecording(frames);
    expect(recording.key, id).toBe(keyOf(run));
    const steps = recording.frames.map(({ step }) => step);
    expect(frameSteps(stepsOf(run)), id).toEqual(expect.arrayContaining(steps));
    expect([steps[0], steps.at(-1)], id).toEqual([0, stepsOf(run)]);
    expect(steps.length, id).toBeGreaterThan(16);
    expect(recording.command, id).toContain(id);
    const { states, key } = await readWeights(weights);
    expect(key, id).toBe(keyOf(run));
    expect(
      states.map(({ step }) => step),
      id,
    ).toEqual([stepsOf(run)]);
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
