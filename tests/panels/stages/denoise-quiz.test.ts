import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import type { Question } from '../../../src/panels/quiz.ts';
import { quizOf } from '../../../src/panels/quizzes.ts';
import { noiseBits } from '../../../src/panels/stages/denoise/bits.ts';
import { quiz } from '../../../src/panels/stages/denoise/quiz.ts';
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
    createRng('noise quiz').fork(String(seed)),
  );
const seeds = Array.from({ length: 1000 }, (_, i) => i);
const optionsOf = ({ ask: asked }: Question) => {
  if (asked.form !== 'choice') throw new Error('a choice was expected');
  return asked;
};
const rightOf = (question: Question) => optionsOf(question).options[optionsOf(question).right]!;
const wordsOf = (chips: Question['answer']['chips']) => chips.map(({ token }) => token);
const wordsIn = (question: Question, row: number) => wordsOf(question.rows[row]!.chips);
const signs = (words: readonly string[]) => words.filter((word) => word === '[MASK]').length;
const sorted = (words: readonly string[]) => [...words].sort().join(' ');

describe('a question about denoising', () => {
  it('is asked in a run of denoising', () => {
    expect(quizOf({ pairing: 'contiguous', noising: 'denoise' })).toBe(quiz);
  });

  it.each(kinds)('of kind %s is the same for the same stream, and has four different answers', (kind) => {
    expect(ask(kind, 1)).toEqual(ask(kind, 1));
    for (const seed of seeds) {
      const { options } = optionsOf(ask(kind, seed));
      expect(new Set(options.map((option) => JSON.stringify(option))).size).toBe(4);
    }
  });

  it('of which noise is answered by what the two rows show', () => {
    const told = (before: readonly string[], after: readonly string[]) => {
      const gone = before.length - after.length;
      if (signs(after) > 0) return gone === 0 ? 'words masked' : 'spans hidden';
      if (gone > 0) return 'words deleted';
      expect(sorted(after)).toBe(sorted(before));
      return after.at(-2) === '.' ? 'sentences shuffled' : 'text rotated';
    };
    const seen = new Set<string>();
    for (const seed of seeds) {
      const question = ask('which-noise', seed);
      const right = rightOf(question).text!;
      const [before, after] = [wordsIn(question, 0), wordsIn(question, 1)];
      expect(told(before, after)).toBe(right);
      seen.add(right);
    }
    expect(seen.size).toBe(5);
  });

  it('of how many signs is answered by the number of lengths, those of no words among them', () => {
    for (const seed of seeds) {
      const question = ask('how-many', seed);
      const lengths = question.prompt.match(/\d+/g)!;
      expect(rightOf(question).text).toBe(String(lengths.length));
      expect(signs(wordsOf(question.answer.chips))).toBe(lengths.length);
      expect(lengths).toContain('0');
    }
  });

  it('of the target is answered by the whole original', () => {
    for (const seed of seeds) {
      const question = ask('target', seed);
      expect(wordsOf(rightOf(question).chips!)).toEqual(wordsOf(question.answer.chips));
    }
  });

  it('of what the decoder reads is answered by the token before, the end sign in front', () => {
    for (const seed of seeds) {
      const question = ask('first-input', seed);
      const at = question.answer.current!;
      expect(rightOf(question).text).toBe(at === 0 ? '[SEP]' : wordsIn(question, 1)[at - 1]);
    }
  });

  it('of bits is answered by the exact sums', () => {
    const sums = [...noiseBits].sort((a, b) => a.bits - b.bits);
    for (const seed of seeds) {
      const question = ask('bits', seed);
      const isMost = question.prompt.includes('the most');
      expect(rightOf(question).text).toBe(sums.at(isMost ? -1 : 0)!.name);
    }
  });
});
