import { describe, expect, it } from 'vitest';
import { flatten } from '../../src/core/params.ts';
import type { AnyBlueprint } from '../../src/models/architecture.ts';
import { blueprints } from '../../src/models/catalog.ts';
import { blocksOf } from '../../src/models/pictures.ts';
import '../support/pictures.ts';

const size = { layers: 2, hidden: 16, heads: 2, vocabSize: 24, maxLength: 12, dropout: 0 };

/** Settings that change which weights there are, by architecture. */
const unusual: Readonly<Record<string, readonly object[]>> = {
  albert: [
    { layers: 4, groups: 2, layersPerGroup: 2 },
    { layers: 3, groups: 3 },
  ],
  bigbird: [{ useBias: false }],
  electra: [{ sharedEmbeddings: false }],
  'transfo-xl': [{ preNorm: true }, { tableWidth: 8, headWidth: 12 }, { tableWidth: 24, tiedProjection: true }],
};

function configsOf({ id, toy, resize }: AnyBlueprint): readonly object[] {
  const small = resize(toy, size);
  const sized = [
    { ...size, layers: 1 },
    { ...size, layers: 3, hidden: 24, heads: 3 },
  ].map((one) => resize(toy, one));
  return [toy, small, ...sized, ...(unusual[id] ?? []).map((settings) => ({ ...small, ...settings }))];
}

describe.each(Object.values(blueprints))('The blocks of $name', (blueprint: AnyBlueprint) => {
  const models = configsOf(blueprint).map((config) => {
    const blocks = blocksOf(blueprint, config);
    return {
      blocks,
      pieces: blocks.flatMap(({ pieces }) => pieces),
      weights: flatten(blueprint.spec(config)).map(([name]) => name),
      taps: blueprint.taps(config),
    };
  });

  it('have each weight in exactly one piece', () => {
    for (const { pieces, weights } of models)
      expect(pieces.flatMap(({ parameters }) => parameters).sort()).toEqual([...weights].sort());
  });

  it('have each tap in exactly one piece', () => {
    for (const { pieces, taps } of models)
      expect(pieces.flatMap((piece) => piece.taps).sort()).toEqual(taps.map(({ name }) => name).sort());
  });

  it('go by names of their own', () => {
    for (const { blocks } of models) expect(new Set(blocks.map(({ id }) => id)).size).toBe(blocks.length);
  });

  it('read only what stands before them, and all but the heads and what is read are read', () => {
    for (const { blocks } of models) {
      const before = new Set<string>();
      for (const { id, kind, reads } of blocks) {
        for (const one of reads) expect(before, `${id} reads ${one}`).toContain(one);
        if (kind !== 'embeddings') expect(reads.length, id).toBeGreaterThan(0);
        before.add(id);
      }
      const isRead = new Set(blocks.flatMap(({ reads }) => reads));
      const last = blocks.filter(({ kind, id }) => kind !== 'head' && !isRead.has(id));
      // Behind its last layer nobody reads a stream that another one has left behind.
      expect(last.every(({ id }) => blocks.some(({ again }) => again === id))).toBe(true);
    }
  });

  it('borrow only weights that stand in another piece', () => {
    for (const { pieces, weights } of models)
      for (const { title, borrows = [], parameters } of pieces) {
        expect(weights, title).toEqual(expect.arrayContaining([...borrows]));
        expect(
          borrows.filter((name) => parameters.includes(name)),
          title,
        ).toEqual([]);
      }
  });

  it('are, where they are used again, piece by piece what they were, without weights but with taps of their own', () => {
    for (const { blocks, taps } of models) {
      const ranks = new Map(taps.map(({ name, axes }) => [name, axes.length]));
      const shape = ({ pieces }: (typeof blocks)[number]) =>
        pieces.map((piece) => [piece.kind, piece.title, piece.taps.map((name) => ranks.get(name))]);
      for (const block of blocks) {
        if (block.again === undefined) continue;
        const first = blocks.find(({ id }) => id === block.again)!;
        expect(first.again, block.id).toBeUndefined();
        expect(shape(block), block.id).toEqual(shape(first));
        expect(
          block.pieces.flatMap(({ parameters, borrows = [] }) => [...parameters, ...borrows]),
          block.id,
        ).toEqual([]);
        expect(block.pieces.flatMap((piece) => piece.taps).length, block.id).toBeGreaterThan(0);
      }
    }
  });

  it('own all weights that they use, unless they are used again or borrow', () => {
    for (const { blocks } of models)
      for (const { id, again, pieces } of blocks)
        for (const { kind, title, parameters, borrows, taps } of pieces) {
          const isFree = again !== undefined || borrows || kind === 'sum' || taps.includes('corrupted');
          if (!isFree) expect(parameters.length, `${id}, ${title}`).toBeGreaterThan(0);
        }
  });

  it('stand on the row of a decoder only where a text is written', () => {
    for (const { blocks } of models)
      expect(blocks.some(({ side }) => side === 'decoder')).toBe(blueprint.answers.includes('text'));
  });
});

/** What each block of a model reads and repeats. */
const wiring = (id: string, settings: object = {}) => {
  const blueprint = blueprints[id]!;
  return blocksOf(blueprint, { ...blueprint.resize(blueprint.toy, size), ...settings }).map(({ id, reads, again }) =>
    [id, '<', ...reads, ...(again ? ['=', again] : [])].join(' '),
  );
};

it('One encoder is embeddings, layers and heads', () => {
  expect(wiring('bert')).toEqual([
    'embeddings <',
    'layer.0 < embeddings',
    'layer.1 < layer.0',
    'head.word < layer.1',
    'head.pair < layer.1',
  ]);
});

it('Layers of one group are the first of them again', () => {
  const layers = (settings: object) => wiring('albert', settings).filter((line) => line.startsWith('layer'));
  expect(layers({ layers: 3 })).toEqual([
    'layer.0 < embeddings',
    'layer.1 < layer.0 = layer.0',
    'layer.2 < layer.1 = layer.0',
  ]);
  expect(layers({ layers: 4, groups: 2 })).toEqual([
    'layer.0 < embeddings',
    'layer.1 < layer.0 = layer.0',
    'layer.2 < layer.1',
    'layer.3 < layer.2 = layer.2',
  ]);
  expect(layers({ layers: 2, layersPerGroup: 2 })).toEqual([
    'layer.0 < embeddings',
    'layer.1 < layer.0',
    'layer.2 < layer.1 = layer.0',
    'layer.3 < layer.2 = layer.1',
  ]);
});

it('A query stream is the content stream again and also reads it', () => {
  expect(wiring('xlnet').slice(3)).toEqual([
    'query.embeddings <',
    'query.layer.0 < query.embeddings embeddings = layer.0',
    'query.layer.1 < query.layer.0 layer.0 = layer.1',
    'query.head.word < query.layer.1',
  ]);
});

it('A discriminator reads what a generator put in', () => {
  expect(wiring('electra')).toContain('discriminator.embeddings < generator.head.word');
});

it('Every layer of a decoder reads the last one of the encoder', () => {
  expect(wiring('bart').slice(3)).toEqual([
    'decoder.embeddings <',
    'decoder.layer.0 < decoder.embeddings encoder.layer.1',
    'decoder.layer.1 < decoder.layer.0 encoder.layer.1',
    'decoder.head.word < decoder.layer.1',
  ]);
});

it('A generator borrows its tables where they are shared, and has its own where they are not', () => {
  const electra = blueprints.electra!;
  const tables = (sharedEmbeddings: boolean) =>
    blocksOf(electra, { ...electra.resize(electra.toy, size), sharedEmbeddings })[0]!
      .pieces.filter(({ kind }) => kind === 'table')
      .map(({ parameters, borrows = [] }) =>
        [parameters[0], borrows[0]].join('|').replaceAll('electra.embeddings.', ''),
      );
  expect(tables(true)).toEqual([
    '|discriminator.word_embeddings.weight',
    '|discriminator.token_type_embeddings.weight',
    '|discriminator.position_embeddings.weight',
  ]);
  expect(tables(false)).toEqual([
    'generator.word_embeddings.weight|',
    'generator.token_type_embeddings.weight|',
    'generator.position_embeddings.weight|',
  ]);
});
