import { embedding, leaf, linear, norm, sideBySide } from '../../core/params.ts';

/** Query, key and value as BERT's state dict spells them; `all`: numbers of all heads together. */
export const projections = (hidden: number, std: number, all = hidden) =>
  sideBySide(['query', 'key', 'value'], {
    query: linear(hidden, all, std),
    key: linear(hidden, all, std),
    value: linear(hidden, all, std),
  });

/** One post-norm encoder layer as BERT's state dict spells it: `attention.self.query` … `output.LayerNorm`. */
export const encoderLayer = (hidden: number, inner: number, std: number) => ({
  attention: {
    self: projections(hidden, std),
    output: { dense: linear(hidden, hidden, std), LayerNorm: norm(hidden) },
  },
  intermediate: { dense: linear(hidden, inner, std) },
  output: { dense: linear(inner, hidden, std), LayerNorm: norm(hidden) },
});

/** How the position table starts: as the paper has it, or from sinusoids; learned in both cases. */
export type PositionStart = 'normal' | keyof typeof amplitudes;

/**
 * How large sinusoids start: small, so that the words are heard over them whatever the width of the other weights; or
 * larger, for texts whose words are known by their neighbours more than by what they mean.
 */
const amplitudes = { sinusoids: 0.05, largeSinusoids: 0.15 };

/** weight [rows, width], a row a position. */
export const positionTable = (rows: number, width: number, std: number, start: PositionStart) => ({
  weight: leaf(
    [rows, width],
    start === 'normal' ? { kind: 'normal', std } : { kind: 'sinusoids', amplitude: amplitudes[start] },
  ),
});

/** Word, position and token-type tables and the norm after their sum. */
export const embeddings = (
  sizes: { readonly vocab: number; readonly positions: number; readonly segments: number; readonly width: number },
  std: number,
  padId: number,
  start: PositionStart = 'normal',
) => ({
  word_embeddings: embedding(sizes.vocab, sizes.width, std, padId),
  position_embeddings: positionTable(sizes.positions, sizes.width, std, start),
  token_type_embeddings: embedding(sizes.segments, sizes.width, std),
  LayerNorm: norm(sizes.width),
});

/** The names of an encoder's attention maps, from the first layer on. */
export const attentionTaps = (layers: number, prefix = '') =>
  Array.from({ length: layers }, (_, i) => `${prefix}attention.${i}`);

/**
 * What `attention.<layer>`, `hidden.<layer>` and `inner.<layer>`, the activations between the two feed-forward maps,
 * show; `hidden.0` goes into the first layer, so it is one more.
 */
export const encoderTaps = (layers: number, prefix = '') => [
  ...attentionTaps(layers, prefix).map((name) => ({ name, axes: ['batch', 'head', 'query', 'key'] })),
  ...Array.from({ length: layers + 1 }, (_, i) => ({ name: `${prefix}hidden.${i}`, axes: ['batch', 'seq', 'hidden'] })),
  ...Array.from({ length: layers }, (_, i) => ({ name: `${prefix}inner.${i}`, axes: ['batch', 'seq', 'inner'] })),
];
