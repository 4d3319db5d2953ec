import { drag, select } from 'd3';
import type { Attachment } from 'svelte/attachments';

/**
 * Moves targets of a row: drags one to another's place, or Alt with the left or right arrow key. `indexAt` tells whose
 * place a point is in; the targets lie in the order of the row. `onmove` answers where the moved one now is.
 */
export const reorder =
  (indexAt: (x: number) => number, onmove: (from: number, to: number) => number): Attachment<Element> =>
  (row) => {
    let held = -1;
    const behaviour = drag<Element, unknown>()
      .container(row as SVGGElement)
      .clickDistance(4)
      .on('start', ({ x }: { readonly x: number }) => {
        held = indexAt(x);
      })
      .on('drag', ({ x }: { readonly x: number }) => {
        const to = indexAt(x);
        if (to !== held) held = onmove(held, to);
      });
    select<Element, unknown>(row).call(behaviour);
    function onkeydown(event: Event): void {
      if (!(event instanceof KeyboardEvent) || !event.altKey) return;
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const all = [...row.querySelectorAll<SVGElement>('[data-target]')];
      const from = all.indexOf(event.target as SVGElement);
      if (step === undefined || from < 0) return;
      event.preventDefault();
      if (all[from + step]) all[onmove(from, from + step)]?.focus();
    }
    row.addEventListener('keydown', onkeydown);
    return () => {
      select<Element, unknown>(row).on('.drag', null);
      row.removeEventListener('keydown', onkeydown);
    };
  };
