import { describe, expect, it } from 'vitest';
import { linear } from '../../src/core/params.ts';
import type { Block } from '../../src/models/block.ts';
import { blockDifferences } from '../../src/models/block-differences.ts';
import { blueprints } from '../../src/models/catalog.ts';
import { blocksOf } from '../../src/models/pictures.ts';
import { embeddingsBlock, headBlock, layerBlocks, piece } from '../../src/models/shared/block-parts.ts';
import '../support/pictures.ts';

const size = { layers: 2, hidden: 64, heads: 2, vocabSize: 512, maxLength: 64, dropout: 0 };

const pictured = (id: string, settings: object = {}) => {
  const blueprint = blueprints[id]!;
  const config = { ...blueprint.resize(blueprint.toy, size), ...settings };
  return { blocks: blocksOf(blueprint, config), spec: blueprint.spec(config) };
};
const fromBert = (id: string, settings?: object) => blockDifferences(pictured(id, settings), pictured('bert'));
const phrases = (id: string, settings?: object) => fromBert(id, settings).map(({ phrase }) => phrase);

describe('What an architecture does otherwise than BERT', () => {
  it('is nothing for BERT, however many layers both have', () => {
    expect(phrases('bert')).toEqual([]);
    expect(blockDifferences(pictured('bert', { layers: 3 }), pictured('bert', { layers: 3 }))).toEqual([]);
  });

  it('is one kind of segment and no pair head, for RoBERTa', () => {
    expect(phrases('roberta')).toEqual(['− pair head', 'segment table: 1 row, not 2', 'place table: 65 rows, not 64']);
  });

  it('is no segment table and no pair head, for DistilBERT', () => {
    expect(phrases('distilbert')).toEqual(['− segment table', '− pair head']);
  });

  it('is one layer used again and narrow tables, for ALBERT', () => {
    expect(phrases('albert')).toEqual([
      'one layer, used twice',
      '+ projection from 16 to 64',
      'word table, segment table, place table: 16 wide, not 64',
    ]);
    expect(phrases('albert', { layers: 6 })).toContain('one layer, used six times');
    expect(phrases('albert', { layers: 4, groups: 2 })).toEqual(
      expect.arrayContaining(['two layers, used as four', 'four deep, not two']),
    );
    expect(phrases('albert', { groups: 2 }).join()).not.toMatch(/used/);
  });

  it('is a second stream and relative places, for XLNet', () => {
    expect(phrases('xlnet')).toEqual([
      '+ query stream with its look at the content stream, by the same layers',
      '+ relative places',
      '+ relative segments',
      '− segment table',
      '− place table',
      '− norm in the embeddings',
      '− transform in the word head',
      '− norm in the word head',
      '− pair head',
    ]);
  });

  it('is places at the end instead of the start, for DeBERTa', () => {
    expect(phrases('deberta')).toEqual([
      '+ mask decoder with its look at the encoder',
      'two layers, used as three',
      'three deep, not two',
      '+ distance table',
      '+ relative places',
      '− segment table',
      '− pair head',
    ]);
    expect(phrases('deberta', { places: 'input', version: 'v2', reach: 1 })).toEqual([
      '+ distance table',
      '+ norm of distances',
      '+ relative places',
      '+ convolution',
      '− segment table',
      '− pair head',
    ]);
  });

  it('is how a layer looks, for BigBird, and nothing where it looks at everything', () => {
    expect(phrases('bigbird')).toEqual(['+ block attention', '− attention']);
    expect(phrases('bigbird', { attention: 'original_full' })).toEqual([]);
  });

  it('is relative places, and neither segments nor pairs, for Transformer-XL', () => {
    expect(phrases('transfo-xl')).toEqual([
      '+ relative places',
      '− segment table',
      '− place table',
      '− norm in the embeddings',
      '− transform in the word head',
      '− norm in the word head',
      '− pair head',
    ]);
    expect(phrases('transfo-xl', { tableWidth: 16 })).toEqual(
      expect.arrayContaining(['+ projection from 16 to 64 in the embeddings', 'word table: 16 wide, not 64']),
    );
  });

  it('is a second network, for ELECTRA', () => {
    expect(phrases('electra')).toEqual([
      'two networks: generator (one layer, 32 wide) and discriminator (two layers, 64 wide)',
      '+ projection from 64 to 32',
      '+ sample in the word head',
      '+ verdict head',
      '− pair head',
    ]);
  });

  it('is a decoder that looks at the encoder, for BART', () => {
    expect(phrases('bart')).toEqual([
      '+ decoder with its look at the encoder (the bridge)',
      '− segment table',
      '− transform in the word head',
      '− norm in the word head',
      '− pair head',
      'place table: 66 rows, not 64',
    ]);
  });

  it('is kernels of each token beside half of the attention, for ConvBERT', () => {
    expect(phrases('convbert')).toEqual([
      'two networks: generator (two layers, 16 wide) and discriminator (two layers, 64 wide)',
      '+ projection from 64 to 16',
      '+ span kernels',
      '+ values to convolve from 16 to 8',
      '+ output of both',
      '+ sample in the word head',
      '+ verdict head',
      '− pair head',
    ]);
  });

  it('is a way in and a way out about a narrow inside, for MobileBERT', () => {
    // At two heads the inside is a quarter of the width as well.
    expect(phrases('mobilebert')).toEqual([
      '+ three neighbours from 48 to 64',
      '+ way in from 64 to 16',
      '+ way in of queries and keys from 64 to 16',
      '+ values from 64 to 16',
      '+ way out from 16 to 64',
      'word table: 16 wide, not 64',
    ]);
  });

  it('is seen in blocks of the model, or in those of BERT that it lacks', () => {
    const places = Object.fromEntries(fromBert('xlnet').map(({ phrase, blocks }) => [phrase, blocks]));
    expect(places['+ relative places']).toEqual(['layer.0', 'layer.1']);
    expect(places['− pair head']).toEqual(['head.pair']);
    expect(places['− norm in the embeddings']).toEqual(['embeddings']);
    const [stream] = fromBert('xlnet');
    expect(stream).toMatchObject({ kind: 'stack', blocks: ['query.embeddings', 'query.layer.0', 'query.layer.1'] });
  });

  it('is said from the other end with more and fewer exchanged', () => {
    for (const id of Object.keys(blueprints)) {
      const [there, back] = [fromBert(id), blockDifferences(pictured('bert'), pictured(id))];
      const said = (differences: typeof there, sign: string) =>
        differences
          .filter(({ kind, phrase }) => (kind === 'more' || kind === 'fewer') && phrase.startsWith(sign))
          .map(({ phrase }) => phrase.slice(2))
          .sort();
      expect(said(back, '−'), id).toEqual(said(there, '+'));
      expect(said(back, '+'), id).toEqual(said(there, '−'));
      expect(back.length === 0, id).toBe(id === 'bert');
    }
  });
});

describe('Two lists of blocks', () => {
  const list = (table: string, gate?: string): Block[] => {
    const layers = layerBlocks(1, () => [
      ...(gate ? [piece('projection', gate, ['model.gate.weight'])] : []),
      piece('sum', 'sum'),
    ]);
    return [embeddingsBlock([piece('table', table, ['model.table.weight'])]), ...layers, headBlock('word', [], layers)];
  };
  const spec = (width: number) => ({ model: { table: linear(width, 9), gate: linear(width, 3) } });

  it('are compared by what stands in them, whatever the models are', () => {
    const plain = { blocks: list('rune table'), spec: spec(4) };
    expect(blockDifferences({ blocks: list('rune table', 'gate'), spec: spec(6) }, plain)).toEqual([
      { kind: 'more', phrase: '+ gate from 6 to 3', blocks: ['layer.0'] },
      { kind: 'size', phrase: 'rune table: 6 wide, not 4', blocks: ['embeddings'] },
    ]);
    expect(blockDifferences({ blocks: list('glyph table'), spec: spec(6) }, plain).map(({ phrase }) => phrase)).toEqual(
      ['+ glyph table', '− rune table'],
    );
  });

  it('have no difference in sums alone', () => {
    const bare = list('rune table').map((block) => ({
      ...block,
      pieces: block.pieces.filter((one) => one.kind !== 'sum'),
    }));
    expect(blockDifferences({ blocks: bare, spec: spec(4) }, { blocks: list('rune table'), spec: spec(4) })).toEqual(
      [],
    );
  });
});
