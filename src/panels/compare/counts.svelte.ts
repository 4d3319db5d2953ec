import { loadPictures } from '../../models/pictures.ts';

/** Fetches what counting needs, once somebody looks. To be called while a component is set up. */
export function createCounts(isWanted: () => boolean) {
  let isReady = $state(false);
  let isLost = $state(false);
  $effect(() => {
    if (!isWanted() || isReady) return;
    loadPictures().then(
      () => {
        isReady = true;
      },
      () => {
        isLost = true;
      },
    );
  });
  return {
    get isReady() {
      return isReady;
    },
    get isLost() {
      return isLost;
    },
  };
}
