import type { TreeOf } from '../../core/params.ts';
import {
  cutHeads,
  type Dropout,
  disentangledAttention,
  dropout,
  type LinearParams,
  linear,
  linears,
  type Mask,
  scoreTerms,
} from '../../nn/layers.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { DebertaConfig } from './config-file.ts';
import type { DebertaParts } from './weights-spec.ts';

type Self = TreeOf<DebertaParts['model']['deberta']['encoder']['layer'][number]['attention']['self'], Tensor>;

/** What one attention looks at, and how. */
export interface Look {
  /** Query states, where they are not those that are looked at: [batch, seq, hidden]. */
  readonly asks?: Tensor | undefined;
  /** Projected for the scores: one row a distance, the farthest first [2 · seq, hidden]; absent: none are heard. */
  readonly distances?: Tensor | undefined;
  readonly mask: Mask;
  readonly dropout?: Dropout | undefined;
  readonly dropDistances?: Dropout | undefined;
  readonly showMap?: ((probabilities: Tensor) => void) | undefined;
  /** Receives the terms of the scores by name, each [batch, head, seq, seq]. */
  readonly showTerm?: ((name: string, value: Tensor) => void) | undefined;
  /** Whether the query states are what is looked at and absolute places, so that these are a term of their own. */
  readonly isPlaced?: boolean | undefined;
}

/** A part of the tree that may have no leaves. */
const there = <T extends object>(params: T | object): T | undefined => ('weight' in params ? (params as T) : undefined);

type Three = readonly [query: LinearParams, key: LinearParams, value: LinearParams];

/** Queries of `asks`, keys and values of `x`, side by side as far as one product can do for them. */
function contentsOf(self: Self, x: Tensor, asks: Tensor | undefined, heads: number): readonly Tensor[] {
  if ('in_proj' in self) {
    const { in_proj: map, q_bias: q, v_bias: v } = self;
    if (!asks) return [cutHeads([linear(x, map), q, v], { heads, parts: ['q', 'k', 'v'] })];
    return [
      cutHeads([linear(asks, map), q], { heads, parts: ['q'] }),
      cutHeads([linear(x, map), v], { heads, parts: ['k', 'v'] }),
    ];
  }
  const [query, key, value]: Three = [self.query_proj, self.key_proj, self.value_proj];
  return asks ? [linear(asks, query), ...linears(x, [key, value])] : linears(x, [query, key, value]);
}

/** Distances as what queries meet and as what meets keys, of those that the terms ask for. */
function placesOf(self: Self, distances: Tensor, { c2p, p2c }: DebertaConfig): readonly Tensor[] {
  const [ofKeys, ofQueries]: readonly (LinearParams | undefined)[] =
    'in_proj' in self
      ? [there<LinearParams>(self.pos_proj), there<LinearParams>(self.pos_q_proj)]
      : [
          there<LinearParams>(self.pos_key_proj) ?? self.key_proj,
          there<LinearParams>(self.pos_query_proj) ?? self.query_proj,
        ];
  return [
    ...(c2p && ofKeys ? [linear(distances, ofKeys)] : []),
    ...(p2c && ofQueries ? [linear(distances, ofQueries)] : []),
  ];
}

/** x [batch, seq, hidden] → the same, before the output projection. He et al. 2021, §3.1. */
export function attend(x: Tensor, self: Self, look: Look, config: DebertaConfig): Tensor {
  const { heads, c2c, c2p, p2c } = config;
  const { asks, mask, showMap, showTerm, isPlaced } = look;
  const distances = look.distances && dropout(look.distances, look.dropDistances);
  const places = distances ? placesOf(self, distances, config) : [];
  const options = { heads, mask, dropout: look.dropout, terms: { c2c, c2p, p2c } };
  const inputs = [...contentsOf(self, x, asks, heads), ...places];
  if (showTerm) {
    const terms = scoreTerms(inputs, options);
    const own = isPlaced ? scoreTerms([...contentsOf(self, x, undefined, heads), ...places], options) : terms;
    for (const [name, term] of own) showTerm(name, term);
    const added = [...own].map(([name, term]) => tf.sub(terms.get(name)!, term));
    if (isPlaced && added.length > 0)
      showTerm(
        'absolute',
        added.reduce<Tensor>((a, b) => tf.add(a, b), tf.scalar(0)),
      );
  }
  return disentangledAttention(inputs, options, showMap);
}
