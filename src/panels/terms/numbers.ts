/** Rows of numbers, one behind the other. */
export interface Rows {
  readonly count: number;
  readonly width: number;
  readonly data: Float64Array;
}

/** Weights by their names in the state dict. */
export type Weights = Readonly<Record<string, Float32Array>>;

export const rowsOf = (count: number, width: number, value: (row: number, column: number) => number): Rows => ({
  count,
  width,
  data: Float64Array.from({ length: count * width }, (_, i) => value(Math.floor(i / width), i % width)),
});

/** Rows of a table [.., width] by their numbers. */
export const looked = (table: Float32Array, width: number, ids: readonly number[]): Rows =>
  rowsOf(ids.length, width, (row, column) => table[ids[row]! * width + column]!);

/** x Wᵀ + b: rows [count, in] and a weight [out, in] → [count, out]. */
export function mapped({ count, width, data }: Rows, weight: Float32Array, bias?: Float32Array): Rows {
  return rowsOf(count, weight.length / width, (row, out) => {
    let sum = bias?.[out] ?? 0;
    for (let i = 0; i < width; i++) sum += weight[out * width + i]! * data[row * width + i]!;
    return sum;
  });
}

export const added = (a: Rows, b: Rows): Rows => ({ ...a, data: a.data.map((value, i) => value + b.data[i]!) });

/** Layer norm of each row. Ba et al. 2016. */
export function normed({ count, width, data }: Rows, gain: Float32Array, bias: Float32Array, epsilon: number): Rows {
  const out = new Float64Array(data.length);
  for (let row = 0; row < count; row++) {
    const one = data.subarray(row * width, (row + 1) * width);
    const mean = one.reduce((sum, x) => sum + x, 0) / width;
    const spread = Math.sqrt(one.reduce((sum, x) => sum + (x - mean) ** 2, 0) / width + epsilon);
    one.forEach((x, i) => {
      out[row * width + i] = ((x - mean) / spread) * gain[i]! + bias[i]!;
    });
  }
  return { count, width, data: out };
}

/** The error function, to 1.2e-7. Press et al., Numerical Recipes, §6.2. */
function erf(x: number): number {
  const t = 1 / (1 + Math.abs(x) / 2);
  const series = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
    0.17087277,
  ].reduceRight((sum, c) => sum * t + c, 0);
  const value = 1 - t * Math.exp(-x * x + series);
  return x < 0 ? -value : value;
}

/** Hendrycks & Gimpel 2016, with the normal distribution itself. */
export const gelu = (x: number): number => (x / 2) * (1 + erf(x / Math.SQRT2));

export const each = ({ count, width, data }: Rows, change: (x: number) => number): Rows => ({
  count,
  width,
  data: data.map(change),
});

/** Shares of each row of a square of scores. */
export function sharesOf(scores: ArrayLike<number>, length: number): Float64Array {
  const shares = new Float64Array(length * length);
  for (let i = 0; i < length; i++) {
    let most = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < length; j++) most = Math.max(most, scores[i * length + j]!);
    let sum = 0;
    for (let j = 0; j < length; j++) sum += shares[i * length + j] = Math.exp(scores[i * length + j]! - most);
    for (let j = 0; j < length; j++) shares[i * length + j]! /= sum;
  }
  return shares;
}
