import { describe, expect, it } from 'vitest';
import { blocksOf } from '../../src/models/pictures.ts';
import { whyNoWeights } from '../../src/panels/lab/block-question.ts';
import { departure, headNumbers } from '../../src/panels/lab/head-numbers.ts';
import { type HeadQuestion, headQuestion } from '../../src/panels/lab/head-question.ts';
import type { HeadSource } from '../../src/panels/lab/head-source.ts';
import { projectionsOf } from '../../src/panels/lab/head-weights.ts';
import { blueprintOf } from '../../src/training/model.ts';
import type { Settings } from '../../src/training/run.ts';
import { withSettings } from '../../src/training/settings.ts';
import { tiny } from '../training/fake-session.ts';
import { trained } from './trained-model.ts';
import '../support/pictures.ts';

/** What the heads that are asked for are computed from. */
async function sourceOf(given: Awaited<ReturnType<typeof trained>>['given'], asked: HeadQuestion): Promise<HeadSource> {
  const { values, weights } = await given(asked);
  return { ...asked, weights, state: values[asked.state]!, asking: values[asked.asking]!, map: values[asked.map]! };
}

/** How many attentions each has, and of what its scores are the sum. */
const recipes: Readonly<Record<string, readonly [Settings, attentions: number, terms?: readonly string[]]>> = {
  BERT: [{}, 2],
  'BERT left to right': [{ noising: 'causal', noisingOptions: {} }, 2],
  RoBERTa: [{ architecture: 'roberta' }, 2],
  DistilBERT: [{ architecture: 'distilbert' }, 2],
  // Two numbers a word, as wide as it would be by itself, leave nothing but a sign.
  ALBERT: [{ architecture: 'albert', architectureOptions: { initStd: 0.4, embedding: 8 } }, 2],
  ELECTRA: [{ architecture: 'electra', noising: 'rtd', noisingOptions: {} }, 3],
  // Its decoder's layers look twice.
  BART: [{ architecture: 'bart', noising: 'denoise', noisingOptions: {} }, 6],
  XLNet: [
    {
      architecture: 'xlnet',
      noising: 'plm',
      noisingOptions: {},
      architectureOptions: { initStd: 0.4, clampLength: 5 },
    },
    4,
    ['content', 'distance', 'segment'],
  ],
  'Transformer-XL': [
    {
      architecture: 'transfo-xl',
      noising: 'causal',
      noisingOptions: {},
      architectureOptions: { initStd: 0.4, clampLength: 5, headWidth: 12 },
    },
    2,
    ['content', 'distance'],
  ],
  BigBird: [{ architecture: 'bigbird' }, 2],
  ConvBERT: [{ architecture: 'convbert', noising: 'rtd', noisingOptions: {} }, 4],
  // Its mask decoder goes through the last layer twice, and asks first with absolute places added.
  DeBERTa: [
    { architecture: 'deberta', architectureOptions: { initStd: 0.4, radius: 5 } },
    3,
    ['content → content', 'content → place', 'place → content'],
  ],
  'DeBERTa, the second version': [
    { architecture: 'deberta', architectureOptions: { initStd: 0.4, version: 'v2', buckets: 4, places: 'input' } },
    2,
    ['content → content', 'content → place', 'place → content'],
  ],
  'DeBERTa with maps of its own for distances': [
    {
      architecture: 'deberta',
      architectureOptions: { initStd: 0.4, version: 'v2', sharedKeys: false, c2c: false, places: 'none' },
    },
    2,
    ['content → place', 'place → content'],
  ],
  MobileBERT: [{ architecture: 'mobilebert', architectureOptions: { initStd: 0.4, headWidth: 8 } }, 2],
  'MobileBERT with one way in and norms': [
    {
      architecture: 'mobilebert',
      architectureOptions: { initStd: 0.4, source: 'bottleneck', norm: 'layer_norm', headWidth: 8 },
    },
    2,
  ],
};

describe('the shares that are computed for a head', () => {
  it.each(Object.keys(recipes))('are those of the run’s own map, at every place of every head: %s', async (name) => {
    const [settings, attentions, terms = ['content']] = recipes[name]!;
    const { seen, model, given } = await trained(settings);
    const groups = model.blocks.flatMap((block) => (block.maps ?? []).map((maps, group) => ({ block, maps, group })));
    expect(groups).toHaveLength(attentions);
    const others: number[] = [];
    const apart: number[] = [];
    for (const { block, maps, group } of groups) {
      const asked = headQuestion(seen, model.rows, block.id, group) as HeadQuestion;
      expect(asked, `${block.id}, ${group}`).toHaveProperty('tokens');
      const source = await sourceOf(given, asked);
      const heads = source.map.shape[1]!;
      expect(maps).toHaveLength(heads);
      expect(maps[0]!.rows).toEqual(asked.places);
      for (let head = 0; head < heads; head++)
        for (const [row, place] of asked.places.entries()) {
          const numbers = headNumbers(source, head, row);
          expect(departure(source, head, row, numbers), `${asked.name}, head ${head}, row ${row}`).toBeLessThan(1e-4);
          expect(numbers.mask).toEqual(asked.pattern[row]);
          expect(numbers.query).toBe(place);
          const titles = numbers.terms!.map(({ title }) => title);
          expect(titles).toEqual(asked.apart?.isPlaced ? [...terms, 'absolute place'] : terms);
          const sums = asked.tokens.map((_, j) => numbers.terms!.reduce((sum, { values }) => sum + values[j]!, 0));
          expect(sums).toEqual(numbers.scores);
          apart.push(...numbers.terms!.map(({ values }) => Math.max(...[...(values as number[])].map(Math.abs))));
          others.push(departure(source, (head + 1) % heads, row, numbers));
        }
    }
    // What is found would be missed if the heads were all alike, or a term were nothing.
    if (groups[0]!.maps.length > 1) expect(Math.max(...others)).toBeGreaterThan(0.05);
    expect(Math.min(...apart)).toBeGreaterThan(1e-6);
  });

  it('are what a decoder’s last look makes of the text that was read, and a query stream of the other one', async () => {
    const bart = await trained({ architecture: 'bart', noising: 'denoise', noisingOptions: {} });
    const [own, cross] = [0, 1].map(
      (group) => headQuestion(bart.seen, bart.model.rows, 'decoder.layer.1', group) as HeadQuestion,
    );
    expect([own!.asking, own!.state, own!.isElsewhere]).toEqual(['decoder.hidden.1', 'decoder.hidden.1', false]);
    expect([cross!.asking, cross!.state, cross!.isElsewhere]).toEqual(['decoder.attended.1', 'encoder.hidden.2', true]);
    const xlnet = await trained({ architecture: 'xlnet', noising: 'plm', noisingOptions: {} });
    const query = headQuestion(xlnet.seen, xlnet.model.rows, 'query.layer.1') as HeadQuestion;
    expect([query.asking, query.state, query.places]).toEqual(['query.hidden.1', 'hidden.1', [2, 3]]);
  });

  it('of DeBERTa are sums of the run’s own terms, absolute places apart where those were added', async () => {
    const { seen, model, given } = await trained({ architecture: 'deberta' });
    const names = {
      'content → content': 'c2c',
      'content → place': 'c2p',
      'place → content': 'p2c',
      'absolute place': 'absolute',
    };
    for (const [block, prefix, i, count] of [
      ['layer.0', '', 0, 3],
      ['decoder.layer.0', 'decoder.', 0, 4],
      ['decoder.layer.1', 'decoder.', 1, 3],
    ] as const) {
      const asked = headQuestion(seen, model.rows, block) as HeadQuestion;
      const taps = Object.values(names)
        .slice(0, count)
        .map((name) => `${prefix}${name}.${i}`);
      const { values } = await given({ ...asked, taps });
      const source = await sourceOf(given, asked);
      for (const head of [0, 1])
        for (const row of asked.places.keys()) {
          const { terms = [] } = headNumbers(source, head, row);
          const own = terms.map(({ title }) => values[`${prefix}${names[title as keyof typeof names]}.${i}`]!);
          terms.forEach(({ values: found }, t) => {
            const { shape, data } = own[t]!;
            const from = (head * shape[2]! + row) * shape[3]!;
            for (const key of asked.tokens.keys()) expect(Math.abs(found[key]! - data[from + key]!)).toBeLessThan(1e-4);
          });
          expect(terms).toHaveLength(count);
        }
    }
  });

  it('come from scores that are cut by the mask and divided by the root of the width', () => {
    const weights = { 'a.query.weight': Float32Array.of(2), 'a.key.weight': Float32Array.of(1) };
    const all = { ...weights, 'a.value.weight': Float32Array.of(3), 'a.value.bias': Float32Array.of(1) };
    const source: HeadSource = {
      tokens: ['a', 'b'],
      askers: ['a', 'b'],
      places: [0, 1],
      isElsewhere: false,
      state: { shape: [1, 2, 1], data: Float32Array.of(1, 3) },
      asking: { shape: [1, 2, 1], data: Float32Array.of(1, 3) },
      map: { shape: [1, 1, 2, 2], data: Float32Array.of(1, 0, 0, 1) },
      weights: all,
      projections: projectionsOf(Object.keys(all))!,
      pattern: [
        [true, false],
        [true, true],
      ],
    };
    const { scores, shares, values, numbers } = headNumbers(source, 0, 0);
    expect([scores, [...(shares as Float64Array)], [...(values as Float64Array)], numbers]).toEqual([
      [2, 6],
      [1, 0],
      [4, 10],
      1,
    ]);
  });
});

describe('the layers that cannot be unfolded', () => {
  it('are those whose heads read behind a norm', async () => {
    const options = { architectureOptions: { preNorm: true } };
    const { seen, model } = await trained({
      architecture: 'transfo-xl',
      noising: 'causal',
      noisingOptions: {},
      ...options,
    });
    expect(headQuestion(seen, model.rows, 'layer.0')).toMatch(/what a norm makes of the layer below/);
  });

  it('are those of a step without weights, and it is said how to get them', () => {
    const run = tiny;
    expect(whyNoWeights({ origin: 'stored' }, { run: undefined, status: 'idle' })).toMatch(/Press Start/);
    expect(whyNoWeights({ origin: 'kept' }, { run, status: 'paused' })).toMatch(/Move the playhead to “live”/);
    expect(whyNoWeights({ origin: 'live' }, { run, status: 'preparing' })).toMatch(/getting ready/);
    expect(whyNoWeights({ origin: 'live' }, { run, status: 'running' })).toBeUndefined();
  });
});

it('finds query, key and value in every architecture that has linear maps of them', () => {
  const spelled = (architecture: string, noising: string) => {
    const { blueprint, config } = blueprintOf(withSettings(tiny, { architecture, noising, noisingOptions: {} }), 512);
    const piece = blocksOf(blueprint, config)
      .flatMap(({ pieces }) => pieces)
      .find(({ kind }) => kind === 'attention')!;
    return projectionsOf(piece.parameters)?.query.weight.replace('.weight', '').split('.').at(-1);
  };
  expect(['bert', 'distilbert', 'xlnet'].map((id) => spelled(id, id === 'xlnet' ? 'plm' : 'mlm'))).toEqual([
    'query',
    'q_lin',
    'q',
  ]);
  expect(spelled('bart', 'denoise')).toBe('q_proj');
});
