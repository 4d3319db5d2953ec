import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import type { Question } from '../../../src/panels/quiz.ts';
import { quizOf } from '../../../src/panels/quizzes.ts';
import { balanceOf, floorAt, quiz } from '../../../src/panels/stages/narrow-and-deep/quiz.ts';
import { type Data, prepare } from '../../../src/training/data.ts';
import { defaultRun } from '../../../src/training/settings.ts';

let data: Data;
beforeAll(async () => {
  data = await prepare(defaultRun.text);
});

const kinds = Object.keys(quiz.makers);
const ask = (kind: string, seed: number) =>
  quiz.makers[kind]!({ documents: data.train, vocabulary: data.vocabulary }, createRng('floors').fork(String(seed)));
const seeds = Array.from({ length: 300 }, (_, i) => i);
function optionsOf({ ask: asked }: Question) {
  if (asked.form !== 'choice') throw new Error('a choice was expected');
  return asked;
}
const rightOf = (question: Question) => optionsOf(question).options[optionsOf(question).right]!.text!;
const numbersIn = (text: string) => (text.replaceAll(',', '').match(/\d+/g) ?? []).map(Number);

describe('a question about transfer floor by floor', () => {
  it('is asked where a lesson asks for it', () => {
    expect(quizOf({ pairing: 'contiguous', noising: 'mlm' }, 'narrow-and-deep')).toBe(quiz);
  });

  it.each(kinds)('of kind %s is the same for the same stream, and has four different answers', (kind) => {
    expect(ask(kind, 1)).toEqual(ask(kind, 1));
    for (const seed of seeds)
      expect(new Set(optionsOf(ask(kind, seed)).options.map(({ text }) => text)).size, `${kind} ${seed}`).toBe(4);
  });

  it('of the phase follows the published gates: eight steps of four floors are two each', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8].map((step) => floorAt(step, 8, 4))).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
    for (const seed of seeds) {
      const question = ask('phase', seed);
      const [floors, steps, step] = numbersIn(question.prompt);
      expect(rightOf(question)).toBe(`floor ${Math.ceil(step! / (steps! / floors!))}`);
    }
  });

  it('of the rate gives a tenth to the floors below, and nothing to those above', () => {
    for (const seed of seeds) {
      const question = ask('rate', seed);
      const [active, at] = numbersIn(question.prompt);
      const right = at! < active! ? /tenth/ : at! > active! ? /none/ : /the full rate/;
      expect(rightOf(question)).toMatch(right);
    }
  });

  it('of widths is answered by the two that are between floors, and those are alike', () => {
    for (const seed of seeds) {
      const question = ask('width', seed);
      const [teacher, , student] = question.rows[0]!.chips.map(({ token }) => numbersIn(token)[0]!);
      expect(numbersIn(rightOf(question))).toEqual([teacher, student]);
      expect(teacher).toBe(student);
    }
  });

  it('of balance is answered by counted weights', () => {
    // The published widths: 512 between floors, 128 inside, four networks.
    expect(balanceOf(512, 128, 512, 4)).toEqual({ attention: 245_760, feedForward: 524_288 });
    for (const seed of seeds) {
      const question = ask('balance', seed);
      const [attention, feedForward] = question.answer.chips.map(({ token }) => numbersIn(token)[0]!);
      expect(rightOf(question)).toBe(`${(attention! / feedForward!).toFixed(2)} : 1`);
    }
  });
});
