import { beforeAll, describe, expect, it } from 'vitest';
import { build, type Leaf, type Spec } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import type { AnyBlueprint, Batch } from '../../src/models/architecture.ts';
import { blueprints } from '../../src/models/catalog.ts';
import { loadForward } from '../../src/models/forwards.ts';
import { patternsOf } from '../../src/models/pictures.ts';
import { initialState, toParams } from '../../src/nn/init.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { collate } from '../../src/objectives/batch.ts';
import { noisings } from '../../src/objectives/catalog.ts';
import { type Example, IGNORE } from '../../src/objectives/objective.ts';
import { completeOptions } from '../../src/objectives/options.ts';
import { toTensors } from '../../src/training/tensors.ts';
import { ids, toy } from '../support/toy-vocabulary.ts';
import '../support/pictures.ts';

const size = { layers: 2, hidden: 16, heads: 2, vocabSize: toy.size, maxLength: 16, dropout: 0 };
const text = ids('[CLS] the cat sat on the mat . [SEP] a dog ran far . [SEP]');
const sequence = { ids: text, segments: text.map((_, i) => Number(i > 8)) };

/** A batch of one row without padding: the two texts of a model that writes are each as long as they are. */
function batchOf(example: Example): Batch {
  const [source, written] = [example.inputIds.length, (example.decoderInputIds ?? example.inputIds).length];
  const slots = example.labels.filter((label) => label !== IGNORE).length;
  const batch = toTensors(collate([example], { length: Math.max(source, written), slots, padId: toy.padId }));
  const cut = (value: Tensor, length: number) => tf.slice(value, [0, 0], [1, length]);
  const { ids: read, segments, keep, decoderIds, decoderKeep } = batch;
  return {
    ...batch,
    ids: cut(read, source),
    segments: cut(segments, source),
    keep: cut(keep, source),
    decoderIds: decoderIds && cut(decoderIds, written),
    decoderKeep: decoderKeep && cut(decoderKeep, written),
  };
}

/** Every map an example gives rise to, by its tap: [head][query][key], whether any of the attention falls there. */
async function mapsOf(blueprint: AnyBlueprint, config: object, example: Example) {
  const forward = await loadForward(blueprint.id);
  const spec = blueprint.spec(config);
  const noise = (leaf: Leaf): Leaf => ({ ...leaf, init: { kind: 'normal', std: 0.3 } });
  const params = toParams(spec, initialState(build(spec, (_, leaf) => noise(leaf)) as Spec, createRng('noise')));
  const maps = new Map<string, boolean[][][]>();
  const names = blueprint.taps(config).flatMap(({ name, axes }) => (axes.includes('key') ? [name] : []));
  const see = (name: string, value: Tensor) => {
    if (!names.includes(name)) return;
    const [heads] = value.arraySync() as number[][][][];
    const seen = heads!.map((head) => head.map((row) => row.map((share) => share > 0)));
    maps.set(name, seen);
  };
  const tap = { wants: () => true, see };
  tf.tidy(() => void forward(params, config, batchOf(example), { training: false, rng: createRng(1), tap }));
  expect(names).toEqual(expect.arrayContaining([...maps.keys()]));
  return maps;
}

beforeAll(() => tf.useBackend('cpu'));

describe.each(Object.values(blueprints))('The patterns of $name', (blueprint: AnyBlueprint) => {
  const able = Object.values(noisings).filter(({ asks }) => blueprint.answers.includes(asks));
  const configFor = ({ asks }: (typeof able)[number]) => {
    const sized = blueprint.resize(blueprint.toy, size);
    return asks === 'next token' ? { ...sized, causal: true } : sized;
  };
  /** Maps that were seen for one noising or another: a query stream is there only where an order is drawn. */
  const seen = new Set<string>();
  const announced = () =>
    blueprint.taps(configFor(able[0]!)).flatMap(({ name, axes }) => (axes.includes('key') ? [name] : []));

  it.each(able.map(({ id }) => id))('are where its maps are above 0, for an example of %s', async (id) => {
    const noising = noisings[id]!;
    const config = configFor(noising);
    const isSquare: boolean[] = [];
    for (const seed of [1, 2, 3]) {
      const draws = noising.draw(sequence, completeOptions(noising, {}), toy, createRng(seed));
      const example = noising.apply(sequence, draws);
      const patterns = patternsOf(blueprint, config, example);
      const maps = await mapsOf(blueprint, config, example);
      for (const name of maps.keys()) seen.add(name);
      expect(new Set(patterns.map(({ name }) => name)).size).toBe(patterns.length);
      expect(patterns.flatMap(({ taps }) => taps).sort()).toEqual([...maps.keys()].sort());
      const lengths = { input: example.inputIds.length, decoder: example.decoderInputIds?.length };
      for (const { name, taps, pattern, rows, columns } of patterns) {
        isSquare.push(pattern.length === pattern[0]!.length);
        expect(pattern.length, name).toBe(rows.places?.length ?? lengths[rows.of]);
        for (const row of pattern) expect(row.length, name).toBe(columns.places?.length ?? lengths[columns.of]);
        for (const tap of taps)
          for (const head of maps.get(tap)!) expect(head, `${tap}, seed ${seed}`).toEqual(pattern);
      }
    }
    // Targets alone ask in an order, and a spoiled text is seldom as long as the one to be written.
    const apart = noising.asks === 'text' || noising.asks === 'tokens in order';
    expect(isSquare.includes(false)).toBe(apart);
  });

  it('cover every map that is announced', () => {
    expect([...seen].sort()).toEqual(announced().sort());
  });
});
