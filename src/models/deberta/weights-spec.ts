import {
  type Empty,
  embedding,
  type Leaf,
  type Linear,
  leaf,
  linear,
  mapLeaf,
  norm,
  repeat,
  sideBySide,
} from '../../core/params.ts';
import { positionTable } from '../shared/encoder-spec.ts';
import type { DebertaConfig } from './config.ts';
import { hasConvolution, isBucketed } from './depth-spec.ts';

type Table = { readonly weight: Leaf };
type OneOf<T, Wanted = boolean> = Wanted extends true ? T : T | Empty;

const maybe = <T>(wanted: boolean, make: () => T): OneOf<T> => (wanted ? make() : {});

/** Distances are told apart up to here on either side: the table has twice as many rows. */
export const spanOf = (config: DebertaConfig): number =>
  isBucketed(config) ? config.buckets : config.radius || config.maxLength;

/** Whether scores hear of distances at all. */
export const isRelative = ({ c2p, p2c }: Pick<DebertaConfig, 'c2p' | 'p2c'>): boolean => c2p || p2c;

/** One map for query, key and value, head by head; distances have maps of their own. He et al. 2021, eq. 4. */
const together = ({ hidden, initStd: std, c2p, p2c }: DebertaConfig) => ({
  q_bias: leaf([hidden], { kind: 'zeros' }),
  v_bias: leaf([hidden], { kind: 'zeros' }),
  in_proj: { weight: mapLeaf([3 * hidden, hidden], std) },
  pos_proj: maybe<Table>(c2p, () => ({ weight: mapLeaf([hidden, hidden], std) })),
  pos_q_proj: maybe(p2c, () => linear(hidden, hidden, std)),
});

/** Three maps, which serve distances as well where keys are shared. */
const apart = ({ hidden, initStd: std, c2p, p2c, sharedKeys }: DebertaConfig) => ({
  ...sideBySide(['query_proj', 'key_proj', 'value_proj'], {
    query_proj: linear(hidden, hidden, std),
    key_proj: linear(hidden, hidden, std),
    value_proj: linear(hidden, hidden, std),
  }),
  pos_key_proj: maybe(c2p && !sharedKeys, () => linear(hidden, hidden, std)),
  pos_query_proj: maybe(p2c && !sharedKeys, () => linear(hidden, hidden, std)),
});

const layer = (config: DebertaConfig) => {
  const { version, hidden, inner, initStd: std } = config;
  const self: ReturnType<typeof together> | ReturnType<typeof apart> =
    version === 'v1' ? together(config) : apart(config);
  return {
    attention: { self, output: { dense: linear(hidden, hidden, std), LayerNorm: norm(hidden) } },
    intermediate: { dense: linear(hidden, inner, std) },
    output: { dense: linear(inner, hidden, std), LayerNorm: norm(hidden) },
  };
};

/** A convolution over `2 · reach + 1` neighbours, beside the first layer. */
const convolution = ({
  hidden,
  reach,
  initStd: std,
}: DebertaConfig): { readonly conv: Linear; readonly LayerNorm: Linear } => ({
  conv: { weight: mapLeaf([hidden, hidden, 2 * reach + 1], std), bias: leaf([hidden], { kind: 'zeros' }) },
  LayerNorm: norm(hidden),
});

const head = ({ vocabSize, hidden, initStd: std }: DebertaConfig) => ({
  bias: leaf([vocabSize], { kind: 'zeros' }),
  dense: linear(hidden, hidden, std),
  LayerNorm: norm(hidden),
});

const legacyHead = (config: DebertaConfig) => {
  const { bias, ...transform } = head(config);
  return { predictions: { bias, transform } };
};

/** Names and shapes as Hugging Face's two classes spell them; the mask decoder's table as the published code does. */
export function spec(config: DebertaConfig) {
  const { vocabSize, hidden, maxLength, segments, initStd: std, positions, places, legacy } = config;
  const isV2 = config.version === 'v2';
  const distances = isRelative(config);
  return {
    model: {
      deberta: {
        embeddings: {
          word_embeddings: embedding(vocabSize, hidden, std, config.padId),
          position_embeddings: maybe(places !== 'none', () => positionTable(maxLength, hidden, std, positions)),
          token_type_embeddings: maybe<Table>(segments > 0, () => embedding(segments, hidden, std)),
          LayerNorm: norm(hidden),
        },
        encoder: {
          layer: repeat(config.layers, layer(config)),
          rel_embeddings: maybe(distances, () => positionTable(2 * spanOf(config), hidden, std, positions)),
          LayerNorm: maybe(isV2 && distances && config.normedDistances, () => norm(hidden)),
          conv: maybe(hasConvolution(config), () => convolution(config)),
        },
      },
      cls: maybe(legacy, () => legacyHead(config)),
      lm_predictions: maybe(!legacy, () => ({ lm_head: head(config) })),
    },
  };
}

export type DebertaParts = ReturnType<typeof spec>;
