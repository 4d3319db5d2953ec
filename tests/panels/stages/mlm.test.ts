import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { isRight, type Question, questionAt } from '../../../src/panels/quiz.ts';
import { quizOf } from '../../../src/panels/quizzes.ts';
import { quiz } from '../../../src/panels/stages/mlm/quiz.ts';
import { type Data, prepare } from '../../../src/training/data.ts';
import { defaultRun } from '../../../src/training/settings.ts';

let data: Data;
beforeAll(async () => {
  data = await prepare(defaultRun.text);
});

const kinds = Object.keys(quiz.makers);
const ask = (kind: string, seed: number) =>
  quiz.makers[kind]!({ documents: data.train, vocabulary: data.vocabulary }, createRng('quiz test').fork(String(seed)));
const seeds = Array.from({ length: 40 }, (_, i) => i);
const scored = ({ answer }: Question) => answer.chips.flatMap((chip, i) => (chip.scored ? [i] : []));

describe('a question', () => {
  it.each(kinds)('of kind %s is the same for the same stream, and another for another', (kind) => {
    expect(ask(kind, 1)).toEqual(ask(kind, 1));
    expect(ask(kind, 1)).not.toEqual(ask(kind, 2));
  });

  it.each(kinds)('of kind %s has four different answers or places to point at', (kind) => {
    for (const seed of seeds) {
      const { ask: asked, rows } = ask(kind, seed);
      if (asked.form === 'choice') {
        expect(new Set(asked.options.map((option) => JSON.stringify(option))).size).toBe(4);
        expect(asked.options[asked.right]).toBeDefined();
      } else {
        expect(asked.right.length).toBeGreaterThan(0);
        expect(asked.right.every((place) => rows.at(-1)?.chips[place]?.special === false)).toBe(true);
      }
    }
  });

  it('of how many are chosen is answered by the number of dots', () => {
    for (const seed of seeds) {
      const question = ask('how-many', seed);
      if (question.ask.form !== 'choice') throw new Error('a choice was expected');
      expect(question.ask.options[question.ask.right]?.text).toBe(String(scored(question).length));
    }
  });

  it('of places names the chosen ones first', () => {
    for (const seed of seeds) {
      const question = ask('places', seed);
      const order = /begins ([\d, ]+)\./.exec(question.prompt)?.[1]?.split(', ').map(Number) ?? [];
      const chosen = scored(question);
      expect(order.slice(0, chosen.length).sort((a, b) => a - b)).toEqual(chosen);
      expect(order).toHaveLength(chosen.length + 3);
    }
  });

  it('of unchanged tokens asks for those that bear loss and look the same', () => {
    for (const seed of seeds) {
      const { ask: asked, answer, rows } = ask('unchanged', seed);
      const kept = answer.chips.flatMap((chip, i) => (chip.mark === 'kept' ? [i] : []));
      expect(asked).toEqual({ form: 'places', right: kept });
      expect(kept.every((i) => rows[0]?.chips[i]?.token === rows[1]?.chips[i]?.token)).toBe(true);
    }
  });

  it('of the label is answered by the original where there is a dot, and by none elsewhere', () => {
    for (const seed of seeds) {
      const { ask: asked, rows } = ask('label', seed);
      const at = rows[1]?.current ?? -1;
      const right = asked.form === 'choice' ? asked.options[asked.right]?.text : undefined;
      expect(right).toBe(rows[1]?.chips[at]?.scored ? rows[0]?.chips[at]?.token : 'none: nothing is asked here');
    }
  });

  it('of the possible row has one that keeps length and frame and changes no more than are chosen', () => {
    for (const seed of seeds) {
      const { ask: asked, rows, answer } = ask('possible', seed);
      const original = rows[0]?.chips.map(({ token }) => token) ?? [];
      const most = answer.chips.filter((chip) => chip.scored).length;
      const isPossible = (tokens: readonly string[]) =>
        tokens.length === original.length &&
        tokens[0] === '[CLS]' &&
        tokens.at(-1) === '[SEP]' &&
        tokens.filter((token, i) => token !== original[i]).length <= most;
      if (asked.form !== 'choice') throw new Error('a choice was expected');
      const verdicts = asked.options.map(({ chips }) => isPossible(chips?.map(({ token }) => token) ?? []));
      expect(verdicts).toEqual([0, 1, 2, 3].map((i) => i === asked.right));
    }
  });

  it('is answered rightly by the right places in any order, and by nothing less or more', () => {
    const question = { ...ask('places', 3), ask: { form: 'places' as const, right: [4, 9] } };
    expect(isRight(question, [9, 4])).toBe(true);
    expect(isRight(question, [4])).toBe(false);
    expect(isRight(question, [4, 9, 1])).toBe(false);
    expect(isRight({ ...question, ask: { form: 'choice', options: [], right: 2 } }, [2])).toBe(true);
    expect(isRight({ ...question, ask: { form: 'choice', options: [], right: 2 } }, [1])).toBe(false);
  });
});

describe('a quiz', () => {
  it('asks its kinds in turn, each time from a fresh draw', () => {
    const text = { documents: data.train, vocabulary: data.vocabulary };
    const at = (number: number) => questionAt(quiz, number, text, createRng('7'));
    expect(at(5)!.prompt).toMatch(/Only one of these rows/);
    expect(at(5)).toEqual(at(5));
    expect(at(5)).not.toEqual(at(0));
  });

  it('is that of the noising where the pairing has none, and there may be none at all', () => {
    expect(quizOf({ pairing: 'contiguous', noising: 'mlm' })).toBe(quiz);
    expect(quizOf({ pairing: 'contiguous', noising: 'causal' })).toBeUndefined();
  });
});
