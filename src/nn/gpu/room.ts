import { AppError } from '../../core/errors.ts';
import { type Extent, fits, takeLess, tooLarge } from '../../core/textures.ts';
import type { Gpu } from './gpu.ts';

/** Bytes from which on it is asked whether there was room: asking waits for the GPU. */
const worthAsking = 2 ** 24;

const noMemory = `The memory of the graphics card has no room left for the arrays of this run. ${takeLess}`;

/** Whether no memory was lacking since it was last asked. */
function hadRoom(gl: WebGL2RenderingContext): boolean {
  let had = true;
  for (let error = gl.getError(); error !== gl.NO_ERROR; error = gl.getError())
    if (error === gl.OUT_OF_MEMORY) had = false;
  return had;
}

/** A new texture that holds RGBA32F; undefined where there is no memory for it. */
function store({ gl }: Gpu, { width, height }: Extent, layers: number | undefined): WebGLTexture | undefined {
  const target = layers === undefined ? gl.TEXTURE_2D : gl.TEXTURE_2D_ARRAY;
  const texture = gl.createTexture()!;
  gl.bindTexture(target, texture);
  if (layers === undefined) gl.texStorage2D(target, 1, gl.RGBA32F, width, height);
  else gl.texStorage3D(target, 1, gl.RGBA32F, width, height, layers);
  if (width * height * (layers ?? 1) * 16 >= worthAsking && !hadRoom(gl)) {
    gl.deleteTexture(texture);
    return undefined;
  }
  gl.texParameteri(target, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
  gl.texParameteri(target, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  return texture;
}

/** Gives back what nobody uses: it was of the sizes of a run before. */
function forgetIdle({ gl, idleSheets, idleFlats }: Gpu): void {
  for (const { texture, framebuffer } of [...idleSheets.values()].flat()) {
    gl.deleteFramebuffer(framebuffer);
    gl.deleteTexture(texture);
  }
  for (const { texture } of [...idleFlats.values()].flat()) gl.deleteTexture(texture);
  idleSheets.clear();
  idleFlats.clear();
}

/**
 * A texture of its own, a texture array where `layers` are given. Throws `too-large` where the device offers none of
 * this size or has no memory left: WebGL itself would go on, with zeros.
 */
export function makeTexture(gpu: Gpu, extent: Extent, layers?: number): WebGLTexture {
  if (!fits(extent, gpu)) throw tooLarge('An array of this run needs', extent, gpu, takeLess, 'batchSize');
  const stored = store(gpu, extent, layers);
  if (stored) return stored;
  forgetIdle(gpu);
  const second = store(gpu, extent, layers);
  if (second) return second;
  throw new AppError('too-large', noMemory, 'batchSize');
}
