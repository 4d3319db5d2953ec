import { expect, it } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import type { Question, Quiz } from '../../src/panels/quiz.ts';
import type { Data } from '../../src/training/data.ts';

export const seeds: readonly number[] = Array.from({ length: 1000 }, (_, i) => i);

const textsOf = ({ ask }: Question) => (ask.form === 'choice' ? ask.options.map(({ text }) => text ?? '') : []);
export const rightOf = (question: Question) =>
  question.ask.form === 'choice' ? textsOf(question)[question.ask.right]! : question.ask.right;
export const wordsOf = (question: Question, segment: 0 | 1): readonly string[] =>
  question.rows[0]!.chips.filter((chip) => chip.segment === segment).map(({ token }) => token);

/** What asks a quiz about pairs by seed. */
export const asking =
  (quiz: Quiz, stream: string, data: () => Data) =>
  (kind: string, seed: number): Question => {
    const { train, vocabulary } = data();
    return quiz.makers[kind]!({ documents: train, vocabulary }, createRng(stream).fork(String(seed)));
  };

/** Every kind is fixed by its stream, and each of its choices has four answers. */
export function eachIsFixed(quiz: Quiz, ask: ReturnType<typeof asking>): void {
  it.each(Object.keys(quiz.makers))('of kind %s is fixed by its stream and has no answer twice', (kind) => {
    expect(ask(kind, 1)).toEqual(ask(kind, 1));
    for (const seed of seeds) {
      const question = ask(kind, seed);
      if (question.ask.form === 'choice') expect(new Set(textsOf(question)).size).toBe(4);
    }
  });
}
