import { drag, select } from 'd3';
import type { Attachment } from 'svelte/attachments';

/**
 * One stop of the Tab key for a whole figure; the arrow keys, Home and End move among its targets.
 * A target is what carries `data-target`; up and down move by rows as they lie on the screen.
 */
export const roving: Attachment<Element> = (root) => {
  const targets = () => [...root.querySelectorAll<SVGElement>('[data-target]')];
  const centre = (target: Element) => {
    const box = target.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  function vertical(all: readonly SVGElement[], from: SVGElement, sign: 1 | -1): SVGElement | undefined {
    const here = centre(from);
    const cost = (target: SVGElement) => {
      const there = centre(target);
      return Math.abs(there.y - here.y) * 1000 + Math.abs(there.x - here.x);
    };
    return all.filter((target) => sign * (centre(target).y - here.y) > 4).sort((a, b) => cost(a) - cost(b))[0];
  }
  function onkeydown(event: Event): void {
    if (!(event instanceof KeyboardEvent) || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = targets();
    const at = all.indexOf(event.target as SVGElement);
    if (at < 0) return;
    const goal: Readonly<Record<string, () => SVGElement | undefined>> = {
      ArrowRight: () => all[at + 1],
      ArrowLeft: () => all[at - 1],
      ArrowDown: () => vertical(all, all[at]!, 1),
      ArrowUp: () => vertical(all, all[at]!, -1),
      Home: () => all[0],
      End: () => all.at(-1),
    };
    const find = goal[event.key];
    if (!find) return;
    event.preventDefault();
    event.stopPropagation();
    find()?.focus();
  }
  function onfocusin(event: Event): void {
    const all = targets();
    if (!all.includes(event.target as SVGElement)) return;
    for (const target of all) target.setAttribute('tabindex', target === event.target ? '0' : '-1');
  }
  root.addEventListener('keydown', onkeydown);
  root.addEventListener('focusin', onfocusin);
  return () => {
    root.removeEventListener('keydown', onkeydown);
    root.removeEventListener('focusin', onfocusin);
  };
};

/** Calls `onmove` with the pointer's place inside the element while it is dragged, and once where it went down. */
export const dragging =
  (onmove: (x: number, y: number) => void): Attachment<Element> =>
  (node) => {
    const behaviour = drag<Element, unknown>()
      .container(node as SVGGElement)
      .on('start drag', (event: { readonly x: number; readonly y: number }) => onmove(event.x, event.y));
    select<Element, unknown>(node).call(behaviour);
    return () => {
      select<Element, unknown>(node).on('.drag', null);
    };
  };

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
