/** Where a playhead stands; at once on the page, and in the address as soon as it comes to rest. */
export interface Seeking {
  readonly at: number | undefined;
  readonly seek: (at: number | undefined) => void;
}

/** How long a playhead rests before the address follows, in milliseconds: browsers refuse frequent changes. */
const restMs = 200;

/** `addressed` is where the address has it, `write` puts it there. To be called while a component is set up. */
export function createSeeking(addressed: () => number | undefined, write: (at: number | undefined) => void): Seeking {
  let moved = $state.raw<{ readonly to: number | undefined }>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Whoever changes the address moves the playhead.
  $effect(() => {
    void addressed();
    moved = undefined;
  });
  $effect(() => () => clearTimeout(timer));
  return {
    get at() {
      return moved ? moved.to : addressed();
    },
    seek(to) {
      moved = { to };
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (to !== addressed()) write(to);
      }, restMs);
    },
  };
}
