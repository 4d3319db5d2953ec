import type { Begun, Gpu } from './gpu.ts';

/** Time between two looks at what is compiled, in milliseconds. */
const lookEveryMs = 5;
/** For so many milliseconds at most nothing else is done. */
const longestMs = 20;

/**
 * Does `work` without drawing: the programs it would draw with are given to the driver all at once, which compiles them
 * beside one another where it can. What `work` makes holds no numbers.
 */
export function rehearse(gpu: Gpu, work: () => void): void {
  gpu.isRehearsing = true;
  try {
    work();
  } finally {
    gpu.isRehearsing = false;
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, lookEveryMs));

/**
 * Comes back when all programs that were begun are compiled; `onProgress` is told how many of how many are. Where the
 * driver does not say how far it is they are waited for one by one.
 */
export async function compiled(gpu: Gpu, onProgress: (done: number, of: number) => void): Promise<void> {
  const { gl, begun, programs } = gpu;
  const parallel = gl.getExtension('KHR_parallel_shader_compile');
  const all = [...begun.entries()];
  const isDone = ({ program }: Begun) => gl.getProgramParameter(program, parallel!.COMPLETION_STATUS_KHR);
  while (parallel && !gl.isContextLost()) {
    const done = all.filter(([, one]) => isDone(one)).length;
    onProgress(done, all.length);
    if (done === all.length) return;
    await pause();
  }
  let shownAt = performance.now();
  for (const [i, [key, one]] of all.entries()) {
    if (gl.isContextLost()) return;
    if (!programs.has(key)) programs.set(key, one.finish());
    begun.delete(key);
    onProgress(i + 1, all.length);
    if (performance.now() - shownAt < longestMs) continue;
    await pause();
    shownAt = performance.now();
  }
}
