/** The mean of some numbers; 0 of none. */
export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, x) => sum + x, 0) / Math.max(1, values.length);

/** Sample standard deviation; 0 for fewer than two values. */
export function deviationOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1));
}

/** So many decimals that a spread is seen: at least two, at most four. */
export const decimalsFor = (spread: number): number =>
  spread > 0 && spread < 1 ? Math.min(4, Math.max(2, Math.ceil(-Math.log10(spread)))) : 2;

/** So many decimals that the least spread among these is seen. */
export const digitsOf = (results: readonly (readonly number[])[]): number =>
  decimalsFor(Math.min(1, ...results.map(deviationOf).filter((spread) => spread > 0)));

/** `3.02 ± 0.04` */
export const spreadText = (values: readonly number[], digits: number): string =>
  values.length < 2
    ? meanOf(values).toFixed(digits)
    : `${meanOf(values).toFixed(digits)} ± ${deviationOf(values).toFixed(digits)}`;
