import { isPictured, loadPicture } from '../models/pictures.ts';

/**
 * Fetches what the pictures of an architecture are made from when it is looked at. To be called while a component is
 * set up.
 */
export function createPicture(architecture: () => string | undefined) {
  let fetched = $state(0);
  $effect(() => {
    const wanted = architecture();
    if (wanted === undefined || isPictured(wanted)) return;
    loadPicture(wanted).then(
      () => {
        fetched += 1;
      },
      () => undefined,
    );
  });
  return {
    /** Whether they may be asked for. */
    get isReady() {
      void fetched;
      const wanted = architecture();
      return wanted !== undefined && isPictured(wanted);
    },
  };
}
