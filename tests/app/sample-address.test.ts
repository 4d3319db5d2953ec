import { describe, expect, it } from 'vitest';
import {
  changeAt,
  decodeSample,
  decodeTapes,
  encodeSample,
  encodeTapes,
  type SampleChange,
  tapeNames,
  withChange,
  withoutTapes,
} from '../../src/app/sample-address.ts';

function read(text: string) {
  const problems: string[] = [];
  return { sample: decodeSample(new URLSearchParams(text), problems), problems };
}
function written(sample: SampleChange): string {
  const query = new URLSearchParams();
  encodeSample(sample, query);
  return decodeURIComponent(query.toString());
}
const panel = (name: string) => ({ kind: 'panel' as const, name });

describe('the address of what a reader changed on the stage of a step', () => {
  it('has plain keys for the first tape, as all addresses had that were ever sent', () => {
    const sample = { seed: '16', draw: 2, redraws: [3, 1], at: 4, options: { rate: 0.3 } };
    expect(written(sample)).toBe('seed=16&draw=2&at=4&redraws=3.1&option.rate=0.3');
    expect(read('seed=16&draw=2&at=4&redraws=3.1&option.rate=0.3')).toEqual({ sample, problems: [] });
  });

  it('has keys of further tapes behind the name of their panel', () => {
    const sample = { draw: 1, others: { pair: { draw: 2, redraws: [0] }, 'pair-2': { at: 3 } } };
    expect(written(sample)).toBe('draw=1&pair.draw=2&pair.redraws=0&pair-2.at=3');
    expect(read(written(sample))).toEqual({ sample, problems: [] });
  });

  it('has what a stage keeps besides', () => {
    const sample = { extra: { order: [3, 1, 0, 2], predicted: 1 }, others: { order: { extra: { number: 2 } } } };
    expect(written(sample)).toBe('order=3.1.0.2&predicted=1&order.number=2');
    expect(read(written(sample))).toEqual({ sample, problems: [] });
  });

  it('says whose model a lab shows, by a letter', () => {
    const sample = { at: 40, looked: 'B' };
    expect(written(sample)).toBe('model=B&at=40');
    expect(read(written(sample))).toEqual({ sample, problems: [] });
    expect(read('model=b2').sample.looked).toBeUndefined();
    expect(changeAt(sample, '')).toEqual({ at: 40 });
  });

  it('says what cannot be meant, or means nothing, and leaves it out', () => {
    expect(read('order=3.1.x&pair.draw=-1&pair.option.rate=[1]&tune=7&other.draw=1&pair.at=2')).toEqual({
      sample: { others: { pair: { at: 2 } } },
      problems: [
        'order must be whole numbers with dots between them. It is left out.',
        'pair.option.rate must be a number, true, false or a text in quotes. It is left out.',
        'pair.draw must be a whole number. It is left out.',
        'Left out, for nothing here is called so: “tune”, “other.draw”.',
      ],
    });
  });
});

describe('the tapes of a step', () => {
  it('are named: the first by nothing, others by their panel and how many there are of it', () => {
    const placed = [panel('mask-matrix'), panel('pair'), panel('order'), panel('pair'), panel('pair')];
    expect(tapeNames(placed)).toEqual([undefined, '', 'order', 'pair', 'pair-2']);
    expect(tapeNames([{ kind: 'figure', name: 'pair' }, panel('masking')])).toEqual([undefined, '']);
  });

  it('change one by one', () => {
    const sample = { draw: 1, others: { pair: { draw: 2 }, order: { at: 3 } } };
    expect(changeAt(sample, '')).toEqual({ draw: 1 });
    expect(changeAt(sample, 'pair')).toEqual({ draw: 2 });
    expect(changeAt(sample, 'noise')).toEqual({});
    expect(withChange(sample, '', { at: 5 })).toEqual({ at: 5, others: sample.others });
    expect(withChange(sample, 'pair', { at: 5 })).toEqual({ draw: 1, others: { pair: { at: 5 }, order: { at: 3 } } });
  });

  it('live beside the settings of a run, in the playground', () => {
    const query = new URLSearchParams('layers=3&seed=4&stage.draw=2&stage.order=1.0&pairing.sentences=2');
    encodeTapes({ pair: { at: 3 } }, query);
    expect(withoutTapes(query).toString()).toBe('layers=3&seed=4&pairing.sentences=2');
    expect(decodeTapes(query, [])).toEqual({ stage: { draw: 2, extra: { order: [1, 0] } }, pair: { at: 3 } });
  });
});
