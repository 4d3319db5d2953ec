import type { Headings } from './lessons/plugin.ts';

/** The acts of a lesson, and every step in order with the number of its act. */
export interface Outline {
  readonly acts: Headings;
  readonly steps: readonly { readonly id: string; readonly title: string; readonly act: number }[];
}

export const outlineOf = (acts: Headings): Outline => ({
  acts,
  steps: acts.flatMap(({ steps }, act) => steps.map(({ id, title }) => ({ id, title, act }))),
});
