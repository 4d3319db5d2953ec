import type { Attachment } from 'svelte/attachments';
import type { Lab } from '../lab.svelte.ts';
import type { Scene } from '../scene.svelte.ts';
import { compared } from '../tray.ts';
import { type Column, columnsOf, whyApart } from './columns.ts';

/** Two runs whose models can be looked at in turn, in the same place, and the one that is shown. */
export interface Sides {
  readonly columns: readonly Column[];
  readonly shown: Column;
  /** What the panels are to take for what is shown of it; undefined: what is on the chart. */
  readonly scene: Scene | undefined;
}

/** The two runs that are drawn, where they were asked the same; undefined: there is one alone. */
export function sidesOf({ tray, scene }: Pick<Lab, 'tray' | 'scene'>): Sides | undefined {
  const both = compared(tray.live, tray.shown);
  if (!both || whyApart(both)) return undefined;
  const columns = columnsOf(both, scene, tray);
  const of = (letter: string | undefined) => columns.find((one) => one.letter === letter);
  const shown = of(tray.looked) ?? of(tray.live?.letter) ?? columns[0];
  if (!shown || columns.length < 2) return undefined;
  if (shown.letter === tray.live?.letter) return { columns, shown, scene: undefined };
  const { run, frame, probe } = shown.seen;
  const { vocabulary } = both.find(({ letter }) => letter === shown.letter)!;
  return {
    columns,
    shown,
    scene: { ...scene, run, frame, probe, vocabulary, step: frame.step, origin: 'kept' },
  };
}

/** In a sentence why the run of a letter has no weights here. */
export const whyDrawnAlone = (letter: string): string =>
  `Of ${letter} only what is drawn was kept; the weights at hand are those of the run on the chart.`;

/** The letter of a run is a key, except where one types. */
export const letterKeys =
  ({ columns }: Sides, look: (letter: string) => void): Attachment<HTMLElement> =>
  (element) => {
    function turn(event: KeyboardEvent): void {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.target instanceof Element && event.target.closest('input, textarea, select')) return;
      const found = columns.find(({ letter }) => letter.toLowerCase() === event.key.toLowerCase());
      if (!found) return;
      event.preventDefault();
      event.stopPropagation();
      look(found.letter);
    }
    // Not by Svelte's own: whoever has that of it alone splits its runtime, which every page would fetch in two.
    element.addEventListener('keydown', turn);
    return () => element.removeEventListener('keydown', turn);
  };
