import type { Activation } from '../../nn/layers.ts';
import { flag, type Json, real, whole, word } from './config-json.ts';

/** One entry of a configuration: what `config.json` calls it, and how it is read from there. */
export interface Field<T> {
  readonly name: string;
  readonly read: (json: Json) => T;
}

/** The entries of a configuration by our names, in the order of the file. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

/** What a table of fields holds. */
export type ConfigOf<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** A whole number of at least `least`; `absent` is the default of the reference class, here as below. */
export const wholeField = (name: string, absent: number, least = 1): Field<number> => ({
  name,
  read: (json) => whole(json, name, absent, least),
});

/** A number from 0 on. */
export const realField = (name: string, absent: number): Field<number> => ({
  name,
  read: (json) => real(json, name, absent),
});

export const flagField = (name: string, absent: boolean): Field<boolean> => ({
  name,
  read: (json) => flag(json, name, absent),
});

/** One of the activations that are computed here. */
export const activationField = (name: string, absent: Activation): Field<Activation> => ({
  name,
  read: (json) => word(json, name, absent, ['gelu', 'gelu_new', 'relu']),
});

/** A configuration under the names of the file, in the order of its table. */
export const writeFields = <F extends Fields>(fields: F, config: ConfigOf<F>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([key, { name }]) => [name, config[key]]));

/** The configuration of a file; what is wrong in it is refused by name. */
export const readFields = <F extends Fields>(fields: F, json: Json): ConfigOf<F> =>
  Object.fromEntries(Object.entries(fields).map(([key, { read }]) => [key, read(json)])) as ConfigOf<F>;

/** Encoder layers as BERT's file spells them, with BERT's defaults; others put theirs in their place. */
export const layerFields = {
  hidden: wholeField('hidden_size', 768),
  layers: wholeField('num_hidden_layers', 12),
  heads: wholeField('num_attention_heads', 12),
  /** Width between the two feed-forward layers. */
  inner: wholeField('intermediate_size', 3072),
  activation: activationField('hidden_act', 'gelu'),
  hiddenDropout: realField('hidden_dropout_prob', 0.1),
  attentionDropout: realField('attention_probs_dropout_prob', 0.1),
};

/** What stands behind the position table in such a file. */
export const startFields = {
  segments: wholeField('type_vocab_size', 2),
  initStd: realField('initializer_range', 0.02),
  epsilon: realField('layer_norm_eps', 1e-12),
  padId: wholeField('pad_token_id', 0, 0),
};
