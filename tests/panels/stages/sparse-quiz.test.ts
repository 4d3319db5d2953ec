import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import type { Question } from '../../../src/panels/quiz.ts';
import { quizOf } from '../../../src/panels/quizzes.ts';
import { quiz } from '../../../src/panels/stages/sparse/quiz.ts';
import { vocabulary } from '../../support/lost-and-found.ts';

const kinds = Object.keys(quiz.makers);
const ask = (kind: string, seed: number) =>
  quiz.makers[kind]!({ documents: [], vocabulary }, createRng('sparse').fork(String(seed)));
const seeds = Array.from({ length: 400 }, (_, i) => i);

function optionsOf({ ask: asked }: Question) {
  if (asked.form !== 'choice') throw new Error('a choice was expected');
  return { texts: asked.options.map(({ text }) => text!), right: asked.options[asked.right]!.text! };
}
const tokensOf = ({ rows }: Question) => rows.map(({ chips }) => chips[0]!.token);

describe('a question about blocks', () => {
  it('is asked where a lesson names it', () => {
    expect(quizOf({ pairing: 'contiguous', noising: 'mlm' }, 'sparse')).toBe(quiz);
  });
  it.each(kinds.filter((kind) => kind !== 'whichBlocks'))('of kind %s has four different answers', (kind) => {
    expect(ask(kind, 1)).toEqual(ask(kind, 1));
    for (const seed of seeds) expect(new Set(optionsOf(ask(kind, seed)).texts).size, `${seed}`).toBe(4);
  });
  it('of a row is answered by itself, its neighbours and what the question names', () => {
    for (const seed of seeds) {
      const { ask: asked, rows, prompt } = ask('whichBlocks', seed);
      if (asked.form !== 'places') throw new Error('places were expected');
      const at = rows[0]!.current!;
      const last = rows[0]!.chips.length - 1;
      const drawn = /drawn was (\d+)/.exec(prompt)?.[1];
      const ends = prompt.includes('the first') ? [0, last] : [];
      const right = new Set([at - 1, at, at + 1, ...ends, ...(drawn ? [Number(drawn)] : [])]);
      expect(new Set(asked.right)).toEqual(right);
    }
  });
  it('of the share is answered by six of so many blocks, of holes by 15 % and no more than 75', () => {
    for (const seed of seeds) {
      const [length, size] = tokensOf(ask('cells', seed)).map(Number);
      expect(optionsOf(ask('cells', seed)).right).toBe(`${((600 * size!) / length!).toFixed(1)} %`);
      const [words] = tokensOf(ask('whole', seed)).map(Number);
      expect(optionsOf(ask('whole', seed)).right).toBe(String(Math.min(75, Math.round(0.15 * words!))));
    }
  });
  it('of a run is answered by all that came out on its side of what can be had without the opening', () => {
    const seen = new Set<string>();
    for (const seed of seeds) {
      const question = ask('whichRun', seed);
      const bits = Number.parseFloat(question.rows[0]!.chips[0]!.token);
      const right = optionsOf(question).right.split('; or ');
      const runs = question.answer.chips.map(({ token }) => token.split(': '));
      for (const [name, values] of runs) {
        const isAlike = values!.split(', ').some((one) => Number(one) < 5.17 === bits < 5.17);
        expect(right.includes(name!)).toBe(isAlike);
      }
      seen.add(optionsOf(question).right);
    }
    expect(seen.size).toBe(4);
  });

  it('of hops is answered by two layers with a first block, and by the distance without', () => {
    for (const seed of seeds) {
      const question = ask('hops', seed);
      const [from, to] = tokensOf(question).map((token) => Number(token.replace(/\D+/, '')));
      const isGlobal = question.prompt.includes('the first');
      expect(optionsOf(question).right).toBe(`${isGlobal ? 2 : from! - to!} layers`);
    }
  });
});
