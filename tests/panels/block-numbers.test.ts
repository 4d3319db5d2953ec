import { describe, expect, it } from 'vitest';
import { groupId } from '../../src/figures/model-picture.ts';
import { sumAt } from '../../src/figures/vector-steps.ts';
import { type FeedSource, feedDeparture, feedNumbers } from '../../src/panels/lab/feed-numbers.ts';
import { feedQuestion } from '../../src/panels/lab/feed-question.ts';
import { kernelDeparture, kernelNumbers, kernelQuestion, kernelsOf } from '../../src/panels/lab/kernel-numbers.ts';
import { tableDeparture, tableNumbers, tableQuestion } from '../../src/panels/lab/table-numbers.ts';
import type { Settings } from '../../src/training/run.ts';
import { trained } from './trained-model.ts';
import '../support/pictures.ts';

/** How many feed-forward parts and how many embeddings each has. */
const recipes: Readonly<Record<string, readonly [Settings, feeds: number, tables: number]>> = {
  BERT: [{}, 2, 1],
  RoBERTa: [{ architecture: 'roberta' }, 2, 1],
  DistilBERT: [{ architecture: 'distilbert' }, 2, 1],
  ALBERT: [{ architecture: 'albert', architectureOptions: { initStd: 0.4, embedding: 8, share: 'attention' } }, 2, 1],
  ELECTRA: [{ architecture: 'electra', noising: 'rtd', noisingOptions: {} }, 3, 2],
  BART: [{ architecture: 'bart', noising: 'denoise', noisingOptions: {} }, 4, 2],
  BigBird: [{ architecture: 'bigbird' }, 2, 1],
  XLNet: [{ architecture: 'xlnet', noising: 'plm', noisingOptions: {} }, 4, 2],
  'Transformer-XL': [
    { architecture: 'transfo-xl', noising: 'causal', noisingOptions: {}, architectureOptions: { headWidth: 12 } },
    2,
    1,
  ],
  ConvBERT: [
    { architecture: 'convbert', noising: 'rtd', noisingOptions: {}, architectureOptions: { initStd: 0.4, groups: 2 } },
    4,
    2,
  ],
  'ConvBERT with kernels alone': [
    {
      architecture: 'convbert',
      noising: 'rtd',
      noisingOptions: {},
      architectureOptions: { initStd: 0.4, convolutionOnly: true },
    },
    4,
    2,
  ],
  DeBERTa: [{ architecture: 'deberta' }, 3, 2],
  MobileBERT: [{ architecture: 'mobilebert', architectureOptions: { initStd: 0.4, feedForwards: 3 } }, 2, 1],
  'MobileBERT with norms': [
    { architecture: 'mobilebert', architectureOptions: { initStd: 0.4, norm: 'layer_norm', trigram: false } },
    2,
    1,
  ],
};

const largest = (values: ArrayLike<number>) => Array.from(values).reduce((most, x) => Math.max(most, Math.abs(x)), 1);

describe.each(Object.keys(recipes))('what is computed for the blocks of %s', (name) => {
  const [settings, feeds, tables] = recipes[name]!;

  it('is what the run itself has: units, what a layer ends in, and embeddings', async () => {
    const { seen, model, given } = await trained(settings);
    const asked = model.blocks.flatMap((block) => {
      const one = block.kind === 'layer' ? feedQuestion(seen, model.rows, block.id) : undefined;
      return one === undefined ? [] : [one];
    });
    expect(asked.filter((one) => typeof one === 'string')).toEqual([]);
    expect(asked).toHaveLength(feeds);
    for (const one of asked) {
      if (typeof one === 'string') continue;
      const source: FeedSource = { asked: one, ...(await given(one)) };
      for (const row of one.places.keys()) {
        expect(feedDeparture(source, row), `${one.name}, row ${row}`).toBeLessThan(1e-4);
      }
      // Behind its last network a narrow layer has a way out.
      expect(one.end === undefined).toBe(settings.architecture === 'mobilebert');
      const { steps, component } = feedNumbers(source, 'A layer', 1, one.feeds.length - 1);
      for (const step of steps)
        if (step.lines.length > 0 && step.total)
          expect(sumAt(step, component)).toBeCloseTo(step.total.vector[component]!, 5);
      // Each is worth something: what is strongest is not all that there is.
      expect(steps[1]!.lines.length).toBeGreaterThan(5);
    }
    const read = model.blocks
      .filter(({ kind }) => kind === 'embeddings')
      .map((block) => tableQuestion(seen, model.rows, block));
    expect(read).toHaveLength(tables);
    for (const one of read) {
      if (typeof one === 'string') throw new Error(one);
      const source = { asked: one, ...(await given(one)) };
      for (const row of one.places.keys()) {
        const numbers = tableNumbers(source, 'The embeddings', row);
        const scale = largest(numbers.steps.at(-1)!.total!.vector);
        expect(tableDeparture(source, row, numbers) / scale, `${one.name}, row ${row}`).toBeLessThan(1e-4);
        expect(sumAt(numbers.steps[0]!, numbers.component)).toBeCloseTo(
          numbers.steps[0]!.total!.vector[numbers.component]!,
          5,
        );
      }
    }
  });
});

describe('the kernels that are computed', () => {
  it('have the shares of the run’s own, at every place of every head, also beyond the ends', async () => {
    const options = { initStd: 0.4, reach: 2 };
    const { seen, model, given } = await trained({
      architecture: 'convbert',
      noising: 'rtd',
      noisingOptions: {},
      architectureOptions: options,
    });
    const layers = model.blocks.filter(({ kind }) => kind === 'layer');
    expect(layers.map((block) => groupId(block, 0))).toHaveLength(4);
    for (const { id } of layers) {
      const asked = kernelQuestion(seen, model.rows, id);
      if (typeof asked === 'string') throw new Error(asked);
      const { values, weights } = await given(asked);
      const source = { ...asked, weights, state: values[asked.state]!, kernel: values[asked.kernel]! };
      const { heads, span } = kernelsOf(source);
      expect(span).toBe(5);
      for (let head = 0; head < heads; head++)
        for (const place of asked.tokens.keys()) {
          const numbers = kernelNumbers(source, head, place);
          expect(kernelDeparture(source, head, place, numbers), `${id}, head ${head}, place ${place}`).toBeLessThan(
            1e-4,
          );
          const sums = numbers.tokens.map((_, k) => numbers.terms!.reduce((sum, { values: all }) => sum + all[k]!, 0));
          expect(sums).toEqual(numbers.scores);
          expect(numbers.tokens[2]).toBe(asked.tokens[place]);
        }
      expect(kernelNumbers(source, 0, 0).tokens.slice(0, 2)).toEqual(['–', '–']);
    }
  });
});
