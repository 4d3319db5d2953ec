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
import type { DebertaConfig } from './config.ts';
import type { DebertaParts } from './weights-spec.ts';

type Self = TreeOf<DebertaParts['model']['deberta']['encoder']['layer'][number]['attention']['self'], Tensor>;

/** What can be looked at in one layer, by whoever asks. */
export interface Sight {
  /** Keys and values [batch, seq, hidden], side by side where one product can do for both. */
  readonly contents: readonly Tensor[];
  /** Projected distances of the terms that ask for them, each [2 · seq, hidden]. */
  readonly places: readonly Tensor[];
}

/** How one looks. */
export interface Look {
  readonly mask: Mask;
  readonly dropout?: Dropout | undefined;
  readonly showMap?: ((probabilities: Tensor) => void) | undefined;
  /** Receives the terms of the scores by name, each [batch, head, seq, seq]. */
  readonly showTerm?: ((name: string, value: Tensor) => void) | undefined;
  /** What the asking states were before absolute places were added, where these are to be a term of their own. */
  readonly unplaced?: Tensor | undefined;
}

/** A part of the tree that may have no leaves. */
const there = <T extends object>(params: T | object): T | undefined => ('weight' in params ? (params as T) : undefined);

/** Distances as what queries meet and as what meets keys, of those that the terms ask for. */
function placesOf(self: Self, distances: Tensor, { c2p, p2c }: DebertaConfig): readonly Tensor[] {
  const [ofKeys, ofQueries]: readonly (LinearParams | undefined)[] =
    'in_proj' in self
      ? [there<LinearParams>(self.pos_proj), there<LinearParams>(self.pos_q_proj)]
      : [
          there<LinearParams>(self.pos_key_proj) ?? self.key_proj,
          there<LinearParams>(self.pos_query_proj) ?? self.query_proj,
        ];
  const asked = [...(c2p && ofKeys ? [ofKeys] : []), ...(p2c && ofQueries ? [ofQueries] : [])];
  return asked.map((map) => linear(distances, map));
}

/** Distances [2 · seq, hidden] or none, projected as a layer has it; dropped before. */
export const heard = (self: Self, distances: Tensor | undefined, config: DebertaConfig, drop?: Dropout) =>
  distances ? placesOf(self, dropout(distances, drop), config) : [];

/** What `x` [batch, seq, hidden] can be asked for. */
export function look(x: Tensor, self: Self, heads: number): readonly Tensor[] {
  if (!('in_proj' in self)) return linears(x, [self.key_proj, self.value_proj]);
  return [cutHeads([linear(x, self.in_proj), self.v_bias], { heads, parts: ['k', 'v'] })];
}

/** Queries of `x` [batch, seq, hidden] → the same. */
function ask(x: Tensor, self: Self, heads: number): Tensor {
  if (!('in_proj' in self)) return linear(x, self.query_proj);
  return cutHeads([linear(x, self.in_proj), self.q_bias], { heads, parts: ['q'] });
}

/** Queries, keys and values of `x` [batch, seq, hidden], side by side as far as one product can do for them. */
function both(x: Tensor, self: Self, heads: number): readonly Tensor[] {
  if (!('in_proj' in self)) return linears(x, [self.query_proj, self.key_proj, self.value_proj]);
  const { in_proj: map, q_bias: q, v_bias: v } = self;
  return [cutHeads([linear(x, map), q, v], { heads, parts: ['q', 'k', 'v'] })];
}

/**
 * x [batch, seq, hidden] asks, of what is in sight or, where there are no contents, of itself → the same, before the
 * output projection. He et al. 2021, §3.1.
 */
export function attend(x: Tensor, self: Self, sight: Sight, how: Look, config: DebertaConfig): Tensor {
  const { heads, c2c, c2p, p2c } = config;
  const { mask, showMap, showTerm, unplaced } = how;
  const { contents, places } = sight;
  const asking = (states: Tensor) => [
    ...(contents.length > 0 ? [ask(states, self, heads), ...contents] : both(states, self, heads)),
    ...places,
  ];
  const options = { heads, mask, dropout: how.dropout, terms: { c2c, c2p, p2c } };
  const inputs = asking(x);
  if (showTerm) {
    const terms = scoreTerms(inputs, options);
    const own = unplaced ? scoreTerms(asking(unplaced), options) : terms;
    for (const [name, term] of own) showTerm(name, term);
    const added = [...own].map(([name, term]) => tf.sub(terms.get(name)!, term));
    if (unplaced && added.length > 0)
      showTerm(
        'absolute',
        added.reduce<Tensor>((a, b) => tf.add(a, b), tf.scalar(0)),
      );
  }
  return disentangledAttention(inputs, options, showMap);
}
