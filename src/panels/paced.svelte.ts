import { untrack } from 'svelte';

/** A value, and how far what is dear to draw has followed it. */
export interface Paced<T> {
  readonly current: T;
  /** Whether the value changed just now, or what follows it has yet to come up. */
  readonly isMoving: boolean;
}

/** Without a change for so long, in milliseconds, and for two pictures of the screen, a value has come to rest. */
const stillMs = 200;
/** Until it is drawn next, what follows lets so many times as long pass as drawing it took. */
const restShare = 2;
/** And this at most, in milliseconds: also where a device is busy with something else. */
const longestRestMs = 400;
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
  let isLeft = false;

  /** Calls after two pictures, with how long the second one has kept waiting, in milliseconds. */
  const afterTwo = (call: (tookMs: number) => void): void => {
    requestAnimationFrame((firstMs) => requestAnimationFrame((secondMs) => call(secondMs - firstMs)));
  };
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
    afterTwo((tookMs) => {
      if (isLeft) return;
      rest = setTimeout(
        () => {
          isBusy = false;
          follow();
        },
        Math.min(longestRestMs, restShare * (scriptMs + Math.max(0, tookMs - pictureMs))),
      );
    });
  }
  function settle(change: number): void {
    if (change !== changes || isLeft) return;
    isStill = true;
    // The next change is followed at once.
    isBusy = false;
    clearTimeout(rest);
    follow();
  }

  /** The first is what it begins with. */
  let changes = -1;
  $effect.pre(() => {
    void value();
    changes += 1;
    if (changes === 0) return;
    isMoving = true;
    isStill = false;
    const change = changes;
    clearTimeout(still);
    still = setTimeout(() => afterTwo(() => settle(change)), stillMs);
    if (!isBusy) follow();
  });
  $effect(() => () => {
    isLeft = true;
    clearTimeout(still);
    clearTimeout(rest);
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
