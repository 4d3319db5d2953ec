import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { type Question, questionAt } from '../../../src/panels/quiz.ts';
import { quiz as nsp } from '../../../src/panels/stages/nsp/quiz.ts';
import { quiz } from '../../../src/panels/stages/sop/quiz.ts';
import { followingShare, weekdays } from '../../../src/text/corpora/lost-and-found/grammar.ts';
import { type Data, prepare } from '../../../src/training/data.ts';
import { defaultRun } from '../../../src/training/settings.ts';
import { asking, eachIsFixed, rightOf, seeds, wordsOf } from '../../support/pair-questions.ts';

let data: Data;
beforeAll(async () => {
  data = await prepare(defaultRun.text);
});

const ask = asking(quiz, 'sop quiz', () => data);

describe('a question about the order of sentences', () => {
  eachIsFixed(quiz, ask);

  it('of the label is answered by which sentence comes first, and does not say so itself', () => {
    for (const seed of seeds) {
      const question = ask('label', seed);
      const [earlier, row] = question.rows.map(({ chips }) => chips);
      const a = row!.filter(({ segment }) => segment === 0).map(({ token }) => token);
      const isInOrder = a.join(' ') === earlier!.map(({ token }) => token).join(' ');
      expect(rightOf(question)).toBe(isInOrder ? '0: they are in order' : '1: they are exchanged');
      expect(question.prompt).toBe('Which label does the row get?');
    }
  });

  it('does not begin with the pair that the quiz about next sentences begins with', () => {
    const words = (one: Question) =>
      one.rows
        .at(-1)!
        .chips.map(({ token }) => token)
        .sort();
    for (const seed of seeds) {
      const text = { documents: data.train, vocabulary: data.vocabulary };
      const [here, there] = [quiz, nsp].map((one) => questionAt(one, 0, text, createRng(seed))!);
      expect(words(here!)).not.toEqual(words(there!));
    }
  });

  it('of a blind reader is answered by what it said before', () => {
    for (const seed of seeds) {
      const question = ask('blind', seed);
      expect(rightOf(question)).toBe(/with (\d+ %)/.exec(question.prompt)![1]);
    }
  });

  it('of runs hides what was drawn, the last run as far as it fits', () => {
    for (const seed of seeds) {
      const question = ask('ngram', seed);
      const budget = Number(/At most (\d+)/.exec(question.prompt)![1]);
      const hidden = new Set<number>();
      for (const [, size, place] of question.prompt.matchAll(/(\d+) from place (\d+)/g))
        for (let k = 0; k < Number(size); k++) {
          const at = Number(place) + k;
          if (hidden.size < budget && question.rows[0]!.chips[at]?.special === false) hidden.add(at);
        }
      expect(rightOf(question)).toEqual([...hidden].sort((x, y) => x - y));
    }
  });

  it('of two weekdays weighs the one order against the other', () => {
    const found = new Set<unknown>();
    for (const seed of seeds) {
      const question = ask('odds', seed);
      const [a = -1, b = -1] = ([0, 1] as const).map((k) =>
        weekdays.indexOf(wordsOf(question, k).find((word) => weekdays.includes(word)) ?? ''),
      );
      const share = (gap: number) => (gap === 1 ? followingShare : 0) + (1 - followingShare) / 7;
      const [forth, back] = [share((b - a + 7) % 7), share((a - b + 7) % 7)];
      expect(rightOf(question)).toBe(`${Math.round((100 * forth) / (forth + back))} %`);
      found.add(rightOf(question));
    }
    expect(found).toEqual(new Set(['98 %', '2 %', '50 %']));
  });

  it('of what was trained on is answered by the row of the paper', () => {
    const trained = { '52.4': 'neither', '90.5': 'next sentence', '78.9': 'sentence order' };
    for (const seed of seeds) {
      const question = ask('trained-on', seed);
      const nsp = /right in ([\d.]+) % on next/.exec(question.prompt)![1] as keyof typeof trained;
      expect(rightOf(question)).toContain(trained[nsp]);
    }
  });
});
