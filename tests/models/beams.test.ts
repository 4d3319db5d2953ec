import { describe, expect, it } from 'vitest';
import { type BeamOptions, begin, extend } from '../../src/models/bart/beams.ts';

const options: BeamOptions = { beams: 2, maxLength: 4, lengthPenalty: 1, eosId: 0 };

describe('one step of a beam search', () => {
  it('keeps the best continuations, best first', () => {
    const { open, finished } = extend(begin(9), [[-5, -1, -3, -2]], options);
    expect(open).toEqual([
      { ids: [9, 1], logProbability: -1 },
      { ids: [9, 3], logProbability: -2 },
    ]);
    expect(finished).toEqual([]);
  });

  it('adds up along each text', () => {
    const first = extend(begin(9), [[-5, -1, -3, -2]], options);
    const { open } = extend(
      first,
      [
        [-9, -4, -9, -9],
        [-9, -9, -0.5, -9],
      ],
      options,
    );
    expect(open[0]).toEqual({ ids: [9, 3, 2], logProbability: -2.5 });
    expect(open[1]).toEqual({ ids: [9, 1, 1], logProbability: -5 });
  });

  it('takes a text that ends among the best out of the search', () => {
    const { open, finished, done } = extend(begin(9), [[-1, -2, -3, -9]], options);
    expect(finished).toEqual([{ ids: [9, 0], logProbability: -1, score: -1 }]);
    expect(open.map(({ ids }) => ids)).toEqual([
      [9, 1],
      [9, 2],
    ]);
    expect(done).toBe(false);
  });

  it('does not let a text end that is not among the best', () => {
    const { finished } = extend(begin(9), [[-4, -1, -2, -3]], options);
    expect(finished).toEqual([]);
  });

  it('divides the score by the length, start token not counted', () => {
    const first = extend(begin(9), [[-9, -1, -3, -9]], options);
    const { finished } = extend(
      first,
      [
        [-2, -5, -5, -5],
        [-9, -9, -9, -9],
      ],
      { ...options, lengthPenalty: 2 },
    );
    expect(finished).toEqual([{ ids: [9, 1, 0], logProbability: -3, score: -0.75 }]);
  });

  it('is done when no open text can beat the worst of a full set', () => {
    const finished = [
      { ids: [9, 0], logProbability: -1, score: -1 },
      { ids: [9, 1, 0], logProbability: -3, score: -1.5 },
    ];
    const open = [{ ids: [9, 2], logProbability: -4 }];
    expect(extend({ open, finished, done: false }, [[-9, -1, -1, -1]], options).done).toBe(true);
    expect(extend({ open, finished: finished.slice(1), done: false }, [[-9, -1, -1, -1]], options).done).toBe(false);
  });

  it('ends everything at the longest length', () => {
    const open = [{ ids: [9, 2, 2], logProbability: -1 }];
    const search = extend({ open, finished: [], done: false }, [[-9, -1, -2, -3]], options);
    expect(search.open).toEqual([]);
    expect(search.done).toBe(true);
    expect(search.finished.map(({ ids }) => ids)).toEqual([
      [9, 2, 2, 1],
      [9, 2, 2, 2],
    ]);
  });
});
