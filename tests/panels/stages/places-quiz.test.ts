import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import type { Question } from '../../../src/panels/quiz.ts';
import { quizOf } from '../../../src/panels/quizzes.ts';
import { quiz } from '../../../src/panels/stages/places/quiz.ts';
import { type Data, prepare } from '../../../src/training/data.ts';
import { defaultRun } from '../../../src/training/settings.ts';

let data: Data;
beforeAll(async () => {
  data = await prepare(defaultRun.text);
});

const kinds = Object.keys(quiz.makers);
const ask = (kind: string, seed: number) =>
  quiz.makers[kind]!({ documents: data.train, vocabulary: data.vocabulary }, createRng('places').fork(String(seed)));
const seeds = Array.from({ length: 200 }, (_, i) => i);
function rightOf({ ask: asked }: Question): string {
  if (asked.form !== 'choice') throw new Error('a choice was expected');
  return asked.options[asked.right]!.text!;
}
const optionsOf = ({ ask: asked }: Question) => (asked.form === 'choice' ? asked.options : []);
const wordsOf = (question: Question, row: number) => question.rows[row]!.chips.map(({ token }) => token);
const placesIn = (label: string) => [...label.matchAll(/\((\d+)\)/g)].map(([, place]) => Number(place));

describe('a question about contents and places', () => {
  it('is asked where a lesson names its folder', () => {
    expect(quizOf({ pairing: 'contiguous', noising: 'mlm' }, 'places')).toBe(quiz);
  });

  it.each(kinds)('of kind %s is the same for the same stream, and has four different answers', (kind) => {
    expect(ask(kind, 1)).toEqual(ask(kind, 1));
    for (const seed of seeds) expect(new Set(optionsOf(ask(kind, seed)).map(({ text }) => text)).size).toBe(4);
  });

  it('of which part is answered by which of the two words are the same, at one distance', () => {
    const seen = new Set<string>();
    for (const seed of seeds) {
      const question = ask('term', seed);
      const words = wordsOf(question, 0);
      const [[i, j], [k, l]] = question.rows.map(({ label }) => placesIn(label)) as [number[], number[]];
      expect(j! - i!).toBe(l! - k!);
      const same = [words[i!] === words[k!], words[j!] === words[l!]];
      const right = same[0] && same[1] ? 'all three' : same[0] ? 'content → place' : 'place → content';
      expect(rightOf(question)).toContain(right);
      seen.add(right);
    }
    expect(seen.size).toBe(3);
  });

  it('of the cell is answered by the distance from who looks, cut off at either end', () => {
    for (const seed of seeds) {
      const question = ask('cell', seed);
      const [, k] = /k = (\d+)/.exec(question.prompt)!.map(Number);
      const [i, j] = [...question.prompt.matchAll(/at place (\d+)/g)].map(([, place]) => Number(place));
      expect(Number(rightOf(question))).toBe(Math.max(0, Math.min(2 * k! - 1, i! - j! + k!)));
    }
  });

  it('of a moved text is answered by whether a model hears of absolute places', () => {
    const still = /without its mask decoder|XLNet|Transformer-XL/;
    for (const seed of seeds) {
      const question = ask('shift', seed);
      expect(still.test(rightOf(question))).toBe(question.prompt.includes('exactly the same'));
      expect(
        optionsOf(question).filter(({ text }) => still.test(text!) === still.test(rightOf(question))),
      ).toHaveLength(1);
    }
  });

  it('of the weights is answered by a table of places', () => {
    for (const seed of seeds.slice(0, 30)) {
      const question = ask('count', seed);
      const [width, places] = wordsOf(question, 0).map((text) => Number(/\d+/.exec(text)![0]));
      expect(rightOf(question)).toBe((width! * places!).toLocaleString('en'));
    }
  });

  it('of the quarters is answered by which end went hungry', () => {
    for (const seed of seeds.slice(0, 60)) {
      const question = ask('starve', seed);
      const rates = wordsOf(question, 0).map((text) => Number.parseFloat(text));
      const hungry =
        rates[3]! < rates[0]! - 3 ? 'From the left' : rates[0]! < rates[3]! - 3 ? 'From the right' : 'In a';
      expect(rightOf(question).startsWith(hungry)).toBe(true);
    }
  });
});
