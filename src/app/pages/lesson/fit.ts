import type { Attachment } from 'svelte/attachments';

/**
 * How much larger the type of a stage alone may be, and what it is never made smaller than, the page cut off or not.
 */
const largest = 2;
const smallest = 1.15;

/** A page that is taller than the screen by less than this share counts as fitting. */
const slack = 0.01;

/**
 * The zoom to try next for content of height `needed` that has room for `available`: text that wraps takes room by the
 * square of its size, pictures of a fixed size in proportion, so the square root never makes either too small.
 */
export function nextZoom(zoom: number, needed: number, available: number): number {
  if (needed <= available * (1 + slack)) return zoom;
  return Math.max(smallest, zoom * Math.sqrt(Math.max(0, available) / needed));
}

/**
 * Shows a stage as large as the screen has room for. It only ever shrinks while it stands, so that nothing on a
 * projector jumps to and fro; another window size begins anew, and so does a caller who attaches it again.
 */
export const fitted: Attachment<HTMLElement> = (stage) => {
  let zoom = largest;
  let frame = 0;
  const apply = (next: number) => {
    zoom = next;
    stage.style.setProperty('--zoom', String(zoom));
  };
  function look(): void {
    const { height } = stage.getBoundingClientRect();
    const beyond = document.documentElement.scrollHeight - window.innerHeight;
    const next = nextZoom(zoom, height, height - beyond);
    if (next === zoom) return;
    apply(next);
    frame = requestAnimationFrame(look);
  }
  const again = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(look);
  };
  const anew = () => {
    apply(largest);
    again();
  };
  apply(largest);
  const observer = new ResizeObserver(again);
  observer.observe(stage);
  window.addEventListener('resize', anew);
  return () => {
    cancelAnimationFrame(frame);
    observer.disconnect();
    window.removeEventListener('resize', anew);
    stage.style.removeProperty('--zoom');
  };
};
