import { type Fact, fact, type Origin } from './fact.ts';

/** Groups of sizes, by shape and not by weights. */
export const tiers = {
  small: 'small: thinner or less deep than base',
  base: 'base: 12 layers of 768, or alike',
  large: 'large: 24 layers of 1,024, or alike',
  larger: 'larger still',
} as const;
export type Tier = keyof typeof tiers;

/** One published size of a system. */
export interface Size {
  /** `bert.base` */
  readonly id: string;
  readonly name: string;
  readonly tier: Tier;
  readonly shape: Fact;
  readonly paperWeights?: Fact;
  /** `config.json` as far as it departs from the defaults of the reference; a sentence: why it is not built here. */
  readonly config: Readonly<Record<string, unknown>> | string;
}

type More = Omit<Fact, 'text' | 'from' | 'number'>;

/** Millions of weights, as a paper gives them. */
export const million = (n: number, from: Origin, more: More = {}): Fact =>
  fact(n < 1000 ? `${n}M` : `${n / 1000}B`, from, { number: n * 1e6, ...more });

export const shape = (layers: string, hidden: number, heads: number, from: Origin, more: More = {}): Fact =>
  fact(`${layers} × ${hidden.toLocaleString('en')}, ${heads} heads`, from, {
    number: hidden,
    alike: `${layers} × ${hidden}`,
    ...more,
  });

/** An encoder as BERT spells it; the feed-forward is four times as wide. */
export const encoder = (hidden: number, layers: number, heads: number) => ({
  hidden_size: hidden,
  num_hidden_layers: layers,
  num_attention_heads: heads,
  intermediate_size: 4 * hidden,
});
export const base = encoder(768, 12, 12);
export const large = encoder(1024, 24, 16);
