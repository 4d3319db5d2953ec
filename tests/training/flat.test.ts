import { describe, expect, it } from 'vitest';
import { embedding, linear, mapLeaf, norm, repeat, sideBySide } from '../../src/core/params.ts';
import { endOf } from '../../src/core/stacks.ts';
import { blueprints } from '../../src/models/catalog.ts';
import { join, layout, split } from '../../src/training/flat.ts';
import { muonOf } from '../../src/training/schedule.ts';
import { runFrom } from '../../src/training/settings.ts';

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

  it('has matrices that are orthogonalised first, those of one shape one after another; tables and narrow heads are none', () => {
    const model = {
      words: embedding(20, 8),
      layer: repeat(2, { self: linear(8, 8), inner: linear(8, 16), outer: linear(16, 8), LayerNorm: norm(8) }),
      verdict: linear(8, 2),
    };
    const { places, stacks, decayed } = layout(model, { orthogonal: () => true });
    expect(stacks).toEqual([
      { offset: 0, rows: 8, cols: 8, count: 2 },
      { offset: 128, rows: 16, cols: 8, count: 2 },
      { offset: 384, rows: 8, cols: 16, count: 2 },
    ]);
    expect(places.slice(0, 8).map(({ name }) => name)).toEqual([
      'layer.0.self.weight',
      'layer.1.self.weight',
      'layer.0.inner.weight',
      'layer.1.inner.weight',
      'layer.0.outer.weight',
      'layer.1.outer.weight',
      'words.weight',
      'verdict.weight',
    ]);
    expect(decayed).toBe(640 + 160 + 16);
    expect(layout(model).stacks).toEqual([]);
  });

  it('takes maps below one another in one weight for as many matrices, if each starts at a texel', () => {
    const stacksOf = (rows: number, cols: number) =>
      layout(
        { both: mapLeaf([2 * rows, cols], 0.1, 'tokens', 'keys'), alone: mapLeaf([rows, cols], 0.1) },
        { orthogonal: () => true },
      ).stacks;
    expect(stacksOf(8, 12)).toEqual([{ offset: 0, rows: 8, cols: 12, count: 3 }]);
    expect(stacksOf(9, 9).map(({ rows, count }) => [rows, count])).toEqual([
      [18, 1],
      [9, 1],
    ]);
  });

  it.each(Object.values(blueprints))('finds every map of $name but narrow heads, and no table', (blueprint) => {
    const spec = blueprint.spec(blueprint.toy);
    const { places, stacks } = layout(spec, { orthogonal: () => true });
    const end = endOf(stacks);
    const chosen = places.filter(({ offset }) => offset < end).map(({ name }) => name);
    const left = places.filter(({ name, shape }) => shape.length > 1 && !chosen.includes(name));
    expect(chosen.length).toBeGreaterThan(8);
    for (const { name, shape } of left)
      expect(/embed|emb_layers|shared|mask_emb|bias|seg_embed/.test(name) || Math.min(...shape) < 8, name).toBe(true);
    for (const name of chosen)
      expect(name).not.toMatch(/embeddings\.\w+_embeddings|embed_tokens|word_embedding|emb_layers/);
  });

  it('leaves the generator of ELECTRA to AdamW', () => {
    const { spec, toy, keepAdam } = blueprints.electra!;
    const muon = muonOf(runFrom({ optimizer: 'muon' }), keepAdam)!;
    const { places, stacks } = layout(spec(toy), { orthogonal: muon.moves! });
    const chosen = places.filter(({ offset }) => offset < endOf(stacks));
    expect(chosen.every(({ name }) => name.startsWith('discriminator.'))).toBe(true);
    expect(chosen.length).toBeGreaterThan(10);
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
