import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadResult } from '../../src/app/experiments.ts';
import { loadLesson } from '../../src/app/lessons.ts';
import { flatten, sizeOf } from '../../src/core/params.ts';
import { deviationOf, meanOf } from '../../src/figures/spread.ts';
import type { Placed } from '../../src/lesson.ts';
import { blueprint as albert } from '../../src/models/albert/spec.ts';
import { blueprint as bert } from '../../src/models/bert/spec.ts';
import { changesOf } from '../../src/panels/drift.ts';
import type { Evaluation } from '../../src/training/protocol.ts';
import { readRecording } from '../../src/training/recording.ts';

const lesson = (await loadLesson('sharing'))!;
const steps = lesson.acts.flatMap((act) => act.steps);
const stepOf = (id: string) => steps.find((step) => step.id === id)!;
const proseOf = (id: string) =>
  stepOf(id)
    .parts.flatMap((part) => (part.kind === 'prose' ? part.html : []))
    .join('');
const placedIn = (id: string) => stepOf(id).parts.find((part) => part.kind !== 'prose') as Placed;

describe('what the lesson on shared layers counts', () => {
  test('BERT-base, part by part, as its picture has it', () => {
    const size = { layers: 12, hidden: 768, heads: 12, vocabSize: 30_522, maxLength: 512, dropout: 0.1 };
    const leaves = flatten(bert.spec(bert.resize(bert.toy, size)));
    const sum = (fits: (name: string) => boolean) =>
      leaves.reduce((total, [name, { shape }]) => (fits(name) ? total + sizeOf(shape) : total), 0);
    const isNorm = (name: string) => name.includes('LayerNorm');
    const inLayers = (name: string) => name.includes('.layer.') && !isNorm(name);
    const counted = [
      sum((name) => name.includes('word_embeddings')),
      sum((name) => /(position|token_type)_embeddings/.test(name)),
      sum((name) => inLayers(name) && name.includes('attention')),
      sum((name) => inLayers(name) && !name.includes('attention')),
    ];
    const all = sum(() => true);
    const { parts } = placedIn('where').props as unknown as { parts: readonly { count: number }[] };
    expect(parts.map(({ count }) => count)).toEqual([...counted, all - counted.reduce((a, b) => a + b, 0)]);
    expect(sum((name) => name.includes('.layer.'))).toBe(12 * 7_087_872);
  });
  test('two tables against one', () => {
    const [V, E, H] = [30_000, 128, 4096];
    expect([V * H, V * E + E * H]).toEqual([122_880_000, 4_364_288]);
    expect(proseOf('rectangles')).toContain('4.36 million weights instead of 122.9');
    const pays = (e: number) => V * e + e * 768 < V * 768;
    expect([pays(748), pays(749)]).toEqual([true, false]);
    expect(proseOf('rectangles')).toContain('up to E = 748');
  });
  test('a layer of the toy has 50 thousand weights', () => {
    const size = { layers: 4, hidden: 64, heads: 4, vocabSize: 187, maxLength: 40, dropout: 0 };
    const weights = (share: 'all' | 'none') =>
      flatten(albert.spec({ ...albert.resize(albert.toy, size), share })).reduce(
        (n, [, { shape }]) => n + sizeOf(shape),
        0,
      );
    expect((weights('none') - weights('all')) / 3).toBe(49_984);
  });
  test('the claims of Table 2 follow from its numbers', () => {
    const { models } = placedIn('claim-price').props as unknown as {
      models: readonly { name: string; weights: number; score: number }[];
    };
    const of = (name: string) => models.find((one) => one.name === name)!;
    const behind = (a: string, b: string) => Math.round(10 * (of(b).score - of(a).score)) / 10;
    expect([behind('ALBERT-base', 'BERT-base'), behind('ALBERT-large', 'BERT-large')]).toEqual([2.2, 2.8]);
    expect(Math.floor(of('BERT-base').weights / of('ALBERT-base').weights)).toBe(9);
    expect(Math.floor(of('BERT-large').weights / of('ALBERT-large').weights)).toBe(18);
    expect(proseOf('claim-price')).toContain('by 2.2 and 2.8 points');
  });
});

describe('what it says of its stored run', () => {
  const recording = async () =>
    readRecording(new Uint8Array(readFileSync('lessons/09-sharing/recordings/start.frames.bin')));

  test('how many words of each kind are right, and how many can be', async () => {
    const [outcome] = (await loadResult('sharing', 'start'))!.outcomes;
    const best = outcome!.floors!.best!.mlm!;
    const at = (step: number) => outcome!.evaluations.find((one) => one.step === step)!;
    const percent = (of: Pick<Evaluation, 'classes'>, kind: string) =>
      Math.round((100 * of.classes![kind]!.right) / of.classes![kind]!.asked);
    const told = (step: number, kind: string) => [percent(at(step), kind), percent(best, kind)];
    expect(told(150, 'place')).toEqual([75, 89]);
    expect(told(200, 'weekday')).toEqual([74, 73]);
    expect(told(250, 'city')).toEqual([67, 74]);
    expect(told(350, 'simile')).toEqual([73, 78]);
    expect(told(400, 'animal')).toEqual([21, 50]);
    expect([at(400).losses.mlm!, best.loss].map((loss) => loss.toFixed(3))).toEqual(['0.904', '0.703']);
    const [bert] = (await loadResult('masked-language-modelling', 'best-possible'))!.outcomes;
    expect(bert!.evaluations.at(-1)!.losses.mlm!.toFixed(3)).toBe('0.784');
    expect(bert!.evaluations.at(-1)!.step).toBe(400);
  });

  test('where two of its heads look from pass to pass, and what it answers', async () => {
    const { frames, probe, tokens } = await recording();
    const last = frames.at(-1)!;
    const look = (pass: number, head: number, from: number, word: string, nth = 0) => {
      const { shape, data, scale } = last.values[`attention.${pass}`]!;
      const n = shape[1]!;
      const places = probe.original.flatMap((id, i) => (tokens[id] === word ? [i] : []));
      return Math.round(100 * data[(head * n + from) * n + places[nth]!]! * scale);
    };
    expect([look(0, 0, 19, 'it'), look(1, 0, 19, 'tuesday'), look(2, 0, 19, 'tuesday')]).toEqual([76, 63, 97]);
    expect([look(0, 3, 25, 'saw'), look(1, 3, 25, 'saw'), look(2, 3, 25, 'forest'), look(3, 3, 25, 'pine')]).toEqual([
      18, 43, 71, 82,
    ]);
    const [toad, wednesday, forest] = last.guesses!;
    expect(toad!.among.toFixed(1)).toBe('9.3');
    expect([wednesday!.truth.share, forest!.truth.share].map((share) => Math.round(100 * share))).toEqual([92, 99]);
  });

  test('by how much each pass turns a state', async () => {
    const turns = changesOf((await recording()).frames.at(-1)!, 'angle');
    expect(turns.map(Math.round)).toEqual([37, 23, 19, 16]);
  });
});

describe('what its claims came to', () => {
  const ends = async (id: string) => {
    const { experiment, outcomes } = (await loadResult('sharing', id))!;
    return experiment.arms.map(({ label }) =>
      outcomes.flatMap((one) => (one.arm === label ? [one.evaluations.at(-1)!.losses.mlm!] : [])),
    );
  };
  const markdown = readFileSync('lessons/09-sharing/lesson.md', 'utf8');
  /** Every seed on one side, and the means farther apart than the larger deviation. */
  const isShown = (better: readonly number[], worse: readonly number[]) =>
    better.every((one, i) => one < worse[i]!) &&
    meanOf(worse) - meanOf(better) > Math.max(deviationOf(better), deviationOf(worse));

  test('sharing all or the feed-forward part costs something; of attention it is not shown', async () => {
    const [nothing, attention, feedForward, all] = (await ends('sharing')) as [number[], number[], number[], number[]];
    expect([nothing, attention, feedForward, all].map((one) => meanOf(one).toFixed(3))).toEqual([
      '1.431',
      '1.459',
      '1.485',
      '1.486',
    ]);
    for (const mean of ['1.486 nats against 1.431', 'feed-forward part, 1.485', '*attention* costs, 1.459'])
      expect(markdown).toContain(mean);
    expect([isShown(nothing, all), isShown(nothing, feedForward)]).toEqual([true, true]);
    expect([isShown(nothing, attention), isShown(attention, feedForward)]).toEqual([false, false]);
    expect(attention[2]).toBeLessThan(nothing[2]!);
    expect(feedForward[1]).toBeLessThan(attention[1]!);
  });
  test('narrower words learn more slowly, from every seed', async () => {
    const widths = (await ends('width')) as number[][];
    const means = widths.map((one) => meanOf(one).toFixed(2));
    expect(means).toEqual(['3.50', '2.41', '1.86', '1.60', '1.51']);
    expect(markdown).toContain('at 3.50, 2.41, 1.86, 1.60 and 1.51 nats');
    const gains = widths.slice(1).map((wider, i) => (meanOf(widths[i]!) - meanOf(wider)).toFixed(2));
    expect(markdown).toContain(`less and less: ${gains.slice(0, -1).join(', ')}, ${gains.at(-1)}`);
    for (const [i, wider] of widths.slice(1).entries()) expect(isShown(wider, widths[i]!)).toBe(true);
  });
});
