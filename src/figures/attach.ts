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

/**
 * Calls `onmove` with the pointer's place, in the units of the drawing, where it goes down on the element and while it
 * is dragged, also outside of it.
 */
export const dragging =
  (onmove: (x: number, y: number) => void): Attachment<SVGGraphicsElement> =>
  (node) => {
    const move = ({ clientX, clientY }: PointerEvent) => {
      const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(node.getScreenCTM()?.inverse());
      onmove(x, y);
    };
    function onpointerdown(event: PointerEvent): void {
      if (event.button !== 0) return;
      node.setPointerCapture(event.pointerId);
      move(event);
    }
    function onpointermove(event: PointerEvent): void {
      if (node.hasPointerCapture(event.pointerId)) move(event);
    }
    node.addEventListener('pointerdown', onpointerdown);
    node.addEventListener('pointermove', onpointermove);
    return () => {
      node.removeEventListener('pointerdown', onpointerdown);
      node.removeEventListener('pointermove', onpointermove);
    };
  };
