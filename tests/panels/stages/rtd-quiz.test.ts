import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import type { Question } from '../../../src/panels/quiz.ts';
import { quizOf } from '../../../src/panels/quizzes.ts';
import { quiz } from '../../../src/panels/stages/rtd/quiz.ts';
import { type Data, prepare } from '../../../src/training/data.ts';
import { defaultRun } from '../../../src/training/settings.ts';
import { surprise } from '../../../src/training/surprise.ts';

let data: Data;
beforeAll(async () => {
  data = await prepare(defaultRun.text);
});

const kinds = Object.keys(quiz.makers);
const ask = (kind: string, seed: number) =>
  quiz.makers[kind]!({ documents: data.train, vocabulary: data.vocabulary }, createRng('rtd quiz').fork(String(seed)));
const seeds = Array.from({ length: 1000 }, (_, i) => i);
const optionsOf = ({ ask: asked }: Question) => {
  if (asked.form !== 'choice') throw new Error('a choice was expected');
  return asked;
};
const rightOf = (question: Question) => optionsOf(question).options[optionsOf(question).right]!;
const wordsIn = (question: Question, row: number) => question.rows[row]!.chips.map(({ token }) => token);

describe('a question about replaced tokens', () => {
  it('is asked in a run of replaced tokens', () => {
    expect(quizOf({ pairing: 'contiguous', noising: 'rtd' })).toBe(quiz);
  });

  it.each(kinds)('of kind %s is the same for the same stream, and has four different answers', (kind) => {
    expect(ask(kind, 1)).toEqual(ask(kind, 1));
    for (const seed of seeds) {
      const { options } = optionsOf(ask(kind, seed));
      expect(new Set(options.map((option) => JSON.stringify(option))).size).toBe(4);
    }
  });

  it('of the label is answered by whether the token differs from the text', () => {
    const answers = new Set<string>();
    for (const seed of seeds) {
      const question = ask('label', seed);
      const at = question.rows[1]!.current!;
      const differs = wordsIn(question, 0)[at] !== wordsIn(question, 1)[at];
      expect(rightOf(question).text).toBe(differs ? 'replaced' : 'original');
      answers.add(question.why);
    }
    expect(answers.size).toBe(3);
  });

  it('of who reads what is answered by a row without a hole that differs from the text', () => {
    for (const seed of seeds) {
      const question = ask('who-sees', seed);
      const { options, right } = optionsOf(question);
      const fits = options.map(({ chips }) => {
        const words = chips!.map(({ token }) => token);
        return !words.includes('[MASK]') && words.join(' ') !== wordsIn(question, 0).join(' ');
      });
      expect(fits).toEqual([0, 1, 2, 3].map((i) => i === right));
    }
  });

  it('of the rate is answered by the drawn share times the misses', () => {
    for (const seed of seeds) {
      const question = ask('rate', seed);
      const [drawn, hit] = [...question.prompt.matchAll(/(\d+) %/g)].map(([, n]) => Number(n) / 100);
      expect(Number.parseFloat(rightOf(question).text!) / 100).toBeCloseTo(drawn! * (1 - hit!), 6);
    }
  });

  it('of a good loss is answered by how it compares with knowing only how many', () => {
    for (const seed of seeds) {
      const question = ask('good-loss', seed);
      const [, share, loss] = /(\d+) %.*loss of ([\d.]+)/.exec(question.prompt)!;
      const isLearned = Number(loss) < 0.6 * surprise(Number(share) / 100);
      expect(rightOf(question).text).toMatch(isLearned ? /^a good deal/ : /^hardly/);
    }
  });

  it('of gradients is answered by the network whose loss it is and the tables, as the gradient test has it', () => {
    for (const seed of seeds) {
      const question = ask('gradient', seed);
      const own = /loss of the (\w+)/.exec(question.prompt)![1];
      expect(rightOf(question).text).toBe(`the ${own} and the shared tables`);
    }
  });
});
