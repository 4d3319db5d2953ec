import * as tf from '../../src/nn/tf.ts';

/** The context of the backend in use. */
export function context(): WebGL2RenderingContext {
  return (tf.backend() as unknown as { getGPGPUContext(): { gl: WebGL2RenderingContext } }).getGPGPUContext().gl;
}

/** Bytes of a texel. */
function bytesOf(gl: WebGL2RenderingContext, format: number): number {
  if (format === gl.RGBA32F) return 16;
  if (format === gl.R32F || format === gl.RGBA8) return 4;
  throw new Error(`expected a format whose size is known, found ${format}`);
}

/**
 * Counts the bytes of all textures that the backend's context makes from now on and does not delete: those in use, and
 * those that wait to be used again.
 */
export function countTextures(): () => number {
  const gl = context();
  const made = new Map<WebGLTexture, number>();
  let bytes = 0;
  const { texStorage2D, texStorage3D, deleteTexture } = gl;
  function note(binding: number, size: number): void {
    made.set(gl.getParameter(binding) as WebGLTexture, size);
    bytes += size;
  }
  gl.texStorage2D = (target, levels, format, width, height) => {
    texStorage2D.call(gl, target, levels, format, width, height);
    note(gl.TEXTURE_BINDING_2D, width * height * bytesOf(gl, format));
  };
  gl.texStorage3D = (target, levels, format, width, height, layers) => {
    texStorage3D.call(gl, target, levels, format, width, height, layers);
    note(gl.TEXTURE_BINDING_2D_ARRAY, width * height * layers * bytesOf(gl, format));
  };
  gl.deleteTexture = (texture) => {
    deleteTexture.call(gl, texture);
    if (!texture) return;
    bytes -= made.get(texture) ?? 0;
    made.delete(texture);
  };
  return () => bytes;
}

/**
 * From now on the backend's context compiles and draws nothing. Textures are made all the same, in a fraction of the
 * time.
 */
export function drawNothing(): void {
  const gl = context();
  gl.compileShader = gl.linkProgram = gl.useProgram = () => undefined;
  gl.getShaderParameter = gl.getProgramParameter = () => true;
  gl.drawArrays = gl.drawElements = () => undefined;
}
