import { AppError } from './errors.ts';

/** What textures a device offers. */
export interface Limits {
  /** Longest side, in texels. */
  readonly largest: number;
  /** Rows that a fragment writes at once, a power of two: the layers of a sheet. */
  readonly layers: number;
}

/** What every device with WebGL 2 offers. OpenGL ES 3.0.6, tables 6.28 and 6.31. */
export const leastLimits: Limits = { largest: 2048, layers: 4 };

/** Sides of a texture, in texels. */
export interface Extent {
  readonly width: number;
  readonly height: number;
}

export const fits = ({ width, height }: Extent, { largest }: Pick<Limits, 'largest'>): boolean =>
  Math.max(width, height) <= largest;

export const texels = (numbers: number): number => Math.ceil(numbers / 4);

/** A matrix as a sheet: four columns a texel, rows in turn in each of the layers. */
export const sheetExtent = (rows: number, cols: number, { layers }: Pick<Limits, 'layers'>): Extent => ({
  width: Math.max(1, texels(cols)),
  height: Math.max(1, Math.ceil(rows / layers)),
});

/** Texels in a row of a flat texture; the shaders know it as 10 bits. */
export const flatWidth = 1024;

/** A vector as a flat: four numbers a texel, in rows of one width. */
export const flatExtent = (numbers: number): Extent => ({
  width: flatWidth,
  height: Math.max(1, Math.ceil(texels(numbers) / flatWidth)),
});

/** A matrix as TensorFlow.js lays it out, one number a texel: as it is where it fits, else line by line in a square. */
export function plainExtent(rows: number, cols: number, limits: Pick<Limits, 'largest'>): Extent {
  if (fits({ width: cols, height: rows }, limits)) return { width: cols, height: rows };
  const height = Math.ceil(Math.sqrt(rows * cols));
  return { width: Math.ceil((rows * cols) / height), height };
}

/** The name of the GPU or software renderer. */
export function adapterOf(gl: WebGL2RenderingContext): string {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}

/** A renderer that runs on the CPU. */
export function isSoftware(gl: WebGL2RenderingContext): boolean {
  return /swiftshader|llvmpipe|software|basic render/i.test(adapterOf(gl));
}

/**
 * Eight rows a fragment halve the texture reads of a product against four, which is what a software renderer spends its
 * time on; a real GPU is promised no more than four targets and would rather have more fragments.
 */
export const limitsOf = (gl: WebGL2RenderingContext): Limits => ({
  largest: gl.getParameter(gl.MAX_TEXTURE_SIZE),
  layers: isSoftware(gl) && gl.getParameter(gl.MAX_DRAW_BUFFERS) >= 8 ? 8 : 4,
});

/** 16384 → 16,384. */
export const inDigits = (n: number): string => n.toLocaleString('en');

/** That `what` needs a larger texture than there is; `advice` is a sentence, and `field` the control it is about. */
export function tooLarge(
  what: string,
  { width, height }: Extent,
  { largest }: Pick<Limits, 'largest'>,
  advice: string,
  field?: string,
): AppError {
  const wanted = `${inDigits(width)} × ${inDigits(height)}`;
  const offered = `${inDigits(largest)} × ${inDigits(largest)}`;
  const text = `${what} a texture of ${wanted} texels, and this device offers at most ${offered}. ${advice}`;
  return new AppError('too-large', text, field);
}

/** What to do where it is not known which setting is to blame. */
export const takeLess = 'Choose a smaller batch, length or width, or fewer layers.';
