import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { everyWay, follow } from '../../../src/panels/choose/choosing.ts';
import { lines } from '../../../src/panels/choose/lines.ts';
import type { Question } from '../../../src/panels/quiz.ts';
import { quizOf } from '../../../src/panels/quizzes.ts';
import { headlines } from '../../../src/panels/stages/choosing/headlines.ts';
import { quiz } from '../../../src/panels/stages/choosing/quiz.ts';
import { type Data, prepare } from '../../../src/training/data.ts';
import { defaultRun } from '../../../src/training/settings.ts';

let data: Data;
beforeAll(async () => {
  data = await prepare(defaultRun.text);
});

const kinds = Object.keys(quiz.makers);
const ask = (kind: string, seed: number) =>
  quiz.makers[kind]!({ documents: data.train, vocabulary: data.vocabulary }, createRng('which').fork(String(seed)));
const seeds = Array.from({ length: 150 }, (_, i) => i);
function rightOf({ ask: asked }: Question): string {
  if (asked.form !== 'choice') throw new Error('a choice was expected');
  return asked.options[asked.right]!.text!;
}
const optionsOf = ({ ask: asked }: Question) => (asked.form === 'choice' ? asked.options : []);
const numberIn = (text: string) =>
  Number(text.replaceAll(',', '').match(/[\d.]+/)![0]) * (/million/.test(text) ? 1e6 : 1);

describe('a question about which one when', () => {
  it('is asked where a lesson names its folder', () => {
    expect(quizOf({ pairing: 'contiguous', noising: 'mlm' }, 'choosing')).toBe(quiz);
  });

  it.each(kinds)('of kind %s is the same for the same stream, and has four different answers', (kind) => {
    expect(ask(kind, 1)).toEqual(ask(kind, 1));
    for (const seed of seeds) expect(new Set(optionsOf(ask(kind, seed)).map(({ text }) => text)).size).toBe(4);
  });

  it('of the objective is answered by what is hidden and where the dots are', () => {
    const seen = new Set<string>();
    for (const seed of seeds) {
      const question = ask('objective', seed);
      const { chips } = question.rows[0]!;
      const [signs, dots] = [chips.filter(({ mark }) => mark === 'hidden'), chips.filter(({ scored }) => scored)];
      const words = chips.filter(({ special }) => !special);
      const right = rightOf(question);
      if (dots.length === 0) expect(right).toContain('BART');
      else if (dots.length === words.length) expect(right).toContain('ELECTRA');
      else if (dots.every((dot) => dot.special)) expect(right).toContain('follow');
      else if (signs.length > 0) expect(right).toContain('hidden here and there');
      seen.add(right);
    }
    expect(seen.size).toBe(5);
  });

  it('of a scenario is answered by the line that its answers lead to', () => {
    const seen = new Set<string>();
    for (const seed of seeds) {
      const question = ask('scenario', seed);
      const said = question.rows[0]!.chips.map(({ token }) => token);
      const found = everyWay().filter(([answers]) => {
        const { given } = follow(answers);
        return given.map((one) => `${one.question.name}: ${one.option.text}`).join('|') === said.join('|');
      });
      expect(found).toHaveLength(1);
      expect(rightOf(question)).toBe(lines[found[0]![1]].take);
      seen.add(rightOf(question));
    }
    expect(seen.size).toBeGreaterThan(12);
  });

  it('of tokens is answered by a product of three', () => {
    for (const seed of seeds.slice(0, 40)) {
      const question = ask('tokens', seed);
      const product = question.rows[0]!.chips.map(({ token }) => numberIn(token)).reduce((a, b) => a * b);
      const right = rightOf(question);
      const said = numberIn(right) * (right.includes('trillion') ? 1e12 : 1e9);
      expect(said / product).toBeCloseTo(1, 1);
    }
  });

  it('of the clock goes by layers and widths, whatever is shared', () => {
    for (const seed of seeds) {
      const question = ask('clock', seed);
      const work = question.rows.map(({ chips }) => numberIn(chips[0]!.token) * numberIn(chips[1]!.token) ** 2);
      const right = rightOf(question);
      if (work[0] === work[1]) expect(right).toBe('Both alike');
      else expect(right.startsWith(question.rows[work[0]! < work[1]! ? 0 : 1]!.label)).toBe(true);
    }
  });

  it('of what is equal names just the chips that differ', () => {
    const names = ['the text', 'rows × length', 'the number of steps'];
    for (const seed of seeds) {
      const question = ask('equal', seed);
      const [a, b] = question.rows.map(({ chips }) => chips.map(({ token }) => token));
      for (const [i, name] of [...names.entries()].slice(1))
        expect(rightOf(question).includes(name)).toBe(a![i] !== b![i]);
    }
  });

  it('of a headline has one right answer of four, each headline once', () => {
    expect(new Set(headlines.map(({ says }) => says)).size).toBe(headlines.length);
    for (const { right, wrong } of headlines) expect(wrong).not.toContain(right);
  });
});
