import { type AnyOptions, byId } from './facts.ts';
import type { Noising, Pairing } from './objective.ts';

export type AnyPairing = Pairing<AnyOptions, unknown>;
export type AnyNoising = Noising<AnyOptions, unknown>;

const found = Object.values(
  import.meta.glob<AnyPairing | AnyNoising>('./*/index.ts', { eager: true, import: 'objective' }),
);

/** Every way of choosing which text goes together, by id; found by folder. */
export const pairings = byId(found.filter((one) => one.kind === 'pairing'));

/** Every way of hiding, reordering or replacing, by id; found by folder. */
export const noisings = byId(found.filter((one) => one.kind === 'noising'));
