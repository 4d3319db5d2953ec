import type { Attachment } from 'svelte/attachments';
import { on } from 'svelte/events';
import { isModelPart } from '../../../figures/named-parts.ts';
import type { Lab } from '../../../panels/lab.svelte.ts';

/** Words that name a part of the model light it when they are pointed at or have the focus, and it lights them. */
export const lighting =
  ({ lit }: Pick<Lab, 'lit'>): Attachment<HTMLElement> =>
  (prose) => {
    const light = (event: Event) => {
      const word = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-part]') : null;
      const part = word?.dataset.part ?? '';
      lit.part = isModelPart(part) ? part : undefined;
    };
    const dim = () => {
      lit.part = undefined;
    };
    $effect(() => {
      for (const word of prose.querySelectorAll<HTMLElement>('[data-part]'))
        word.classList.toggle('lit', word.dataset.part === lit.part);
    });
    const offs = [
      on(prose, 'pointerover', light),
      on(prose, 'pointerleave', dim),
      on(prose, 'focusin', light),
      on(prose, 'focusout', dim),
    ];
    return () => {
      for (const off of offs) off();
      dim();
    };
  };
