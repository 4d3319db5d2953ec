import { describe, expect, it } from 'vitest';
import { blocksOf } from '../../src/models/blocks.ts';
import { departure, type HeadSource, headNumbers, projectionsOf } from '../../src/panels/lab/head-numbers.ts';
import { type HeadQuestion, headNotes, headQuestion, whyNoWeights } from '../../src/panels/lab/head-question.ts';
import { modelOf, type Seen } from '../../src/panels/lab/model.ts';
import { createVocabulary } from '../../src/text/vocabulary.ts';
import { prepare } from '../../src/training/data.ts';
import { blueprintOf } from '../../src/training/model.ts';
import type { Settings } from '../../src/training/run.ts';
import { withSettings } from '../../src/training/settings.ts';
import { fakeSession, tiny } from '../training/fake-session.ts';
import { memoryStore } from '../training/memory-store.ts';

/** Wide enough weights that every head has a mind of its own before it has learned anything. */
const sharp = { architectureOptions: { initStd: 0.4 }, layers: 2, steps: 2, maxLength: 24 };
const probe = { sentence: 'on monday mira went to the forest .', hidden: [2, 3] };

/** A run after two updates with what its page would show of it, and a way to ask it. */
async function trained(settings: Settings) {
  const { receive, heard } = fakeSession({ store: memoryStore() });
  const run = withSettings(tiny, { ...sharp, ...settings });
  await receive({ type: 'start', run, probe });
  await receive({ type: 'resume' });
  const started = heard.flatMap((message) => (message.type === 'started' ? [message] : []))[0]!;
  const frame = heard.flatMap((message) => (message.type === 'framed' ? [message.frame] : [])).at(-1)!;
  const { vocabulary } = await prepare(run.text, () => undefined);
  const seen: Seen = { run, vocabulary: createVocabulary(vocabulary.tokens, []), probe: started.history.probe!, frame };
  async function answer(asked: HeadQuestion): Promise<HeadSource> {
    const { example, tokens, pattern, projections } = asked;
    await receive({ type: 'inspect', id: 1, example, taps: [asked.state, asked.map] });
    await receive({ type: 'weights', id: 2 });
    const { value } = heard.findLast((message) => message.type === 'answer')!;
    const { weights } = heard.findLast((message) => message.type === 'weights')!;
    return { tokens, pattern, projections, weights, state: value[asked.state]!, map: value[asked.map]! };
  }
  return { seen, model: modelOf(seen), answer };
}

const recipes: Readonly<Record<string, readonly [Settings, layers: number]>> = {
  BERT: [{}, 2],
  'BERT left to right': [{ noising: 'causal', noisingOptions: {} }, 2],
  RoBERTa: [{ architecture: 'roberta' }, 2],
  DistilBERT: [{ architecture: 'distilbert' }, 2],
  // Two numbers a word, as wide as it would be by itself, leave nothing but a sign.
  ALBERT: [{ architecture: 'albert', architectureOptions: { initStd: 0.4, embedding: 8 } }, 2],
  ELECTRA: [{ architecture: 'electra', noising: 'rtd', noisingOptions: {} }, 3],
  BART: [{ architecture: 'bart', noising: 'denoise', noisingOptions: {} }, 4],
};

describe('the shares that are computed for a head', () => {
  it.each(Object.keys(recipes))('are those of the run’s own map, at every place of every head: %s', async (name) => {
    const [settings, layers] = recipes[name]!;
    const { seen, model, answer } = await trained(settings);
    const blocks = model.blocks.filter(({ maps }) => maps);
    expect(blocks).toHaveLength(layers);
    const others: number[] = [];
    for (const block of blocks) {
      const asked = headQuestion(seen, model.rows, block.id) as HeadQuestion;
      expect(asked, block.id).toHaveProperty('tokens');
      const source = await answer(asked);
      const heads = source.map.shape[1]!;
      expect(block.maps![0]!.length).toBe(heads);
      for (let head = 0; head < heads; head++)
        for (let query = 0; query < asked.tokens.length; query++) {
          const numbers = headNumbers(source, head, query);
          expect(departure(source, head, numbers), `${block.id}, head ${head}, query ${query}`).toBeLessThan(1e-4);
          expect(numbers.mask).toEqual(asked.pattern[query]);
          others.push(departure(source, (head + 1) % heads, numbers));
        }
    }
    // What is found would be missed if the heads were all alike.
    if (blocks[0]!.maps![0]!.length > 1) expect(Math.max(...others)).toBeGreaterThan(0.05);
  });

  it('come from scores that are cut by the mask and divided by the root of the width', () => {
    const weights = { 'a.query.weight': Float32Array.of(2), 'a.key.weight': Float32Array.of(1) };
    const all = { ...weights, 'a.value.weight': Float32Array.of(3), 'a.value.bias': Float32Array.of(1) };
    const source: HeadSource = {
      tokens: ['a', 'b'],
      state: { shape: [1, 2, 1], data: Float32Array.of(1, 3) },
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
  it('are those of XLNet, and it is said why', async () => {
    const { seen, model } = await trained({ architecture: 'xlnet', noising: 'plm', noisingOptions: {} });
    for (const { id } of model.blocks.filter(({ maps }) => maps))
      expect(headQuestion(seen, model.rows, id)).toMatch(/^XLNet’s scores have a second term/);
  });

  it('are those of a step without weights, and it is said how to get them', () => {
    const run = tiny;
    expect(whyNoWeights({ origin: 'stored' }, { run: undefined, status: 'idle' })).toMatch(/Press Start/);
    expect(whyNoWeights({ origin: 'kept' }, { run, status: 'paused' })).toMatch(/Move the playhead to “live”/);
    expect(whyNoWeights({ origin: 'live' }, { run, status: 'preparing' })).toMatch(/getting ready/);
    expect(whyNoWeights({ origin: 'live' }, { run, status: 'running' })).toBeUndefined();
  });

  it('leave out the decoder’s look at the encoder, and say so', async () => {
    const { model } = await trained({ architecture: 'bart', noising: 'denoise', noisingOptions: {} });
    const [read, written] = ['encoder.layer.0', 'decoder.layer.0'].map((id) => model.blocks.find((b) => b.id === id)!);
    expect(headNotes(read!)).toEqual([]);
    expect(headNotes(written!).join(' ')).toMatch(/asks from a state that cannot be tapped/);
  });
});

it('finds query, key and value in every architecture that has linear maps of them', () => {
  const spelled = (architecture: string, noising: string) => {
    const { blueprint, config } = blueprintOf(withSettings(tiny, { architecture, noising, noisingOptions: {} }), 512);
    const piece = blocksOf(blueprint, config)
      .flatMap(({ pieces }) => pieces)
      .find(({ kind }) => kind === 'attention')!;
    return projectionsOf(piece.parameters)?.query.weight.split('.').slice(-2)[0];
  };
  expect(['bert', 'distilbert', 'xlnet'].map((id) => spelled(id, id === 'xlnet' ? 'plm' : 'mlm'))).toEqual([
    'query',
    'q_lin',
    undefined,
  ]);
  expect(spelled('bart', 'denoise')).toBe('q_proj');
});
