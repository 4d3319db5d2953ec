import type { Params } from '../../nn/init.ts';
import { project } from '../../nn/kernels/project.ts';
import { trigram as threefold } from '../../nn/kernels/trigram.ts';
import { dropout, embed, embedSum, gatherRows, layerNorm, linear } from '../../nn/layers.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Batch, Context, Forward } from '../architecture.ts';
import { constant } from '../shared/constant.ts';
import { softTargets } from '../shared/distillation.ts';
import { dropAt, firstToken, positionIds } from '../shared/encoder.ts';
import { pairLoss, scored, sumLosses, tokenLoss } from '../shared/heads.ts';
import { showing } from '../shared/tap.ts';
import type { MobilebertConfig } from './config.ts';
import { applyLayer, normsOf, otherEpsilon } from './layer.ts';
import { type MobilebertParts, taughtWeights, widthsOf } from './spec.ts';
import { featureTransfer, mapTransfer } from './transfer.ts';

type Body = Params<MobilebertParts>['model']['mobilebert'];
type Predictions = Params<MobilebertParts>['model']['cls']['predictions'];

/** Words of three places as one, with place and segment: ids [batch, seq] → [batch, seq, hidden]. §3.2. */
function embedThree(params: Body['embeddings'], config: MobilebertConfig, { ids, segments }: Batch, context: Context) {
  const { trigram, hidden } = config;
  const words = embed(params.word_embeddings.weight, ids, config.padId);
  const isMapped = trigram || widthsOf(config).embedding !== hidden;
  const x = isMapped ? linear(trigram ? threefold(words) : words, params.embedding_transformation) : words;
  const places = positionIds(ids.shape[0] ?? 1, ids.shape[1] ?? 1, context.firstPlace);
  const where = embedSum([
    { table: params.token_type_embeddings.weight, ids: segments },
    { table: params.position_embeddings.weight, ids: places },
  ]);
  const normed = normsOf(config.norm).add(x, where, params.LayerNorm, otherEpsilon);
  return dropout(normed, dropAt(context, config.hiddenDropout, 'embeddings'));
}

/** What goes into each layer, and what comes out of the last: [batch, seq, hidden] each, one more than layers. */
function statesOf(body: Body, config: MobilebertConfig, batch: Batch, context: Context): readonly Tensor[] {
  const states = [embedThree(body.embeddings, config, batch, context)];
  context.tap?.see('hidden.0', states[0]!);
  body.encoder.layer.forEach((layer, i) => {
    const rate = (place: string) => (place === 'attention' ? config.attentionDropout : config.hiddenDropout);
    const next = applyLayer(states[i]!, layer, config, {
      keep: batch.keep,
      drop: (place) => dropAt(context, rate(place), `layer.${i}.${place}`),
      onMap: showing(context, `attention.${i}`),
      onInner: (inner) => context.tap?.see(`inner.${i}`, inner),
    });
    context.tap?.see(`hidden.${i + 1}`, next);
    states.push(next);
  });
  return states;
}

/** The word table and further columns, as wide as the states together: x [..., hidden] → [..., vocab]. */
function wordsOf(x: Tensor, { transform, dense, bias }: Predictions, table: Tensor, config: MobilebertConfig): Tensor {
  const { activation, epsilon, hidden, vocabSize } = config;
  const { embedding } = widthsOf(config);
  // A real layer norm, whatever stands in the layers.
  const y = layerNorm(linear(x, transform.dense, activation), transform.LayerNorm, epsilon);
  if (embedding === hidden) return linear(y, { weight: table, bias });
  const rows = tf.reshape(y, [-1, hidden]);
  const columns = (from: number, count: number) => tf.slice(rows, [0, from], [-1, count]);
  const all = tf.add(
    linear(columns(0, embedding), { weight: table, bias }),
    project(columns(embedding, hidden - embedding), dense.weight),
  );
  return tf.reshape(all, [...x.shape.slice(0, -1), vocabSize]);
}

/**
 * How far each layer is from the teacher's, mean over layers. Each answers for itself: what goes into it is taken as
 * given, so that no layer is moved by what a later one is told, as where they are taught one after another (§3.3).
 */
function transferred(
  body: Body,
  config: MobilebertConfig,
  { keep }: Batch,
  states: readonly Tensor[],
  context: Context,
) {
  const rows = (y: Tensor) => tf.reshape(y, [-1, config.hidden]);
  const real = tf.reshape(keep, [-1]);
  const terms = body.encoder.layer.map((layer, i) => {
    let map: Tensor | undefined;
    const next = applyLayer(
      constant(() => tf.clone(states[i]!)),
      layer,
      config,
      {
        keep,
        drop: () => undefined,
        onMap: (shares) => {
          map = shares;
        },
      },
    );
    const [hidden, attention] = ['hidden', 'attention'].map((name) => context.teacher!.get(`${name}.${i}`)!);
    return { features: featureTransfer(rows(next), rows(hidden!), real), maps: mapTransfer(map!, attention!, keep) };
  });
  const mean = (values: readonly Tensor[]) => tf.div(tf.addN([...values]), values.length) as Tensor;
  return { features: mean(terms.map(({ features }) => features)), maps: mean(terms.map(({ maps }) => maps)) };
}

/**
 * Sun et al. 2020, §3. With a teacher's `logits` [batch, seq, vocab], states `hidden.<layer>` [batch, seq, hidden] and
 * `attention.<layer>` [batch, head, query, key] at hand, it is taught by three losses more; by one without states.
 */
export const forward: Forward<MobilebertConfig, MobilebertParts> = (params, config, batch, context) => {
  const { mobilebert: body, cls } = params.model;
  const states = statesOf(body, config, batch, context);
  const x = states.at(-1)!;
  const tokens = wordsOf(scored(x, batch), cls.predictions, body.embeddings.word_embeddings.weight, config);
  const first = firstToken(x);
  const pair = linear('dense' in body.pooler ? linear(first, body.pooler.dense, 'tanh') : first, cls.seq_relationship);
  const logits = { prediction_logits: tokens, seq_relationship_logits: pair };
  const asked = { mlm: tokenLoss(tokens, batch), nsp: pairLoss(pair, batch) };
  const soft = context.teacher?.get('logits');
  const { positions, weights } = batch;
  if (!soft || !positions || !weights) return { logits, ...sumLosses(asked) };
  const theirs = gatherRows(tf.reshape(soft, [-1, config.vocabSize]), positions);
  const taught = {
    distillation: softTargets(tokens, theirs, weights, 1),
    ...(context.teacher?.has('hidden.0') && transferred(body, config, batch, states, context)),
  };
  return { logits, ...sumLosses({ ...asked, ...taught }, taughtWeights) };
};
