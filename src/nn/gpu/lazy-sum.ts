import type { KernelConfig, Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import * as core from '@tensorflow/tfjs-core';
import { SheetBackend } from './backend.ts';
import type { Part } from './layout.ts';

/** So many parts fit beside one another in the samplers of a program. */
const most = 6;

let plainAdd: KernelConfig | undefined;

/**
 * Lets the sum of two tensors in our layouts be written down instead of carried out: whoever reads it reads both. The
 * tape adds up a weight's gradients by this op.
 */
export function registerLazySum(): void {
  plainAdd ??= core.getKernel('Add', 'webgl');
  if (!plainAdd) throw new Error('expected an op Add of the WebGL backend');
  const { kernelFunc } = plainAdd;
  core.unregisterKernel('Add', 'webgl');
  core.registerKernel({
    ...plainAdd,
    kernelFunc: (params) => lazySum(params.inputs as { a: Tensor; b: Tensor }, params.backend) ?? kernelFunc(params),
  });
}

function lazySum({ a, b }: { a: Tensor; b: Tensor }, backend: unknown): TensorInfo | undefined {
  if (!(backend instanceof SheetBackend) || a.shape.join() !== b.shape.join()) return undefined;
  const parts: Part[] = [];
  let cols: number | undefined;
  for (const { dataId } of [a, b]) {
    const content = backend.own.contents.get(dataId);
    // Of equal shape, but perhaps cut into rows of another length before one was reshaped.
    if (content?.kind !== 'parts' || content.cols !== (cols ?? content.cols)) return undefined;
    cols = content.cols;
    parts.push(...content.parts);
  }
  if (parts.length > most) return undefined;
  for (const { sheet } of parts) sheet.uses += 1;
  const info = backend.makeTensorInfo(a.shape, 'float32');
  backend.own.contents.set(info.dataId, { kind: 'parts', parts, cols: cols! });
  return info;
}
