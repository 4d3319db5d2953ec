import { describe, expect, it } from 'vitest';
import { linear, norm, sideBySide } from '../../src/core/params.ts';
import { blueprints } from '../../src/models/catalog.ts';
import { join, layout, split } from '../../src/training/flat.ts';

const projections = { query: linear(2, 2), key: linear(2, 2), value: linear(2, 2) };
const spec = { self: sideBySide(['query', 'key', 'value'], projections), LayerNorm: norm(2) };

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

  it('has maps of any spelling side by side in the order they were given, one group for each layer', () => {
    const attention = {
      ...sideBySide(['in_q', 'in_k'], { in_k: linear(2, 2), in_q: linear(2, 2) }),
      out: linear(2, 2),
    };
    const named = layout({ layer: [attention, attention] }).places.map(({ name }) => name);
    expect(named.filter((name) => /in_.*weight/.test(name))).toEqual([
      'layer.0.in_q.weight',
      'layer.0.in_k.weight',
      'layer.1.in_q.weight',
      'layer.1.in_k.weight',
    ]);
  });

  it.each([
    ['albert', 'model.albert.encoder.albert_layer_groups.0.albert_layers.0.attention', ['query', 'key', 'value']],
    ['bart', 'model.model.encoder.layers.1.self_attn', ['q_proj', 'k_proj', 'v_proj']],
    ['bart', 'model.model.decoder.layers.0.encoder_attn', ['q_proj', 'k_proj', 'v_proj']],
    ['bert', 'model.bert.encoder.layer.1.attention.self', ['query', 'key', 'value']],
    ['distilbert', 'model.distilbert.transformer.layer.0.attention', ['q_lin', 'k_lin', 'v_lin']],
    ['electra', 'generator.electra.encoder.layer.0.attention.self', ['query', 'key', 'value']],
    ['roberta', 'model.roberta.encoder.layer.0.attention.self', ['query', 'key', 'value']],
  ])('has no gap between the three projections of %s: %s', (id, place, maps) => {
    const blueprint = blueprints[id]!;
    const { places } = layout(blueprint.spec(blueprint.toy));
    for (const kind of ['weight', 'bias']) {
      const three = maps.map((map) => places.find(({ name }) => name === `${place}.${map}.${kind}`)!);
      const [q, k, v] = three.map(({ offset }) => offset);
      expect([k! - q!, v! - k!]).toEqual([three[0]!.size, three[1]!.size]);
    }
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
