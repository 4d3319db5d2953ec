import type { TreeOf } from '../../core/params.ts';
import { dropout, embedSum, gatherRows, keepRows, layerNorm } from '../../nn/layers.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Batch, Context, Forward } from '../architecture.ts';
import { dropAt, positionIds } from '../shared/encoder.ts';
import { scored, sumLosses, tokenHead, tokenLoss } from '../shared/heads.ts';
import { look } from './attention.ts';
import type { DebertaConfig } from './config.ts';
import { encoderDepth } from './depth-spec.ts';
import { distanceRows } from './distances.ts';
import { advance, convolve, placesOf, type Surroundings } from './layer.ts';
import { decoderPrefix, decoderSteps } from './terms-spec.ts';
import type { DebertaParts } from './weights-spec.ts';

type Body = TreeOf<DebertaParts['model']['deberta'], Tensor>;

const placeIds = ({ ids }: Batch, { firstPlace }: Context) =>
  positionIds(ids.shape[0] ?? 1, ids.shape[1] ?? 1, firstPlace);

/** Words, and kinds and places where they are read, normed; padding is 0: → [batch, seq, hidden]. */
function embedInput({ embeddings }: Body, batch: Batch, config: DebertaConfig, context: Context): Tensor {
  const { word_embeddings: words, position_embeddings: places, token_type_embeddings: kinds } = embeddings;
  const sum = embedSum([
    { table: words.weight, ids: batch.ids, still: config.padId },
    ...('weight' in kinds ? [{ table: kinds.weight, ids: batch.segments }] : []),
    ...('weight' in places && config.places === 'input'
      ? [{ table: places.weight, ids: placeIds(batch, context) }]
      : []),
  ]);
  const normed = layerNorm(sum, embeddings.LayerNorm, config.epsilon);
  return dropout(keepRows(normed, batch.keep), dropAt(context, config.hiddenDropout, 'embeddings'));
}

/** The table of distances as a text of this length reads it, a row a distance: [2 · seq, hidden]. */
function distancesOf({ encoder }: Body, { ids }: Batch, config: DebertaConfig): Tensor | undefined {
  const { rel_embeddings: table, LayerNorm: norm } = encoder;
  if (!('weight' in table)) return undefined;
  const rows = gatherRows(table.weight, tf.tensor1d([...distanceRows(ids.shape[1] ?? 1, config)], 'int32'));
  return 'weight' in norm ? layerNorm(rows, norm, config.epsilon) : rows;
}

/**
 * The enhanced mask decoder: absolute places are added to what the last layer would read, and that layer asks with the
 * sum, twice, while it looks at what has no places: x [batch, seq, hidden] → the same. He et al. 2021, §3.2.
 */
function decode(x: Tensor, { embeddings, encoder }: Body, batch: Batch, surroundings: Surroundings): Tensor {
  const { position_embeddings: places } = embeddings;
  if (!('weight' in places)) throw new Error('expected a table of places for the mask decoder');
  const layer = encoder.layer.at(-1)!;
  const { context } = surroundings;
  const { tap } = context;
  // What is looked at stays as it is.
  const contents = look(x, layer.attention.self, surroundings.config.heads);
  const distances = placesOf(layer, surroundings, 0, decoderPrefix);
  let asks: Tensor = tf.add(x, embedSum([{ table: places.weight, ids: placeIds(batch, context) }]));
  tap?.see(`${decoderPrefix}hidden.0`, asks);
  for (let i = 0; i < decoderSteps; i++) {
    const turn = { i, prefix: decoderPrefix, contents, places: distances, unplaced: i === 0 ? x : undefined };
    asks = advance(asks, layer, surroundings, turn);
    tap?.see(`${decoderPrefix}hidden.${i + 1}`, asks);
  }
  return asks;
}

/** He et al. 2021, §3: contents and distances apart in every score, absolute places as late as possible. */
export const forward: Forward<DebertaConfig, DebertaParts> = ({ model }, config, batch, context) => {
  const { deberta, cls, lm_predictions: newer } = model;
  const surroundings = { config, context, keep: batch.keep, distances: distancesOf(deberta, batch, config) };
  const { layer, conv } = deberta.encoder;
  let x = embedInput(deberta, batch, config, context);
  context.tap?.see('hidden.0', x);
  layer.slice(0, encoderDepth(config)).forEach((weights, i) => {
    const before = x;
    x = advance(x, weights, surroundings, { i, places: placesOf(weights, surroundings, i) });
    if (i === 0 && 'conv' in conv) x = convolve(before, x, conv, surroundings);
    context.tap?.see(`hidden.${i + 1}`, x);
  });
  if (config.places === 'decoder') x = decode(x, deberta, batch, surroundings);

  const { bias, ...head } =
    'predictions' in cls ? { ...cls.predictions.transform, bias: cls.predictions.bias } : headOf(newer);
  const words = { weight: deberta.embeddings.word_embeddings.weight, bias };
  const logits = tokenHead(scored(x, batch), head, words, config.activation, config.epsilon);
  return { logits: { logits }, ...sumLosses({ mlm: tokenLoss(logits, batch) }) };
};

type Newer = TreeOf<DebertaParts['model']['lm_predictions'], Tensor>;
type Head = Extract<Newer, { readonly lm_head: unknown }>['lm_head'];

/** The head under the names of the published weights. */
function headOf(newer: Newer): Head {
  if ('lm_head' in newer) return newer.lm_head;
  throw new Error('expected a head of either kind');
}
