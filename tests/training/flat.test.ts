import { describe, expect, it } from 'vitest';
import { linear, norm } from '../../src/core/params.ts';
import { join, layout, split } from '../../src/training/flat.ts';

const spec = { self: { query: linear(2, 2), key: linear(2, 2), value: linear(2, 2) }, LayerNorm: norm(2) };

describe('the flat vector', () => {
  it('has query, key and value side by side, what does not decay last, and every weight at a multiple of four', () => {
    const { places, length, decayed } = layout(spec);
    expect(places.map(({ name, offset }) => `${offset} ${name}`)).toEqual([
      '0 self.query.weight',
      '4 self.key.weight',
      '8 self.value.weight',
      '12 self.query.bias',
      '16 self.key.bias',
      '20 self.value.bias',
      '24 LayerNorm.weight',
      '28 LayerNorm.bias',
    ]);
    expect(decayed).toBe(12);
    expect(length).toBe(32);
  });

  it('gives back by name what was put in, in the order of the state dict', () => {
    const state = new Map([
      ['self.query.weight', Float32Array.of(1, 2, 3, 4)],
      ['self.value.bias', Float32Array.of(5, 6)],
    ]);
    const back = split(spec, layout(spec), join(layout(spec), state));
    expect([...back.keys()].slice(0, 3)).toEqual(['self.query.weight', 'self.query.bias', 'self.key.weight']);
    expect([...back.get('self.query.weight')!]).toEqual([1, 2, 3, 4]);
    expect([...back.get('self.value.bias')!]).toEqual([5, 6]);
    expect([...back.get('self.key.weight')!]).toEqual([0, 0, 0, 0]);
  });

  it('refuses a weight of another size', () => {
    expect(() => join(layout(spec), new Map([['self.key.bias', Float32Array.of(1)]]))).toThrow(
      'expected 2 numbers for self.key.bias, found 1',
    );
  });
});
