import type { Noising, Pairing } from './objective.ts';

/** Options whose names are not known, as the catalog and the address hold them. */
export type AnyOptions = Readonly<Record<string, unknown>>;
export type AnyPairing = Pairing<AnyOptions, unknown>;
export type AnyNoising = Noising<AnyOptions, unknown>;

const found = Object.values(
  import.meta.glob<AnyPairing | AnyNoising>('./*/index.ts', { eager: true, import: 'objective' }),
);

const byId = <T extends { readonly id: string }>(list: readonly T[]): Readonly<Record<string, T>> =>
  Object.fromEntries(list.map((one) => [one.id, one]));

/** Every way of choosing which text goes together, by id; found by folder. */
export const pairings = byId(found.filter((one) => one.kind === 'pairing'));

/** Every way of hiding, reordering or replacing, by id; found by folder. */
export const noisings = byId(found.filter((one) => one.kind === 'noising'));
