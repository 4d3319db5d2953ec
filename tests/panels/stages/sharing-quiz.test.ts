import { expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { countText } from '../../../src/figures/parts.ts';
import type { Question } from '../../../src/panels/quiz.ts';
import { quizOf } from '../../../src/panels/quizzes.ts';
import { quiz } from '../../../src/panels/stages/sharing/quiz.ts';
import { prepare } from '../../../src/training/data.ts';
import { defaultRun } from '../../../src/training/settings.ts';

const { train, vocabulary } = await prepare(defaultRun.text);
const kinds = Object.keys(quiz.makers);
const ask = (kind: string, seed: number) =>
  quiz.makers[kind]!({ documents: train, vocabulary }, createRng('sharing quiz').fork(String(seed)));
const seeds = Array.from({ length: 300 }, (_, i) => i);
const rightOf = ({ ask: asked }: Question) => {
  if (asked.form !== 'choice') throw new Error('a choice was expected');
  return asked.options[asked.right]!.text;
};
const numbersOf = (question: Question, row: number) =>
  question.rows[row]!.chips.map(({ token }) => Number(token.replace(/^.* /, '').replaceAll(',', '')));

test('the lesson asks for its own questions', () => {
  expect(quizOf({ pairing: 'contiguous', noising: 'mlm' }, 'sharing')).toBe(quiz);
});

test.each(kinds)('a question of kind %s is the same for the same stream, and has four different answers', (kind) => {
  expect(ask(kind, 1)).toEqual(ask(kind, 1));
  for (const seed of seeds) {
    const { ask: asked } = ask(kind, seed);
    const options = asked.form === 'choice' ? asked.options.map(({ text }) => text) : [];
    expect(new Set(options).size).toBe(4);
  }
});

test('two tables are counted with the second one', () => {
  for (const seed of seeds) {
    const question = ask('count', seed);
    const [V, H, E] = numbersOf(question, 0) as [number, number, number];
    expect(rightOf(question)).toBe(countText(V * E + E * H));
  }
});

test('who is faster is told by layers and width, however few weights there are', () => {
  const seen = new Set<string | undefined>();
  for (const seed of seeds) {
    const question = ask('faster', seed);
    const work = [0, 1].map((row) => {
      const [layers, width] = numbersOf(question, row) as [number, number];
      return layers * width ** 2;
    }) as [number, number];
    const right = rightOf(question);
    seen.add(right);
    expect(right).toBe(
      work[0] === work[1]
        ? 'both the same'
        : work[0] < work[1]
          ? 'the one that shares its layers'
          : 'the one that does not',
    );
  }
  expect(seen.size).toBeGreaterThan(1);
});

test('of the rows of the paper only the widest is better, and none is both', () => {
  for (const seed of seeds) {
    const question = ask('read', seed);
    const isWidest = question.prompt.includes('xxlarge');
    expect(rightOf(question)).toBe(isWidest ? 'better, and trains slower' : 'worse, and trains faster');
  }
});
