/** One thing that the published code does otherwise than its paper describes. */
export interface Quirk {
  /** What it does, as a sentence: what "as published" draws. */
  readonly published: string;
  /** What is drawn "as described", as a sentence. */
  readonly described: string;
}

const found = import.meta.glob<readonly Quirk[]>('./*/quirks.ts', { import: 'quirks' });

/** The quirks of an objective, `quirks.ts` in its folder; none where it has one procedure only. */
export const quirksOf = async (id: string): Promise<readonly Quirk[]> => (await found[`./${id}/quirks.ts`]?.()) ?? [];
