import { GPGPUContext, setWebGLContext } from '@tensorflow/tfjs-backend-webgl';
import * as core from '@tensorflow/tfjs-core';
import { AppError } from '../core/errors.ts';
import { adapterOf, isSoftware, type Limits } from '../core/textures.ts';
import { SheetBackend } from './gpu/backend.ts';
import { registerLazySum } from './gpu/lazy-sum.ts';

const noWebGl2 =
  'This browser offers no WebGL 2, which training needs; allow hardware acceleration in its settings or use another browser.';
const halfFloats =
  'The textures of this device hold only half-precision numbers, with which training breaks down; use another device or browser.';

const withheld =
  'This browser offers no textures of full precision, which training needs: the graphics driver has none, or a protection against fingerprinting hides them. Make an exception for this site, or use another browser or device.';
const scrambled =
  'This browser hands back other numbers than the graphics card computed, as a protection against fingerprinting does (in Firefox: privacy.resistFingerprinting). Make an exception for this site, or use another browser or profile.';
const lostAtOnce = 'The graphics driver reset itself while it was being tried. Press Start to try again.';

const attributes: WebGLContextAttributes = {
  alpha: false,
  antialias: false,
  depth: false,
  stencil: false,
  premultipliedAlpha: false,
  preserveDrawingBuffer: false,
  failIfMajorPerformanceCaveat: false,
};

/** A context of our own: TensorFlow.js refuses an OffscreenCanvas in Safari's workers because of the browser's name. */
function openContext(): WebGL2RenderingContext | null {
  const canvas = typeof OffscreenCanvas === 'undefined' ? document.createElement('canvas') : new OffscreenCanvas(1, 1);
  return canvas.getContext('webgl2', attributes) as WebGL2RenderingContext | null;
}

/** 100,000 is beyond half floats, 1 + 2⁻²⁰ between two of them, 1e-30 nothing to them. */
const probes = Float32Array.of(100000, 1 + 2 ** -20, 1e-30, -1);
const isSame = (found: Float32Array): boolean => found.every((number, i) => number === probes[i]);
/** Whether these are the probes as half floats have them, which saturate or overflow. */
const areHalves = ([big = 0, ...rest]: Float32Array): boolean => big >= 65504 && rest.join() === '1,0,-1';

/** What a texture that was cleared to the probes holds; undefined where the device cannot draw into it. */
function readProbes(gl: WebGL2RenderingContext): Float32Array | undefined {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA32F, 1, 1);
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  if (gl.checkFramebufferStatus(gl.FRAMEBUFFER) !== gl.FRAMEBUFFER_COMPLETE) return undefined;
  gl.clearBufferfv(gl.COLOR, 0, probes);
  const found = new Float32Array(4);
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.FLOAT, found);
  return found;
}

/** Why numbers would not survive a texture with all their bits; undefined if they do. */
function problemOf(gl: WebGL2RenderingContext): AppError | undefined {
  const halfOnly = new AppError('half-float', halfFloats);
  if (!gl.getExtension('EXT_color_buffer_float'))
    return gl.getExtension('EXT_color_buffer_half_float') ? halfOnly : new AppError('unavailable', withheld);
  const found = readProbes(gl);
  if (!found || areHalves(found)) return halfOnly;
  // No driver rounds like this: with its protection on, Firefox gives random bytes, others at a time.
  return isSame(found) ? undefined : new AppError('unavailable', scrambled);
}

/** Why this device cannot train; undefined if it can. */
export function textureProblem(): AppError | undefined {
  const gl = openContext();
  if (!gl) return new AppError('no-webgl2', noWebGl2);
  const problem = problemOf(gl);
  // A lost context has no extensions and reads zeros, which says nothing of the device.
  if (gl.isContextLost()) return new AppError('context-lost', lostAtOnce);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return problem;
}

const listeners = new Set<() => void>();

/** The context of the backend, lost or not. */
let current: WebGL2RenderingContext | undefined;

/** Calls back when the GPU context is lost, until the returned function is called. */
export function onContextLost(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Opens a context and makes a backend of it, for tests with other `limits` than the device's. */
function startWebGl(limits?: Partial<Limits>): void {
  const gl = openContext();
  if (!gl) throw new AppError('no-webgl2', noWebGl2);
  current = gl;
  core.env().set('WEBGL_VERSION', 2);
  setWebGLContext(2, gl);
  gl.canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault();
    // Of a context that is replaced already the word comes too late.
    if (gl === current) for (const listener of [...listeners]) listener();
  });
  gl.disable(gl.DEPTH_TEST);
  gl.disable(gl.BLEND);
  gl.disable(gl.DITHER);
  gl.enable(gl.SCISSOR_TEST);
  gl.enable(gl.CULL_FACE);
  if (core.engine().registryFactory.webgl) core.removeBackend('webgl');
  const made = new SheetBackend(new GPGPUContext(gl), limits);
  core.env().set('WEBGL_MAX_TEXTURE_SIZE', made.own.largest);
  core.registerBackend('webgl', () => made, 2);
  registerLazySum();
}

/** Makes `name` the backend; those that need no GPU are loaded only when asked for. */
export async function useBackend(name: 'webgl' | 'cpu' | 'wasm'): Promise<void> {
  if (name === 'cpu') await import('@tensorflow/tfjs-backend-cpu');
  else if (name === 'wasm') await startPlain();
  else if (!(core.engine().registry.webgl instanceof SheetBackend)) startWebGl();
  const ready = await core.setBackend(name);
  if (!ready) throw new Error(`backend ${name} did not start`);
  await core.ready();
}

/** A new context and backend, after the old one was lost: every tensor is gone and must be made again. */
export async function rebuildBackend(limits?: Partial<Limits>): Promise<void> {
  startWebGl(limits);
  await core.setBackend('webgl');
  await core.ready();
}

/** The backend, where it is WebGL's. */
function webGl(): SheetBackend | undefined {
  const backend = core.getBackend() === 'webgl' ? core.backend() : undefined;
  return backend instanceof SheetBackend ? backend : undefined;
}

/** What computes: the name of the GPU or software renderer, or what stands in for one. */
export function adapterName(): string {
  const backend = webGl();
  if (backend) return adapterOf(backend.own.gl);
  return core.getBackend() === 'wasm' ? plainName() : 'cpu';
}

/** Whether the GPU is the processor itself in disguise. */
export function isSoftwareGpu(): boolean {
  const backend = webGl();
  return backend !== undefined && isSoftware(backend.own.gl);
}

/** Whether WebAssembly can be had here; then it is the backend. */
export const startPlain = async (): Promise<boolean> => (await import('./wasm.ts')).startWasm();

/** Milliseconds a product of two matrices of `side` takes on the backend of now, the least of three. */
async function productMs(side: number): Promise<number> {
  const a = core.randomUniform([side, side]);
  const times: number[] = [];
  // The first one compiles.
  for (let i = 0; i < 4; i++) {
    const from = performance.now();
    const product = core.matMul(a, a);
    await product.data();
    product.dispose();
    times.push(performance.now() - from);
  }
  a.dispose();
  return Math.min(...times.slice(1));
}

/** Whether matrices are multiplied faster on WebAssembly than by this GPU; the faster one is the backend then. */
export async function isPlainFaster(): Promise<boolean> {
  const side = 256;
  const fused = await productMs(side);
  const isFaster = (await startPlain()) && (await productMs(side)) < fused;
  if (!isFaster) await core.setBackend('webgl');
  return isFaster;
}

/** What computes where there is no GPU. */
const plainName = (): string => `WebAssembly (TensorFlow.js ${core.version_core}, SIMD, one thread)`;

/** What textures there can be; undefined where no WebGL is in use. */
export const deviceLimits = (): Limits | undefined => webGl()?.own;

/** Whether the context is lost: known at once, before anyone is told. */
export const isContextLost = (): boolean => current?.isContextLost() ?? false;

/** Loses the GPU context as a driver would. */
export function loseContext(): void {
  current?.getExtension('WEBGL_lose_context')?.loseContext();
}
