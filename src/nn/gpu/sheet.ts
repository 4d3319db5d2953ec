import { sheetExtent } from '../../core/textures.ts';
import type { Gpu } from './gpu.ts';
import type { Content, Part, Sheet } from './layout.ts';
import { makeTexture } from './room.ts';

/**
 * An empty sheet, used once; what it holds is undefined until a program writes it. Throws `too-large` where the device
 * has no room for it.
 */
export function allocate(gpu: Gpu, rows: number, cols: number): Sheet {
  const { gl, layers } = gpu;
  const extent = sheetExtent(rows, cols, gpu);
  const { width, height } = extent;
  const idle = gpu.idleSheets.get(width * 65536 + height)?.pop();
  const texture = idle?.texture ?? makeTexture(gpu, extent, layers);
  gpu.bytes += width * height * layers * 16;
  if (idle) return { ...idle, rows, cols, uses: 1 };
  const framebuffer = gl.createFramebuffer()!;
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  const targets = Array.from({ length: layers }, (_, layer) => gl.COLOR_ATTACHMENT0 + layer);
  targets.forEach((target, layer) => {
    gl.framebufferTextureLayer(gl.FRAMEBUFFER, target, texture, 0, layer);
  });
  gl.drawBuffers(targets);
  return { texture, framebuffer, rows, cols, width, height, uses: 1 };
}

/** One use less. */
export function release(gpu: Gpu, sheet: Sheet): void {
  sheet.uses -= 1;
  if (sheet.uses > 0) return;
  gpu.bytes -= sheet.width * sheet.height * gpu.layers * 16;
  const size = sheet.width * 65536 + sheet.height;
  const idle = gpu.idleSheets.get(size);
  if (idle) idle.push(sheet);
  else gpu.idleSheets.set(size, [sheet]);
}

/** Fills a sheet from numbers on the CPU, row-major. */
export function upload(gpu: Gpu, values: ArrayLike<number>, rows: number, cols: number): Sheet {
  const sheet = allocate(gpu, rows, cols);
  const { gl, layers } = gpu;
  const { width, height } = sheet;
  const data = new Float32Array(width * height * layers * 4);
  for (let row = 0; row < rows; row++) {
    const start = (((row % layers) * height + Math.floor(row / layers)) * width) << 2;
    for (let col = 0; col < cols; col++) data[start + col] = values[row * cols + col] ?? 0;
  }
  gl.bindTexture(gl.TEXTURE_2D_ARRAY, sheet.texture);
  gl.texSubImage3D(gl.TEXTURE_2D_ARRAY, 0, 0, 0, 0, width, height, layers, gl.RGBA, gl.FLOAT, data);
  return sheet;
}

/** The whole of a sheet. */
export const whole = (sheet: Sheet): Part => ({ sheet, row: 0, col: 0, down: false, splits: 1, stride: 0 });

/** The sheet, if the content is the whole of one with this many columns. */
export function soleSheet(content: Content | undefined, cols: number): Sheet | undefined {
  if (content?.kind !== 'parts' || content.parts.length !== 1) return undefined;
  const [{ sheet, row, col, down, splits }] = content.parts as [Part];
  return row === 0 && col === 0 && !down && splits === 1 && sheet.cols === cols ? sheet : undefined;
}
