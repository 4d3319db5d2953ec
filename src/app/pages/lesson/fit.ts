import type { Attachment } from 'svelte/attachments';

/**
 * How much larger the type of a stage alone may be, and what it is never made smaller than, the page cut off or not:
 * on a projector what is a little smaller is read, and what is cut off is not.
 */
const largest = 2;
const smallest = 0.77;
/** The last pixels are not come to by ever smaller steps. */
const leastStep = 0.99;
/** Least of what shrinks: pictures in proportion. What seems to shrink less has had something come in meanwhile. */
const leastPower = 1;

/** A size of the type, and how high the page was with it. */
interface Tried {
  readonly zoom: number;
  readonly height: number;
}

/**
 * The zoom to try next for content that has room for `available`: text that wraps takes room by the square of its size,
 * pictures of a fixed size in proportion, and how it goes with this content is known after the second try. The square
 * root that is begun with never makes either too small.
 */
export function nextZoom({ zoom, height }: Tried, available: number, before?: Tried): number {
  if (height <= available) return zoom;
  const grown = before && before.zoom > zoom ? Math.log(before.height / height) / Math.log(before.zoom / zoom) : 2;
  const power = Math.min(2, Math.max(leastPower, grown));
  const share = (Math.max(0, available) / height) ** (1 / power);
  return Math.max(smallest, zoom * Math.min(leastStep, share));
}

/**
 * Shows a stage as large as the screen has room for. It only ever shrinks while it stands, so that nothing on a
 * projector jumps to and fro; another window size begins anew, and so does a caller who attaches it again.
 */
export const fitted: Attachment<HTMLElement> = (stage) => {
  let zoom = largest;
  let before: Tried | undefined;
  let frame = 0;
  const apply = (next: number) => {
    zoom = next;
    stage.style.setProperty('--zoom', String(zoom));
  };
  function look(): void {
    const { height } = stage.getBoundingClientRect();
    const beyond = document.documentElement.scrollHeight - window.innerHeight;
    const now = { zoom, height };
    const next = nextZoom(now, height - beyond, before);
    if (next === zoom) return;
    before = now;
    apply(next);
    frame = requestAnimationFrame(look);
  }
  const again = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(look);
  };
  const anew = () => {
    before = undefined;
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
