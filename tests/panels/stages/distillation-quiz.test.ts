import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import type { Question } from '../../../src/panels/quiz.ts';
import { quizOf } from '../../../src/panels/quizzes.ts';
import { leftOut, quiz } from '../../../src/panels/stages/distillation/quiz.ts';
import { type Data, prepare } from '../../../src/training/data.ts';
import { defaultRun } from '../../../src/training/settings.ts';

let data: Data;
beforeAll(async () => {
  data = await prepare(defaultRun.text);
});

const kinds = Object.keys(quiz.makers);
const ask = (kind: string, seed: number) =>
  quiz.makers[kind]!(
    { documents: data.train, vocabulary: data.vocabulary },
    createRng('teacher quiz').fork(String(seed)),
  );
const seeds = Array.from({ length: 300 }, (_, i) => i);
function optionsOf({ ask: asked }: Question) {
  if (asked.form !== 'choice') throw new Error('a choice was expected');
  return asked;
}
const rightOf = (question: Question) => optionsOf(question).options[optionsOf(question).right]!.text!;
const numbersIn = (text: string) => (text.match(/\d+/g) ?? []).map(Number);

describe('a question about learning from a teacher', () => {
  it('is asked where a lesson asks for it', () => {
    expect(quizOf({ pairing: 'contiguous', noising: 'mlm' }, 'distillation')).toBe(quiz);
  });

  it.each(kinds)('of kind %s is the same for the same stream, and has four different answers', (kind) => {
    expect(ask(kind, 1)).toEqual(ask(kind, 1));
    for (const seed of seeds)
      expect(new Set(optionsOf(ask(kind, seed)).options.map(({ text }) => text)).size, `${kind} ${seed}`).toBe(4);
  });

  it('of temperature is answered by roots that were shared out anew', () => {
    for (const seed of seeds) {
      const question = ask('temperature', seed);
      const warm = Number(/temperature (\d)/.exec(question.prompt)![1]);
      const before = question.rows[0]!.chips.map(({ token }) => Number(/(\d+) %/.exec(token)![1]) / 100);
      const roots = before.map((share) => share ** (1 / warm));
      const sum = roots.reduce((total, one) => total + one, 0);
      expect(numbersIn(rightOf(question))).toEqual(roots.map((one) => Math.round((100 * one) / sum)));
    }
  });

  it('of where is answered by all tokens for the teacher, and by the holes for the truth', () => {
    for (const seed of seeds) {
      const question = ask('where', seed);
      const { chips } = question.rows[0]!;
      const holes = chips.filter(({ token }) => token === '[MASK]').length;
      const right = question.prompt.includes('teacher’s probabilities') ? chips.length : holes;
      expect(numbersIn(rightOf(question))).toEqual([right]);
      expect(question.answer.chips.filter(({ scored }) => scored)).toHaveLength(right);
    }
  });

  it('of layers is answered by both ends and as many as the student has', () => {
    for (const seed of seeds) {
      const question = ask('layers', seed);
      const right = numbersIn(rightOf(question));
      const teacher = question.rows[0]!.chips.length;
      expect(right).toHaveLength(teacher / 2);
      expect([right[0], right.at(-1)]).toEqual([0, teacher - 1]);
      if (teacher === 12) expect(right).toEqual([0, 2, 4, 7, 9, 11]);
    }
  });

  it('of what was left out is answered by the row of the table', () => {
    for (const seed of seeds) {
      const question = ask('ablate', seed);
      const points = Number(/by ([\d.]+) points/.exec(question.prompt)![1]);
      expect(leftOut.find(({ part }) => part === rightOf(question))!.points).toBe(points);
    }
  });
});
