import type { Parts } from '../architecture.ts';
import type { Block, Piece } from '../block.ts';
import {
  below,
  embeddingsBlock,
  type Find,
  headBlock,
  layerBlocks,
  normed,
  nothing,
  piece,
  tablePieces,
  weightsOf,
  wordPieces,
} from '../shared/block-parts.ts';
import type { DebertaConfig } from './config.ts';
import { encoderDepth } from './depth-spec.ts';
import { decoderPrefix, decoderSteps, termNames } from './terms-spec.ts';
import { isRelative } from './weights-spec.ts';

/** Maps of distances, where they have any of their own. */
const ofDistances = ['pos_proj', 'pos_q_proj', 'pos_key_proj', 'pos_query_proj'];
const ofContents = ['q_bias', 'v_bias', 'in_proj', 'query_proj', 'key_proj', 'value_proj'];

/** Scores are a sum of terms: He et al. 2021, eq. 4. A layer that is used again has the same pieces without weights. */
function layer(own: Find, i: number, config: DebertaConfig, prefix = ''): readonly Piece[] {
  const self = below(own, 'attention.self');
  // What is absolute is a term of the first look of the mask decoder alone: it stands where places come in.
  const terms = termNames(config, i, prefix).filter((name) => !name.includes('absolute'));
  const maps = self(...ofDistances);
  const lent =
    maps.length > 0 || !config.sharedKeys
      ? []
      : [...(config.c2p ? self('key_proj') : []), ...(config.p2c ? self('query_proj') : [])];
  const attention = [...self(...ofContents), ...own('attention.output.dense')];
  return [
    ...normed(
      [
        ...(isRelative(config)
          ? [{ ...piece('projection', 'relative places', maps, [], lent), along: 'distances' as const }]
          : []),
        piece('sum', 'scores', [], terms),
        piece('attention', 'attention', attention, [`${prefix}attention.${i}`]),
      ],
      own('attention.output.LayerNorm'),
    ),
    ...normed(
      [piece('feed-forward', 'feed-forward', own('intermediate', 'output.dense'), [`${prefix}inner.${i}`])],
      own('output.LayerNorm'),
    ),
  ];
}

/** From what is read to what is answered; the mask decoder is the last layer twice, asked by what has places. */
export function blocks(config: DebertaConfig, spec: Parts): readonly Block[] {
  const own = weightsOf(spec, 'model');
  const body = below(own, 'deberta');
  const encoder = below(body, 'encoder');
  const tables = below(body, 'embeddings');
  const hasDecoder = config.places === 'decoder';
  const distances = encoder('rel_embeddings');
  const norm = encoder('LayerNorm');
  const input: Find = (...names) => (hasDecoder && names.includes('position_embeddings') ? [] : tables(...names));
  const embeddings = embeddingsBlock([
    ...(distances.length > 0 ? [piece('table', 'distance table', distances)] : []),
    ...(norm.length > 0 ? [piece('norm', 'norm of distances', norm)] : []),
    ...tablePieces(input),
  ]);
  const conv = below(encoder, 'conv');
  const beside = (i: number) =>
    i === 0 && conv('conv').length > 0
      ? normed([piece('projection', 'convolution', conv('conv'))], conv('LayerNorm'))
      : [];
  const layers = layerBlocks(encoderDepth(config), (i) => {
    const weights = below(encoder, `layer.${i}`);
    return [...layer(weights, i, config), ...beside(i)];
  });
  const read = [embeddings, ...layers];
  const decoder = hasDecoder ? decoderBlocks(config, encoder, tables, read.at(-1)!.id) : [];
  const stack = hasDecoder ? decoderStack : {};
  const word = own('cls').length > 0 ? below(own, 'cls.predictions') : below(own, 'lm_predictions.lm_head');
  const transform = [word('transform.dense', 'dense'), word('transform.LayerNorm', 'LayerNorm')] as const;
  const head = wordPieces(...transform, word('bias'), tables('word_embeddings'));
  return [...read, ...decoder, headBlock('word', head, hasDecoder ? decoder : read, stack)];
}

const decoderStack = { stack: 'mask decoder', prefix: decoderPrefix };

function decoderBlocks(config: DebertaConfig, encoder: Find, tables: Find, looksAt: string): readonly Block[] {
  const last = below(encoder, `layer.${config.layers - 1}`);
  const absolute = termNames(config, 0, decoderPrefix).filter((name) => name.includes('absolute'));
  const places = [piece('table', 'place table', tables('position_embeddings')), piece('sum', 'sum', [], absolute)];
  const steps = layerBlocks(
    decoderSteps,
    (i) => layer(i === 0 ? last : nothing, i, config, decoderPrefix),
    decoderStack,
  );
  return [
    embeddingsBlock(places, decoderStack, [looksAt]),
    ...steps.map((block, i) => ({
      ...block,
      reads: [...block.reads, looksAt],
      ...(i > 0 && { again: steps[0]!.id }),
    })),
  ];
}
