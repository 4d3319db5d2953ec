/** The distance that `distance` counts as where none beyond `farthest` is told apart; 0: no limit. */
export const within = (distance: number, farthest: number): number =>
  farthest > 0 ? Math.max(-farthest, Math.min(farthest, distance)) : distance;

/**
 * Writes the sinusoids of a distance: all sines, then all cosines → `hidden` numbers from `at` on. Dai et al. 2019,
 * §3.3. Angles are rounded to float32 first, as the reference computes them.
 */
export function writeDistance(into: Float32Array, at: number, distance: number, hidden: number): void {
  const half = Math.ceil(hidden / 2);
  for (let c = 0; c < hidden; c++) {
    const angle = Math.fround(distance * Math.fround(1 / 10000 ** ((2 * (c % half)) / hidden)));
    into[at + c] = c < half ? Math.sin(angle) : Math.cos(angle);
  }
}
