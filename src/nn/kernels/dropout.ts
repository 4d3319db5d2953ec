import type { Rng } from '../../core/rng.ts';
import type { Gpu } from '../gpu/gpu.ts';
import type { Sheet } from '../gpu/layout.ts';
import { draw, each, outputs } from '../gpu/program.ts';
import { allocate } from '../gpu/sheet.ts';
import { sheetOf, wrapSheet } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import { fuse, type Kernel } from './kernel.ts';

/** What dropout needs: the share of zeros and a stream of its own. Absent or rate 0: no dropout. */
export interface Dropout {
  readonly rate: number;
  readonly rng: Rng;
}

/**
 * 0 or 1 / (1 − rate) for each of n elements, by a hash of the element's place and the stream's key: the same on every
 * backend.
 */
export function dropoutScale(n: number, { rate, rng }: Dropout): Float32Array {
  const scale = new Float32Array(n);
  const kept = 1 / (1 - rate);
  for (let i = 0; i < n; i++) {
    // Finalizer of MurmurHash3 over place and key.
    let h = Math.imul(i, 0x9e3779b1) ^ rng.key;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h = (h ^ (h >>> 16)) >>> 0;
    scale[i] = h / 4294967296 < rate ? 0 : kept;
  }
  return scale;
}

export const drops = (drop: Dropout | undefined): drop is Dropout => drop !== undefined && drop.rate > 0;

/**
 * GLSL of `dropoutScale` for four neighbours, the first of them at place `i`; uniforms `dropKey`, `dropBelow`,
 * `dropKept`.
 */
export const dropoutSource = `vec4 dropScale(int i) {
  uvec4 h = (uvec4(uint(i)) + uvec4(0u, 1u, 2u, 3u)) * 0x9e3779b1u ^ uvec4(dropKey);
  h = (h ^ (h >> 16)) * 0x85ebca6bu;
  h = (h ^ (h >> 13)) * 0xc2b2ae35u;
  h ^= h >> 16;
  return mix(vec4(dropKept), vec4(0), lessThan(h, uvec4(dropBelow)));
}`;
export const dropoutUints = ['dropKey', 'dropBelow'];
export const dropoutFloats = ['dropKept'];
export const dropoutNumbers = ({ rate, rng }: Dropout) => ({
  uints: [rng.key, Math.ceil(rate * 4294967296)],
  floats: [1 / (1 - rate)],
});

/** x times the scale of each place. */
export function dropSheet(gpu: Gpu, x: Sheet, drop: Dropout): Sheet {
  const { layers } = gpu;
  const sheet = allocate(gpu, x.rows, x.cols);
  const program = {
    key: `dropout ${x.cols}`,
    inputs: ['x'],
    uints: dropoutUints,
    floats: dropoutFloats,
    source: () => `${outputs(layers)}
${dropoutSource}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int i = at.y * ${layers * x.cols} + at.x * 4;
  ${each(layers, (r) => `y${r} = BLOCK(x, at.y, ${r}, at.x) * dropScale(i + ${r * x.cols});`)}
}`,
  };
  draw(gpu, program, [x], sheet, dropoutNumbers(drop));
  return sheet;
}

/** Input x of any shape. */
export const dropoutKernel: Kernel<Dropout> = {
  reference: ([x], drop) => tf.mul(x!, tf.tensor(dropoutScale(x!.size, drop), x!.shape)),
  forward(gpu, [x], drop) {
    return { value: wrapSheet(dropSheet(gpu, sheetOf(gpu, x!), drop), x!.shape), saved: [] };
  },
  gradient(gpu, dy, _, drop) {
    return [wrapSheet(dropSheet(gpu, sheetOf(gpu, dy), drop), dy.shape)];
  },
};

const fusedDropout = fuse(dropoutKernel);

/** Zeroes a share of x and scales the rest up; the gradient passes the same places. */
export const dropout = (x: Tensor, drop?: Dropout): Tensor => (drops(drop) ? fusedDropout([x], drop) : x);
