import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import type { Question } from '../../../src/panels/quiz.ts';
import { quizOf } from '../../../src/panels/quizzes.ts';
import { quiz } from '../../../src/panels/stages/memory/quiz.ts';
import { type Data, prepare } from '../../../src/training/data.ts';
import { defaultRun } from '../../../src/training/settings.ts';

let data: Data;
beforeAll(async () => {
  data = await prepare(defaultRun.text);
});

const kinds = Object.keys(quiz.makers);
const ask = (kind: string, seed: number) =>
  quiz.makers[kind]!({ documents: data.train, vocabulary: data.vocabulary }, createRng('memory').fork(String(seed)));
const seeds = Array.from({ length: 400 }, (_, i) => i);

function optionsOf({ ask: asked }: Question) {
  if (asked.form !== 'choice') throw new Error('a choice was expected');
  return { texts: asked.options.map(({ text }) => text!), right: asked.options[asked.right]!.text! };
}
const numbersOf = ({ rows }: Question) => rows.map(({ chips }) => Number(chips[0]!.token));

describe('a question about memory', () => {
  it('is asked where a lesson names it', () => {
    expect(quizOf({ pairing: 'following', noising: 'causal' }, 'memory')).toBe(quiz);
  });
  it.each(kinds.filter((kind) => kind !== 'visible'))('of kind %s has four different answers', (kind) => {
    expect(ask(kind, 1)).toEqual(ask(kind, 1));
    for (const seed of seeds) expect(new Set(optionsOf(ask(kind, seed)).texts).size, `${seed}`).toBe(4);
  });
  it('of what is open is answered by one run of places that ends at who looks', () => {
    for (const seed of seeds) {
      const { ask: asked, rows, prompt } = ask('visible', seed);
      if (asked.form !== 'places') throw new Error('places were expected');
      const kept = Number(/(\d+) tokens are kept/.exec(prompt)?.[1] ?? 0);
      expect(asked.right.at(-1)).toBe(rows[0]!.current);
      expect(asked.right[0]).toBe(10 - kept);
      expect(asked.right).toHaveLength(rows[0]!.current! - (10 - kept) + 1);
    }
  });
  it('of reach is answered by layers times tokens kept, of distance by counting from the oldest', () => {
    for (const seed of seeds) {
      const [layers, kept] = numbersOf(ask('reach', seed));
      expect(optionsOf(ask('reach', seed)).right).toBe(String(layers! * kept!));
      const [memory, query, key] = numbersOf(ask('distance', seed));
      expect(optionsOf(ask('distance', seed)).right).toBe(String(query! + memory! - key!));
    }
  });
  it('of bits is answered by nothing where the word is in sight, else by all of them', () => {
    const found = new Set<string>();
    for (const seed of seeds) {
      const [memory, place, far] = numbersOf(ask('bits', seed));
      const { right } = optionsOf(ask('bits', seed));
      expect(right === '0 bits').toBe(far! <= memory! + place!);
      found.add(right);
    }
    expect([...found].sort()).toEqual(['0 bits', '2.58 bits', '3.00 bits']);
  });
  it('of the target is answered by the first token of the next segment', () => {
    for (const seed of seeds) {
      const question = ask('target', seed);
      const at = Number(/segment (\d)/.exec(question.prompt)![1]);
      expect(optionsOf(question).right).toBe(question.rows[at]!.chips[0]!.token);
    }
  });
});
