import { flatExtent, flatWidth, texels } from '../../core/textures.ts';
import type { Gpu } from './gpu.ts';
import type { Flat } from './layout.ts';
import { makeTexture } from './room.ts';

/** An empty flat with room for so many numbers. Throws `too-large` where the device has none. */
export function allocateFlat(gpu: Gpu, numbers: number): Flat {
  const extent = flatExtent(numbers);
  const { height } = extent;
  const flat = gpu.idleFlats.get(height)?.pop() ?? { texture: makeTexture(gpu, extent), height };
  gpu.bytes += height * flatWidth * 16;
  return flat;
}

export function releaseFlat(gpu: Gpu, flat: Flat): void {
  gpu.bytes -= flat.height * flatWidth * 16;
  const idle = gpu.idleFlats.get(flat.height);
  if (idle) idle.push(flat);
  else gpu.idleFlats.set(flat.height, [flat]);
}

/**
 * Puts numbers into a flat of `length` numbers from `at` on, where a row begins; what follows the last of them in its
 * row is 0. Whole rows are handed over as they lie: a copy may be large.
 */
export function fillFlat(gpu: Gpu, { texture }: Flat, length: number, at: number, values: Float32Array): void {
  const { gl } = gpu;
  // Whole rows only: a short vector needs no more than its own texels.
  const width = Math.min(flatWidth, Math.max(1, texels(length)));
  const row = 4 * width;
  const [first, whole] = [at / row, Math.floor(values.length / row)];
  gl.bindTexture(gl.TEXTURE_2D, texture);
  const put = (from: number, count: number, data: Float32Array) =>
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, from, width, count, gl.RGBA, gl.FLOAT, data);
  if (whole > 0) put(first, whole, values.subarray(0, whole * row));
  if (whole * row === values.length && length > 0) return;
  const last = new Float32Array(row);
  last.set(values.subarray(whole * row));
  put(first + whole, 1, last);
}

/** A vector from the CPU; what follows its end is 0. */
export function uploadFlat(gpu: Gpu, values: ArrayLike<number>): Flat {
  const flat = allocateFlat(gpu, values.length);
  fillFlat(gpu, flat, values.length, 0, values instanceof Float32Array ? values : Float32Array.from(values));
  return flat;
}

/** Numbers row by row with every row starting at a texel: what a matrix of odd width needs. */
export function padRows(values: ArrayLike<number>, rows: number, cols: number): ArrayLike<number> {
  if (cols % 4 === 0) return values;
  const stride = texels(cols) * 4;
  const padded = new Float32Array(rows * stride);
  for (let row = 0; row < rows; row++)
    for (let col = 0; col < cols; col++) padded[row * stride + col] = values[row * cols + col]!;
  return padded;
}
