import { expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import type { Question } from '../../../src/panels/quiz.ts';
import { quizOf } from '../../../src/panels/quizzes.ts';
import { quiz } from '../../../src/panels/stages/spans/quiz.ts';
import { prepare } from '../../../src/training/data.ts';
import { defaultRun } from '../../../src/training/settings.ts';

const { train, vocabulary } = await prepare(defaultRun.text);
const ask = (kind: string, seed: number) =>
  quiz.makers[kind]!({ documents: train, vocabulary }, createRng('spans quiz').fork(String(seed)));
const seeds = Array.from({ length: 300 }, (_, i) => i);
const rightOf = ({ ask: asked }: Question) => {
  if (asked.form !== 'choice') throw new Error('a choice was expected');
  return asked.options[asked.right]!.text;
};
const numbersOf = (question: Question) =>
  question.rows[0]!.chips.map(({ token }) => Number(token.replace(/^.* /, '').replaceAll(',', '')));

test('the lesson asks for its own questions', () => {
  expect(quizOf({ pairing: 'contiguous', noising: 'rtd' }, 'spans')).toBe(quiz);
});

test.each(Object.keys(quiz.makers))(
  'a question of kind %s is the same for the same stream, and has four answers',
  (kind) => {
    expect(ask(kind, 1)).toEqual(ask(kind, 1));
    for (const seed of seeds) {
      const { ask: asked } = ask(kind, seed);
      const options = asked.form === 'choice' ? asked.options.map(({ text }) => text) : [];
      expect(new Set(options).size).toBe(4);
    }
  },
);

test('reach adds up over layers', () => {
  for (const seed of seeds) {
    const question = ask('radius', seed);
    const [layers, kernel] = numbersOf(question) as [number, number];
    expect(rightOf(question)).toBe(String((layers * (kernel - 1)) / 2));
  }
});

test('of a map in groups all blocks are counted', () => {
  for (const seed of seeds) {
    const question = ask('count', seed);
    const [D, M, G] = numbersOf(question) as [number, number, number];
    expect(rightOf(question)).toBe((G * (D / G) * (M / G)).toLocaleString('en'));
  }
});

test('what a kernel is made from is told by the same word elsewhere: the two places hold one word', () => {
  for (const seed of seeds) {
    const question = ask('kernel-kind', seed);
    const words = question.rows[0]!.chips.map(({ token }) => token);
    const [first, second, third] = [...question.prompt.matchAll(/place (\d+)/g)].map(([, place]) => Number(place));
    expect(words[first!]).toBe(words[second!]);
    expect(first).not.toBe(second);
    expect(words[third!]).not.toBe(words[first!]);
  }
});

test('what lies farther than a kernel reaches, only attention gathers', () => {
  const seen = new Set<string | undefined>();
  for (const seed of seeds) {
    const question = ask('which-half', seed);
    const { chips, current } = question.rows[0]!;
    const steps = chips.flatMap(({ mark }, i) => (mark ? [Math.abs(i - current!)] : []));
    expect(rightOf(question)).toBe(Math.max(...steps) > 4 ? 'attention only' : 'either of the two');
    seen.add(rightOf(question));
  }
  expect(seen.size).toBe(2);
});
