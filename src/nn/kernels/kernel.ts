/** `fused`: own fragment programs where the backend is WebGL; `plain`: compositions of TensorFlow.js ops everywhere. */
export type KernelMode = 'fused' | 'plain';

let mode: KernelMode = 'fused';

/** Chooses how the layers compute from now on. */
export function setKernels(next: KernelMode): void {
  mode = next;
}

/** How the layers compute. */
export const kernels = (): KernelMode => mode;
