import { untrack } from 'svelte';

/** A value, and how far what is dear to draw has followed it. */
export interface Paced<T> {
  readonly current: T;
  /** Whether the value changed just now, or what follows it has yet to come up. */
  readonly isMoving: boolean;
}

/** Without a change for so long, in milliseconds, a value has come to rest. */
const stillMs = 200;
/** Until it is drawn next, what follows lets so many times as long pass as drawing it took. */
const restShare = 2;
/** What is drawn within two pictures of a screen has held up none, in milliseconds. */
const pictureMs = 17;

/**
 * Follows a value as often as the device can draw what hangs on it: at once where it rested, each second picture of the
 * screen where drawing takes no time, and otherwise for a third of the time at most, so that the rest stays for what
 * must not wait, like the playhead under a pointer. To be called while a component is set up.
 */
export function createPaced<T>(value: () => T): Paced<T> {
  let current = $state.raw(untrack(value));
  let isMoving = $state(false);
  /** Whether it is being drawn, or lets time pass after that. */
  let isBusy = false;
  let isStill = true;
  let still: ReturnType<typeof setTimeout> | undefined;
  let rest: ReturnType<typeof setTimeout> | undefined;
  let picture = 0;

  function follow(): void {
    const next = untrack(value);
    if (next !== untrack(() => current)) {
      isBusy = true;
      const beganMs = performance.now();
      current = next;
      // After what was set is in the page.
      queueMicrotask(() => paint(performance.now() - beganMs));
    }
    if (isStill) isMoving = false;
  }
  /** Waits until the screen has it; `scriptMs` is what the page has spent on it so far. */
  function paint(scriptMs: number): void {
    cancelAnimationFrame(picture);
    picture = requestAnimationFrame((firstMs) => {
      picture = requestAnimationFrame((secondMs) => {
        const tookMs = scriptMs + Math.max(0, secondMs - firstMs - pictureMs);
        clearTimeout(rest);
        rest = setTimeout(() => {
          isBusy = false;
          follow();
        }, restShare * tookMs);
      });
    });
  }

  let isFirst = true;
  $effect.pre(() => {
    void value();
    if (isFirst) {
      isFirst = false;
      return;
    }
    isMoving = true;
    isStill = false;
    clearTimeout(still);
    still = setTimeout(() => {
      isStill = true;
      follow();
    }, stillMs);
    if (!isBusy) follow();
  });
  $effect(() => () => {
    clearTimeout(still);
    clearTimeout(rest);
    cancelAnimationFrame(picture);
  });
  return {
    get current() {
      return current;
    },
    get isMoving() {
      return isMoving;
    },
  };
}
