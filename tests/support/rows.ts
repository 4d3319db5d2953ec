import { describe } from 'vitest';

function drawBuffers(): number {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2')!;
  const most = gl.getParameter(gl.MAX_DRAW_BUFFERS);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return most;
}

const offered = drawBuffers();

/** `%i` of the name: how many rows kernels write at once. WebGL 2 promises 4; what the device lacks is reported as skipped. */
export function describeRows(name: string, body: (layers: number) => void): void {
  for (const layers of [8, 4]) describe.skipIf(layers > offered)(name.replace('%i', `${layers}`), () => body(layers));
}
