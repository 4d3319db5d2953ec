import { describe, expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { type DenoiseDraws, type DenoiseOptions, objective as denoise } from '../../src/objectives/denoise/index.ts';
import { objective as nsp } from '../../src/objectives/nsp/index.ts';
import type { Sequence } from '../../src/objectives/objective.ts';
import type { PairDraws } from '../../src/objectives/pairs/steps.ts';
import { type PlmDraws, type PlmOptions, objective as plm } from '../../src/objectives/plm/index.ts';
import { objective as sop } from '../../src/objectives/sop/index.ts';
import { type Call, scripted } from '../support/scripted.ts';
import { times } from '../support/statistics.ts';
import { document, stories } from '../support/stories.ts';
import { ids, toy } from '../support/toy-vocabulary.ts';

const sequence = (text: string): Sequence => ({ ids: ids(text), segments: ids(text).map(() => 0) });
const text = sequence(
  '[CLS] the cat sat on the mat . the dog ##s ran far . it was un ##seen . new york is a big city . [SEP]',
);
const few = sequence('[CLS] the cat sat . it ran . [SEP]');
const published: DenoiseOptions = { ...denoise.defaults, mode: 'reference' };

const drawIn = (options: DenoiseOptions, input: Sequence, seed: number) =>
  denoise.draw(input, options, toy, createRng(seed));
/** The draws of a seed with one decision drawn anew, any of them. */
function redrawnIn(options: DenoiseOptions, input: Sequence, seed: number): DenoiseDraws {
  const draws = drawIn(options, input, seed);
  const rng = createRng(`again ${seed}`);
  return denoise.redraw(input, draws, rng.int(draws.steps.length), options, toy, rng);
}

const spansOf = ({ steps }: DenoiseDraws) => steps.flatMap((step) => (step.kind === 'span' ? [step.positions] : []));
const isOverlapping = (draws: DenoiseDraws) => new Set(spansOf(draws).flat()).size < spansOf(draws).flat().length;

describe('a redraw of a published draw is one that the published code can make', () => {
  test('denoising: spans run into each other about as often as before', () => {
    const [before, after] = [drawIn, redrawnIn].map(
      (made) => times(400, (seed) => made(published, text, seed)).filter(isOverlapping).length,
    );
    expect(before).toBeGreaterThan(60);
    expect(after! / before!).toBeGreaterThan(0.7);
    expect(after! / before!).toBeLessThan(1.4);
  });

  test.each<Partial<DenoiseOptions>>([
    { permuteShare: 1 },
    { infillRate: 0.3, lambda: 2 },
    { maskRate: 0.3 },
    { deleteRate: 0.3 },
    { insertRate: 0.2 },
    { permuteShare: 0.5, rotateRate: 0.5 },
  ])('denoising with %j', (changed) => {
    const options = { ...published, permuteShare: 0, infillRate: 0, ...changed };
    // Three lengths or more are too rare to be met at all their places among a few thousand draws.
    const isCommon = ({ steps }: DenoiseDraws) => steps.filter(({ kind }) => kind === 'length').length < 3;
    const seen = (draws: DenoiseDraws) => JSON.stringify(denoise.apply(few, draws).inputIds);
    const possible = new Set(times(6000, (seed) => seen(drawIn(options, few, seed))));
    const redrawn = times(600, (seed) => redrawnIn(options, few, seed)).filter(isCommon);
    expect(redrawn.length).toBeGreaterThan(300);
    expect(redrawn.map(seen).filter((one) => !possible.has(one))).toEqual([]);
  });

  /** What chance said at each step of the published code, as the tape has it. */
  const saidBy = (step: PlmDraws['steps'][number], from: number): readonly Call[] => {
    if (step.kind === 'span') return [{ pick: step.size - 1 }, { int: step.offset }];
    if (step.kind === 'filler') return [{ int: step.at - from }];
    return step.kind === 'ranks' ? [{ perm: step.index }] : [];
  };

  test.each<Partial<PlmOptions>>([
    { order: 'spans' },
    { order: 'spans', share: 0.5, maxSpan: 2 },
    { share: 0.9, maskAlpha: 1, maskBeta: 3 },
  ])('a factorization order with %j', (changed) => {
    const options: PlmOptions = { ...plm.defaults, mode: 'reference', ...changed };
    for (const seed of times(300, (i) => i)) {
      const draws = plm.draw(text, options, toy, createRng(seed));
      const rng = createRng(`again ${seed}`);
      const redrawn = plm.redraw(text, draws, rng.int(draws.steps.length), options, toy, rng);
      const script = scripted(redrawn.steps.flatMap((step) => saidBy(step, 0)));
      expect(plm.draw(text, options, toy, script)).toEqual(redrawn);
      expect(script.left()).toBe(0);
    }
  });

  test('a factorization order in halves: one decision anew, the others held', () => {
    const options: PlmOptions = { ...plm.defaults, mode: 'reference', order: 'spans', halves: true, share: 0.6 };
    const half = Math.floor(text.ids.length / 2);
    for (const seed of times(200, (i) => i)) {
      const { steps } = plm.draw(text, options, toy, createRng(seed));
      steps.forEach((gone, at) => {
        const again = plm.redraw(text, { steps }, at, options, toy, createRng(`again ${seed} ${at}`)).steps;
        const isFirst = (step: typeof gone) => (step.kind === 'filler' ? step.at : step.about) < half;
        // The other half is as it was, and of this one all that went before; ranks are not asked what was sampled.
        expect(again.filter((step) => isFirst(step) !== isFirst(gone))).toEqual(
          steps.filter((step) => isFirst(step) !== isFirst(gone)),
        );
        expect(again.slice(0, at)).toEqual(steps.slice(0, at));
        const ranksOf = (all: typeof steps) => all.filter(({ kind }) => kind === 'ranks');
        if (gone.kind !== 'ranks') expect(ranksOf(again)).toEqual(ranksOf(steps));
      });
    }
  });

  const single = [document(times(20, () => 'cat').join(' ')), ...stories];
  test.each([
    { of: nsp, documents: stories, maxLength: 16, shortRate: 0 },
    { of: nsp, documents: single, maxLength: 10, shortRate: 0.5 },
    { of: sop, documents: stories, maxLength: 16, shortRate: 0 },
    { of: sop, documents: single, maxLength: 10, shortRate: 0.5 },
  ])('$of.id of $documents.length documents, at most $maxLength tokens', ({ of, documents, maxLength, shortRate }) => {
    const options = { ...of.defaults, mode: 'reference' as const, maxLength, shortRate };
    /** All but the tokens cut, which are any. */
    const seen = ({ steps }: PairDraws) => JSON.stringify(steps.filter(({ kind }) => kind !== 'trim'));
    const possible = new Set(
      times(20000, (seed) => seen(of.draw(documents, options, toy, createRng(`possible ${seed}`)))),
    );
    const redrawn = times(1000, (seed) => {
      const rng = createRng(seed);
      const draws = of.draw(documents, options, toy, rng);
      return of.redraw(documents, draws, rng.int(draws.steps.length), options, toy, rng);
    });
    const forced = redrawn.filter(({ steps }) => steps.some(({ kind, chance }) => kind === 'coin' && chance === 1));
    expect(redrawn.map(seen).filter((one) => !possible.has(one))).toEqual([]);
    if (documents === single) expect(forced.length).toBeGreaterThan(100);
  });
});
