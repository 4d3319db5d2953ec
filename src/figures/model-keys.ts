import type { Attachment } from 'svelte/attachments';

const steps: Readonly<Record<string, readonly ['across' | 'along', 1 | -1]>> = {
  ArrowLeft: ['across', -1],
  ArrowRight: ['across', 1],
  ArrowUp: ['along', -1],
  ArrowDown: ['along', 1],
};

/**
 * Arrow keys of targets that stand together in one group: those along the group go to its next target and pick it,
 * those across do something else, and where either has nothing to do the key is left to the figure.
 */
export const stepping =
  (
    along: 'horizontal' | 'vertical',
    onpick: (index: number) => void,
    onacross?: (by: 1 | -1) => void,
  ): Attachment<Element> =>
  (group) => {
    function onkeydown(event: Event): void {
      if (!(event instanceof KeyboardEvent) || event.altKey || event.ctrlKey || event.metaKey) return;
      const key = steps[event.key];
      if (!key) return;
      const [axis, by] = key;
      // The table is written for targets below one another.
      const isAlong = (axis === 'along') === (along === 'vertical');
      if (!isAlong) {
        if (!onacross) return;
        onacross(by);
      } else {
        const targets = [...group.querySelectorAll<SVGElement>('[data-target]')];
        const next = targets.indexOf(event.target as SVGElement) + by;
        const target = targets[next];
        // A row of tokens ends where it ends; from the last head one goes on to what lies below.
        if (!target && along === 'vertical') return;
        target?.focus();
        if (target) onpick(next);
      }
      event.preventDefault();
      event.stopPropagation();
    }
    group.addEventListener('keydown', onkeydown as EventListener);
    return () => group.removeEventListener('keydown', onkeydown as EventListener);
  };
