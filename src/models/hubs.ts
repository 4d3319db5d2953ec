import type { AnyBlueprint, AnyHub } from './architecture.ts';

const found = import.meta.glob<AnyHub>('./*/hub.ts', { eager: true, import: 'hub' });

/**
 * How Hugging Face's files spell an architecture. Apart from the blueprint, since only who reads or writes such files
 * needs it.
 */
export const hubOf = ({ id }: AnyBlueprint): AnyHub => found[`./${id}/hub.ts`]!;
