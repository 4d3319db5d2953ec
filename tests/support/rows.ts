function drawBuffers(): number {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2')!;
  const most = gl.getParameter(gl.MAX_DRAW_BUFFERS);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return most;
}

/** Rows a fragment that kernels are tested with: WebGL 2 promises 4, 8 need a device with as many draw buffers. */
export const rowsAFragment: readonly number[] = [8, 4].filter((rows) => rows <= Math.max(4, drawBuffers()));
