import { beforeAll, describe, expect, it } from 'vitest';
import { quiz } from '../../../src/panels/stages/nsp/quiz.ts';
import { heroes, places } from '../../../src/text/corpora/lost-and-found/grammar.ts';
import { type Data, prepare } from '../../../src/training/data.ts';
import { defaultRun } from '../../../src/training/settings.ts';
import { asking, eachIsFixed, rightOf, seeds, wordsOf } from '../../support/pair-questions.ts';

let data: Data;
beforeAll(async () => {
  data = await prepare({ ...defaultRun.text, corpus: 'lost-and-found-days' });
});

const ask = asking(quiz, 'nsp quiz', () => data);

describe('a question about next sentences', () => {
  eachIsFixed(quiz, ask);

  it('of the label is answered by whether B is what follows A in its document, and does not say so itself', () => {
    for (const seed of seeds) {
      const question = ask('label', seed);
      const [following, row] = question.rows.map(({ chips }) => chips);
      const b = row!.filter(({ segment }) => segment === 1).map(({ token }) => token);
      const follows = b.join(' ') === following!.map(({ token }) => token).join(' ');
      expect(rightOf(question)).toBe(follows ? '0: B follows A' : '1: B is from elsewhere');
      expect(question.prompt).toBe('Which label does the row get?');
    }
  });

  it('of what A is names the first so many sentences of the stretch', () => {
    for (const seed of seeds) {
      const question = ask('what-is-a', seed);
      const inA = question.answer.chips.filter(({ segment }) => segment === 0).length;
      expect(question.prompt).toContain(`was drawn: ${inA}.`);
      expect(rightOf(question)).toBe(`the first ${inA} sentences`);
    }
  });

  it('of what settles it says the words where two places are told, and nothing where one is', () => {
    const found = new Set<boolean>();
    for (const seed of seeds) {
      const question = ask('judge', seed);
      const [a, b] = ([0, 1] as const).map((k) => wordsOf(question, k).find((word) => places.includes(word)));
      const [hero, other] = ([0, 1] as const).map((k) => wordsOf(question, k).find((word) => heroes.includes(word)));
      if (a === b && hero && other) expect(hero).toBe(other);
      found.add(a === b);
      expect(rightOf(question)).toMatch(a === b ? /^no: the words make it likely/ : /^yes: the words alone/);
    }
    expect(found.size).toBe(2);
  });

  it('of the share of foreign pairs counts the single ones whole and the others half', () => {
    for (const seed of seeds) {
      const question = ask('rate', seed);
      const tokens = question.answer.chips.map(({ token }) => token);
      const ones =
        tokens.filter((token) => token === '1').length + tokens.filter((token) => token === 'coin').length / 2;
      expect(Number.parseFloat(String(rightOf(question)))).toBeCloseTo((100 * ones) / tokens.length, 9);
    }
  });

  it('of the cut takes from the longer each time, at the end that the coin says', () => {
    for (const seed of seeds) {
      const question = ask('cut', seed);
      const coins = /coins say ([a-z, ]+)\./.exec(question.prompt)![1]!.split(', ');
      const spans = ([0, 1] as const).map((k) => {
        const at = question.rows[0]!.chips.flatMap(({ segment }, i) => (segment === k ? [i] : []));
        return { from: at[0]!, to: at.at(-1)! + 1 };
      });
      const gone: number[] = [];
      for (const coin of coins) {
        const [a, b] = spans.map(({ from, to }) => to - from) as [number, number];
        const span = spans[a > b ? 0 : 1]!;
        gone.push(coin === 'front' ? span.from++ : --span.to);
      }
      expect(rightOf(question)).toEqual(gone.sort((x, y) => x - y));
    }
  });
});
