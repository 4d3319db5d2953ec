import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import type { Question } from '../../../src/panels/quiz.ts';
import { quizOf } from '../../../src/panels/quizzes.ts';
import { quiz } from '../../../src/panels/stages/plm/quiz.ts';
import { type Data, prepare } from '../../../src/training/data.ts';
import { defaultRun } from '../../../src/training/settings.ts';

let data: Data;
beforeAll(async () => {
  data = await prepare(defaultRun.text);
});

const kinds = Object.keys(quiz.makers);
const ask = (kind: string, seed: number) =>
  quiz.makers[kind]!({ documents: data.train, vocabulary: data.vocabulary }, createRng('order').fork(String(seed)));
const seeds = Array.from({ length: 1000 }, (_, i) => i);

const optionsOf = ({ ask: asked }: Question) => {
  if (asked.form !== 'choice') throw new Error('a choice was expected');
  return {
    texts: asked.options.map(({ text }) => text),
    chips: asked.options.map(({ chips }) => chips ?? []),
    ...asked,
  };
};
const rightOf = (question: Question) => optionsOf(question).texts[optionsOf(question).right]!;
/** The places of a prompt or a label, in the order in which they are predicted. */
const numbers = (text: string) => (text.match(/\d+/g) ?? []).map(Number);
const order = ({ answer }: Question) => numbers(answer.label);
/** The places of a row that are not covered. */
const read = (chips: readonly { readonly token: string }[]) =>
  chips.flatMap(({ token }, i) => (token === '?' ? [] : [i]));

describe('a question about an order', () => {
  it('is asked in a lesson on permuted orders', () => {
    expect(quizOf({ pairing: 'contiguous', noising: 'plm' })).toBe(quiz);
  });

  it.each(kinds)('of kind %s is the same for the same stream and has four different answers', (kind) => {
    expect(ask(kind, 1)).toEqual(ask(kind, 1));
    for (const seed of seeds) {
      const { options, right } = optionsOf(ask(kind, seed));
      expect(new Set(options.map((option) => JSON.stringify(option))).size).toBe(4);
      expect(right).toBeGreaterThanOrEqual(0);
    }
  });

  it('of what may be read has one answer with the context and the earlier targets, and no other word', () => {
    for (const seed of seeds) {
      const question = ask('may-read', seed);
      const targets = order(question);
      const at = question.rows[0]!.current!;
      const k = targets.indexOf(at);
      const later = targets.slice(k);
      const views = optionsOf(question).chips.map(read);
      const isRight = (view: readonly number[]) =>
        question.rows[0]!.chips.every((_, i) => view.includes(i) === !later.includes(i));
      expect(views.map(isRight)).toEqual([0, 1, 2, 3].map((i) => i === optionsOf(question).right));
    }
  });

  it('of the order is answered by that in which each reads those before it', () => {
    for (const seed of seeds) {
      const question = ask('which-order', seed);
      const views = new Map(question.rows.map((row) => [row.current!, read(row.chips)]));
      const fits = (text: string | undefined) => {
        const places = numbers(text ?? '');
        return places.every((at, k) => places.every((other, j) => views.get(at)!.includes(other) === j < k));
      };
      const { texts, right } = optionsOf(question);
      expect(texts.map(fits)).toEqual([0, 1, 2, 3].map((i) => i === right));
    }
  });

  it('of how many is answered by the number of dots, the sixth part of the row', () => {
    for (const seed of seeds) {
      const question = ask('how-many', seed);
      const dots = question.answer.chips.filter(({ scored }) => scored).length;
      expect(Math.abs(dots - question.answer.chips.length / 6)).toBeLessThanOrEqual(0.5);
      expect(rightOf(question)).toBe(String(dots));
    }
  });

  it('of the stream is answered by content where the own word is read, and by query where it is not', () => {
    for (const seed of seeds) {
      const question = ask('stream', seed);
      const at = question.answer.current!;
      const which = read(question.rows[0]!.chips).includes(at) ? 'content' : 'query';
      expect(rightOf(question)).toBe(`the ${which} stream of place ${at}`);
    }
  });

  it('of the input is answered by the row itself', () => {
    for (const seed of seeds) {
      const question = ask('input', seed);
      const tokens = (chips: readonly { readonly token: string }[]) => chips.map(({ token }) => token).join(' ');
      const { chips, right } = optionsOf(question);
      const row = tokens(question.rows[0]!.chips);
      expect(chips.map((one) => tokens(one) === row)).toEqual([0, 1, 2, 3].map((i) => i === right));
    }
  });

  it('of the bits is answered by the logarithm: once along an order, twice apart, nothing for the second', () => {
    for (const seed of seeds) {
      const question = ask('bits', seed);
      const each = Math.log2(numbers(question.prompt)[0]!);
      const right = /after the other/.test(question.prompt) ? each : /alone/.test(question.prompt) ? 2 * each : 0;
      expect(rightOf(question)).toBe(`${right} bits`);
    }
  });
});
