import type { NoisingFacts, PairingFacts } from './objective.ts';

/** Options whose names are not known, as the catalogs and the address hold them. */
export type AnyOptions = Readonly<Record<string, unknown>>;
export type AnyPairingFacts = PairingFacts<AnyOptions>;
export type AnyNoisingFacts = NoisingFacts<AnyOptions>;

const found = Object.values(
  import.meta.glob<AnyPairingFacts | AnyNoisingFacts>('./*/facts.ts', { eager: true, import: 'facts' }),
);

export const byId = <T extends { readonly id: string }>(list: readonly T[]): Readonly<Record<string, T>> =>
  Object.fromEntries(list.map((one) => [one.id, one]));

/**
 * What is known of every pairing and noising, by id; found by folder. A page that draws nothing of them loads this and
 * not the catalog.
 */
export const pairingFacts = byId(found.filter((one) => one.kind === 'pairing'));
export const noisingFacts = byId(found.filter((one) => one.kind === 'noising'));
