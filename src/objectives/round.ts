/**
 * The nearest whole number, halves to the even one: Python's `round` and `tf.round`, by which the reference code
 * decides how many tokens to hide. `Math.round` differs at 30, 70, 110, … tokens with a rate of 0.15.
 */
export function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  if (x - below === 0.5) return below % 2 === 0 ? below : below + 1;
  return Math.round(x);
}
