import { describe, expect, test } from 'vitest';
import { loadLesson } from '../../src/app/lessons.ts';
import { flatten, sizeOf } from '../../src/core/params.ts';
import type { Placed } from '../../src/lesson.ts';
import { blueprint as albert } from '../../src/models/albert/spec.ts';
import { blueprint as bert } from '../../src/models/bert/spec.ts';

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
