/** Holds a training back to so many updates a second, for showing it to others. No number of a run depends on it. */
export interface Tempo {
  /** At most so many updates a second; 0: as fast as it goes. Heeded from the next update on. */
  limit(stepsPerSecond: number): void;
  /** How long update `step` + 1 is still to wait, in milliseconds. To be asked after every update. */
  wait(step: number): number;
}

export function createTempo(): Tempo {
  let rate = 0;
  let known = Number.POSITIVE_INFINITY;
  let updatedAt = Number.NEGATIVE_INFINITY;
  return {
    limit(stepsPerSecond) {
      rate = stepsPerSecond;
    },
    wait(step) {
      // A run that was set back, or another one, has not just done an update.
      if (step > known) updatedAt = performance.now();
      known = step;
      return rate === 0 ? 0 : Math.max(0, updatedAt + 1000 / rate - performance.now());
    },
  };
}
