import type { Gpu } from '../gpu/gpu.ts';
import { gpuOf } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';

/** `fused`: own fragment programs where the backend is WebGL; `plain`: compositions of TensorFlow.js ops everywhere. */
export type KernelMode = 'fused' | 'plain';

/** One op twice: what it means, in plain ops, and own fragment programs that give the same numbers in few draws. */
export interface Kernel<Options> {
  /** In plain ops; runs anywhere. */
  reference(inputs: readonly Tensor[], options: Options): Tensor;
  /** Whether the programs can do it; they can, if absent. */
  supports?(gpu: Gpu, inputs: readonly Tensor[], options: Options): boolean;
  forward(gpu: Gpu, inputs: readonly Tensor[], options: Options): { value: Tensor; saved: readonly Tensor[] };
  /** One gradient for each input. */
  gradient(gpu: Gpu, dy: Tensor, saved: readonly Tensor[], options: Options): Tensor[];
}

let mode: KernelMode = 'fused';

/** Chooses how the layers compute from now on. */
export function setKernels(next: KernelMode): void {
  mode = next;
}

/** How the layers compute. */
export const kernels = (): KernelMode => mode;

/** What the programs run on; undefined where the layers compute in plain ops. */
export const fusedOn = (): Gpu | undefined => (mode === 'fused' ? gpuOf() : undefined);

/** The op: fused on WebGL, plain elsewhere. */
export function fuse<Options>(kernel: Kernel<Options>): (inputs: readonly Tensor[], options: Options) => Tensor {
  return (inputs, options) => {
    const gpu = fusedOn();
    if (!gpu || kernel.supports?.(gpu, inputs, options) === false) return kernel.reference(inputs, options);
    const op = tf.customGrad((...given) => {
      const save = given.at(-1) as unknown as (tensors: Tensor[]) => void;
      const { value, saved } = kernel.forward(gpu, inputs, options);
      save([...saved]);
      return {
        value,
        gradFunc: (dy: Tensor, kept: Tensor[]) => kernel.gradient(gpu, dy, kept, options),
      };
    });
    return op(...inputs);
  };
}
