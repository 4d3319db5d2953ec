import { type BackendWasm, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core';

interface Call {
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  readonly attrs: Readonly<Record<string, never>>;
  readonly backend: BackendWasm;
}

type Made = (call: Call) => tf.TensorInfo;

const kernelOf = (name: string): Made => tf.getKernel(name, 'wasm')!.kernelFunc as unknown as Made;

/** Puts `kernel` in the place of the backend's own, which it is given. */
function replace(kernelName: string, kernel: (own: Made) => Made): void {
  const config = tf.getKernel(kernelName, 'wasm')!;
  tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel({ ...config, kernelFunc: kernel(config.kernelFunc as unknown as Made) as never });
}

/** The last two axes exchanged. */
function turned(x: tf.TensorInfo, backend: BackendWasm): tf.TensorInfo {
  const last = x.shape.length - 1;
  const perm = x.shape.map((_, axis) => (axis === last ? last - 1 : axis === last - 1 ? last : axis));
  return kernelOf('Transpose')({ inputs: { x }, attrs: { perm } as never, backend });
}

/** Turned operands go through a plain loop there, ten times as slow as XNNPACK's product of operands that lie right. */
const product =
  (own: Made): Made =>
  ({ inputs: { a, b }, attrs: { transposeA, transposeB }, backend }) => {
    const left = transposeA ? turned(a!, backend) : a!;
    const right = transposeB ? turned(b!, backend) : b!;
    const attrs = { transposeA: false, transposeB: false } as never;
    const out = own({ inputs: { a: left, b: right }, attrs, backend });
    if (left !== a) backend.disposeData(left.dataId);
    if (right !== b) backend.disposeData(right.dataId);
    return out;
  };

/** A part that lies in one piece is copied alone: the backend copies all that it is a part of. */
const slice =
  (own: Made): Made =>
  (call) => {
    const { inputs, attrs, backend } = call;
    const x = inputs.x as tf.Tensor;
    const [begin, size] = tf.slice_util.parseSliceParams(x, attrs.begin!, attrs.size!) as [number[], number[]];
    if (!tf.slice_util.isSliceContinous(x.shape, begin, size)) return own(call);
    const from = tf.slice_util.computeFlatOffset(begin, tf.util.computeStrides(x.shape));
    const out = backend.makeOutput(size, x.dtype);
    const part = backend.typedArrayFromHeap(x).subarray(from, from + tf.util.sizeFromShape(size));
    backend.typedArrayFromHeap(out).set(part as never);
    return out;
  };

/** Rows are copied each as a whole: the backend looks up every number. */
const gather =
  (own: Made): Made =>
  (call) => {
    const { inputs, attrs, backend } = call;
    const { x, indices } = inputs;
    const { axis, batchDims } = attrs as unknown as { readonly axis: number; readonly batchDims: number };
    const [first = 1, ...rest] = x!.shape;
    if (axis !== 0 || batchDims !== 0 || x!.dtype === 'string') return own(call);
    const out = backend.makeOutput([...indices!.shape, ...rest], x!.dtype);
    const from = backend.typedArrayFromHeap(x!);
    const to = backend.typedArrayFromHeap(out);
    const width = from.length / first;
    backend.typedArrayFromHeap(indices!).forEach((row, i) => {
      to.set(from.subarray(row * width, (row + 1) * width) as never, i * width);
    });
    return out;
  };

/** The same numbers under one more name: the backend copies them. */
const identity = (): Made => (call) => {
  const { dataId, shape, dtype } = call.inputs.x!;
  call.backend.incRef(dataId);
  return { dataId, shape, dtype };
};

/** Sums rows by the segment they belong to, the one kernel that is missing: a table's gradient. */
const segmentSum: Made = ({ inputs, attrs, backend }) => {
  const { x, segmentIds } = inputs;
  const count = attrs.numSegments as unknown as number;
  const out = backend.makeOutput([count, ...x!.shape.slice(segmentIds!.shape.length)], x!.dtype);
  const rows = backend.typedArrayFromHeap(x!);
  const ids = backend.typedArrayFromHeap(segmentIds!);
  const sums = backend.typedArrayFromHeap(out);
  const width = rows.length / ids.length;
  sums.fill(0);
  ids.forEach((id, row) => {
    if (id < 0) return;
    for (let i = 0; i < width; i++) sums[id * width + i]! += rows[row * width + i]!;
  });
  return out;
};

const files = ['', '-simd', '-threaded-simd'].map((kind) => `tfjs-backend-wasm${kind}.wasm`);

let started: Promise<boolean> | undefined;

async function start(): Promise<boolean> {
  // In Node the package finds its own file. Only the one with SIMD and without threads is ever asked for.
  if (!import.meta.env.SSR) setWasmPaths(Object.fromEntries(files.map((file) => [file, simd])));
  if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) || !(await tf.setBackend('wasm'))) return false;
  await tf.ready();
  replace('BatchMatMul', product);
  replace('Slice', slice);
  replace('GatherV2', gather);
  replace('Identity', identity);
  tf.registerKernel({ kernelName: 'UnsortedSegmentSum', backendName: 'wasm', kernelFunc: segmentSum as never });
  return true;
}

/**
 * Makes TensorFlow.js's WebAssembly backend (SIMD, one thread) the backend; the layers then compute in plain ops. False
 * where the browser has no SIMD or a policy forbids to compile it.
 */
export async function startWasm(): Promise<boolean> {
  started ??= start().catch(() => false);
  return (await started) && tf.setBackend('wasm');
}
