import { beforeAll, describe, expect, it } from 'vitest';
import { loadResult } from '../../../src/app/experiments.ts';
import { createRng } from '../../../src/core/rng.ts';
import type { Question } from '../../../src/panels/quiz.ts';
import { quizOf } from '../../../src/panels/quizzes.ts';
import { measured } from '../../../src/panels/stages/epochs/measured.ts';
import { quiz } from '../../../src/panels/stages/epochs/quiz.ts';
import { quiz as ofMasks } from '../../../src/panels/stages/mlm/quiz.ts';
import { type Data, prepare } from '../../../src/training/data.ts';
import { defaultRun } from '../../../src/training/settings.ts';

let data: Data;
beforeAll(async () => {
  data = await prepare(defaultRun.text);
});

const kinds = Object.keys(quiz.makers);
const ask = (kind: string, seed: number) =>
  quiz.makers[kind]!({ documents: data.train, vocabulary: data.vocabulary }, createRng('epochs').fork(String(seed)));
const seeds = Array.from({ length: 1000 }, (_, i) => i);

function optionsOf({ ask: asked }: Question) {
  if (asked.form !== 'choice') throw new Error('a choice was expected');
  return { texts: asked.options.map(({ text }) => text!), right: asked.options[asked.right]!.text! };
}
const numbers = (text: string) => (text.match(/\d+(\.\d+)?/g) ?? []).map(Number);
const tokens = (row: Question['rows'][number]) => row.chips.map(({ token, mark }) => `${token}/${mark}`).join(' ');
const places = (row: Question['rows'][number]) => row.chips.flatMap(({ mark }, i) => (mark ? [i] : [])).join();

describe('a question about when masks are drawn', () => {
  it('is asked where a lesson names it, and nowhere else', () => {
    expect(quizOf({ pairing: 'contiguous', noising: 'mlm' }, 'epochs')).toBe(quiz);
    expect(quizOf({ pairing: 'contiguous', noising: 'mlm' })).toBe(ofMasks);
  });

  it.each(kinds)('of kind %s is the same for the same stream and has four different answers', (kind) => {
    expect(ask(kind, 1)).toEqual(ask(kind, 1));
    for (const seed of seeds) {
      const { texts } = optionsOf(ask(kind, seed));
      expect(new Set(texts).size).toBe(4);
    }
  });

  it('of epochs is answered by which rows are the same, and another sentence has other holes', () => {
    const seen = new Set<string>();
    for (const seed of seeds) {
      const question = ask('epochs', seed);
      const four = question.rows.slice(0, 4);
      const different = new Set(four.map(tokens)).size;
      const { right } = optionsOf(question);
      seen.add(right);
      if (different === 1) expect(right).toBe('One mask is stored for each sentence');
      else if (different === 4) expect(right).toBe('A new mask is drawn each time');
      else expect(right).toBe('Three masks are stored for each sentence');
      expect(four.map(places)).not.toContain(different === 1 ? places(question.rows[4]!) : 'none');
    }
    expect(seen.size).toBe(3);
  });

  it('of coverage is answered by what as many different masks pass over', () => {
    for (const seed of seeds) {
      const question = ask('coverage', seed);
      const [copies, , rounds] = numbers(question.prompt) as [number, number, number];
      const masks = Math.min(copies, rounds);
      let escaped = 1;
      for (let k = 0; k < masks; k++) escaped *= 0.85;
      expect(optionsOf(question).right).toBe(`${(100 * (1 - escaped)).toFixed(1)} %`);
    }
  });

  it('of sequences is answered by the product of batch and steps', () => {
    for (const seed of seeds) {
      const question = ask('more', seed);
      const read = question.rows.map(({ label, chips: [batch, steps] }) => ({
        label,
        total: Number(batch!.token.replace(/\D/g, '')) * Number(steps!.token.replace(/\D/g, '')),
      }));
      const [most, least] = read[0]!.total > read[1]!.total ? read : [read[1]!, read[0]!];
      const { right } = optionsOf(question);
      expect(right.startsWith(`${most!.label}, `)).toBe(true);
      const told = numbers(right.slice(most!.label.length))[0]!;
      expect(Math.abs(told - most!.total / least!.total)).toBeLessThanOrEqual(0.05 * told);
    }
  });

  it('of the floor is answered by where the losses stand', () => {
    for (const seed of seeds) {
      const question = ask('floor', seed);
      const [own, same, fresh] = question.rows.map(({ chips }) => Number(chips[0]!.token)) as [number, number, number];
      const { right } = optionsOf(question);
      if (own < measured.best) expect(right).toMatch(/by heart/);
      else if (fresh - same > 0.3) expect(right).toMatch(/these very texts/);
      else expect(right).toMatch(/any text of this kind/);
    }
  });

  it('of the floor shows losses that stored runs had', async () => {
    const { outcomes } = (await loadResult('dynamic-masking', 'copies'))!;
    const had = outcomes.flatMap(({ evaluations, batches }) =>
      evaluations.map(({ step, losses, sets }) => ({
        step,
        own: batches!.find((one) => one.step === step)?.losses.mlm?.toFixed(2),
        same: sets!.sameText!.losses.mlm!.toFixed(2),
        fresh: losses.mlm!.toFixed(2),
      })),
    );
    for (const one of Object.values(measured.runs).flat())
      expect(had).toContainEqual({
        step: one.step,
        own: one.own.toFixed(2),
        same: one.same.toFixed(2),
        fresh: one.fresh.toFixed(2),
      });
    expect(measured.best).toBeCloseTo(outcomes[0]!.floors!.best.mlm!.loss, 2);
  });

  it('of the format is answered by halves, documents and what is left empty', () => {
    const seen = new Set<string>();
    for (const seed of seeds) {
      const question = ask('format', seed);
      const [holds, row] = question.rows as [Question['rows'][number], Question['rows'][number]];
      const documents = new Set(holds.chips.map(({ token }) => /of document \d+/.exec(token)![0]));
      const [places, left] = numbers(row.label) as [number, number];
      expect(row.chips.length).toBe(places - left);
      const hasHalves = row.chips.some(({ segment }) => segment === 1);
      const { right } = optionsOf(question);
      seen.add(right);
      if (hasHalves) expect(right).toMatch(/^Two halves/);
      else if (documents.size > 1) expect(right).toMatch(/on into the next document/);
      else {
        expect(right).toMatch(/one document a row/);
        // Any sentence of the text would have had room.
        const longest = Math.max(...data.train.flatMap(({ sentences }) => sentences.map(({ length }) => length)));
        expect(left).toBeGreaterThanOrEqual(longest);
      }
    }
    expect(seen.size).toBe(3);
  });

  it('of the format shows a row of more than one sentence', () => {
    for (const seed of seeds) {
      const { rows, why } = ask('format', seed);
      const more = rows[0]!.chips.length > 1 || rows[0]!.chips[0]!.token.startsWith('sentences');
      expect(more, why).toBe(true);
    }
  });

  it('of how often is answered by epochs over masks', () => {
    for (const seed of seeds) {
      const question = ask('often', seed);
      const [copies, rounds] = numbers(question.prompt) as [number, number];
      expect(optionsOf(question).right).toBe(`${rounds / copies} times`);
    }
  });
});
