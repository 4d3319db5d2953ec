import type { Parts } from '../architecture.ts';
import type { Block } from '../block.ts';
import {
  below,
  embeddingsBlock,
  type Find,
  headBlock,
  layerBlocks,
  normed,
  nothing,
  piece,
  weightsOf,
} from '../shared/block-parts.ts';

/** One layer of one stream. Distances and segments are heard in the scores: Yang et al. 2019, §2.4–2.5. */
const layer = (own: Find, i: number, prefix: string) => {
  const attention = below(own, 'rel_attn');
  return [
    ...normed(
      [
        piece('projection', 'relative places', attention('r', 'r_r_bias')),
        piece('table', 'relative segments', attention('r_s_bias', 'seg_embed')),
        piece('attention', 'attention', attention('q', 'k', 'v', 'o', 'r_w_bias'), [`${prefix}attention.${i}`]),
      ],
      attention('layer_norm'),
    ),
    ...normed(
      [piece('feed-forward', 'feed-forward', own('ff.layer_1', 'ff.layer_2'), [`${prefix}inner.${i}`])],
      own('ff.layer_norm'),
    ),
  ];
};

/** The query stream has the weights of the content stream, of which it also reads; its last layer gives the logits. */
export function blocks({ layers }: { readonly layers: number }, spec: Parts): readonly Block[] {
  const own = weightsOf(spec, 'model');
  const body = below(own, 'transformer');
  const table = body('word_embedding');
  const contentStream = { stack: 'content stream', prefix: '' };
  const queryStream = { stack: 'query stream', prefix: 'query.' };
  const content = layerBlocks(layers, (i) => layer(below(body, `layer.${i}`), i, ''), contentStream);
  const query = layerBlocks(layers, (i) => layer(nothing, i, 'query.'), queryStream).map((block, i) => ({
    ...block,
    reads: [...block.reads, ...content[i]!.reads],
    again: content[i]!.id,
  }));
  return [
    embeddingsBlock([piece('table', 'word table', table)], contentStream),
    ...content,
    embeddingsBlock([piece('table', 'start vector', body('mask_emb'))], queryStream),
    ...query,
    headBlock('word', [piece('output', 'output', own('lm_loss'), [], table)], query, queryStream),
  ];
}
