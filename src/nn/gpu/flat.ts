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

/** A vector from the CPU; what follows its end is 0. Whole rows are handed over as they lie: a copy may be large. */
export function uploadFlat(gpu: Gpu, values: ArrayLike<number>): Flat {
  const flat = allocateFlat(gpu, values.length);
  const { gl } = gpu;
  // Whole rows only: a short vector needs no more than its own texels.
  const width = flat.height === 1 ? Math.max(1, texels(values.length)) : flatWidth;
  const numbers = values instanceof Float32Array ? values : Float32Array.from(values);
  const rows = Math.floor(values.length / (4 * width));
  gl.bindTexture(gl.TEXTURE_2D, flat.texture);
  const put = (first: number, count: number, data: Float32Array) =>
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, first, width, count, gl.RGBA, gl.FLOAT, data);
  if (rows > 0) put(0, rows, numbers.subarray(0, rows * width * 4));
  if (rows < flat.height) {
    const last = new Float32Array(width * (flat.height - rows) * 4);
    last.set(numbers.subarray(rows * width * 4));
    put(rows, flat.height - rows, last);
  }
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
