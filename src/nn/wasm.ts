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

/** The axes of so many with the last two exchanged. */
const lastTwoTurned = (rank: number): number[] => [...Array(rank - 2).keys(), rank - 1, rank - 2];

/** The last two axes exchanged. */
const turned = (x: tf.TensorInfo, backend: BackendWasm): tf.TensorInfo =>
  kernelOf('Transpose')({ inputs: { x }, attrs: { perm: lastTwoTurned(x.shape.length) } as never, backend });

/** So many multiply-adds of one product pay for asking for it by itself. */
const worthwhile = 2 ** 15;

const isMany = ({ shape: a }: tf.TensorInfo, { shape: b }: tf.TensorInfo): boolean =>
  a.length > 2 &&
  tf.util.arraysEqual(a.slice(0, -2), b.slice(0, -2)) &&
  tf.util.sizeFromShape(a.slice(0, -2)) > 1 &&
  a.at(-2)! * a.at(-1)! * b.at(-1)! >= worthwhile;

/** Several products, each by itself: only a single one goes to XNNPACK, the others through a loop a fifth as fast. */
function oneByOne(own: Made, { inputs: { a, b }, attrs, backend }: Call): tf.TensorInfo {
  const [rows, depth, cols] = [a!.shape.at(-2)!, a!.shape.at(-1)!, b!.shape.at(-1)!];
  const batches = a!.shape.slice(0, -2);
  const count = tf.util.sizeFromShape(batches);
  const out = backend.makeOutput([...batches, rows, cols], 'float32');
  const part = (of: tf.TensorInfo, i: number, shape: readonly [number, number]): tf.TensorInfo => {
    const made = backend.makeOutput([1, ...shape], 'float32');
    // Seen anew each time: what is made may move the memory.
    const size = shape[0] * shape[1];
    backend.typedArrayFromHeap(made).set(backend.typedArrayFromHeap(of).subarray(i * size, (i + 1) * size) as never);
    return made;
  };
  for (let i = 0; i < count; i++) {
    const [left, right] = [part(a!, i, [rows, depth]), part(b!, i, [depth, cols])];
    const product = own({ inputs: { a: left, b: right }, attrs, backend });
    backend.typedArrayFromHeap(out).set(backend.typedArrayFromHeap(product) as never, i * rows * cols);
    for (const { dataId } of [left, right, product]) backend.disposeData(dataId);
  }
  return out;
}

/** Turned operands go through a plain loop there, ten times as slow as XNNPACK's product of operands that lie right. */
const product =
  (own: Made): Made =>
  ({ inputs: { a, b }, attrs: { transposeA, transposeB }, backend }) => {
    const left = transposeA ? turned(a!, backend) : a!;
    const right = transposeB ? turned(b!, backend) : b!;
    const attrs = { transposeA: false, transposeB: false } as never;
    const operands = { inputs: { a: left, b: right }, attrs, backend };
    const out = isMany(left, right) ? oneByOne(own, operands) : own(operands);
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

/** Numbers of a side of the tiles by which a matrix is turned: both of a tile's copies fit the nearest cache. */
const tile = 32;

/** The last two axes exchanged, tile by tile: the backend goes down whole columns, and misses the cache each time. */
const transpose =
  (own: Made): Made =>
  (call) => {
    const { inputs, attrs, backend } = call;
    const x = inputs.x!;
    const perm = attrs.perm as unknown as number[];
    const [rows = 1, cols = 1] = x.shape.slice(-2);
    const turns = x.shape.length > 1 && tf.util.arraysEqual(perm, lastTwoTurned(x.shape.length));
    if (!turns || x.dtype !== 'float32' || Math.min(rows, cols) < tile) return own(call);
    const out = backend.makeOutput([...x.shape.slice(0, -2), cols, rows], 'float32');
    const from = backend.typedArrayFromHeap(x);
    const to = backend.typedArrayFromHeap(out);
    for (let start = 0; start < from.length; start += rows * cols)
      for (let top = 0; top < rows; top += tile)
        for (let left = 0; left < cols; left += tile) {
          const [bottom, right] = [Math.min(rows, top + tile), Math.min(cols, left + tile)];
          for (let col = left; col < right; col++)
            for (let row = top; row < bottom; row++) to[start + col * rows + row] = from[start + row * cols + col]!;
        }
    return out;
  };

/** Sums over the first axes, row by row: the backend turns the whole matrix first. */
const sum =
  (own: Made): Made =>
  (call) => {
    const { inputs, attrs, backend } = call;
    const x = inputs.x!;
    const { axis, keepDims } = attrs as unknown as {
      readonly axis: number | readonly number[];
      readonly keepDims: boolean;
    };
    const axes = tf.util.parseAxisParam(axis as number[], x.shape).sort((a, b) => a - b);
    const isFirst = axes.length > 0 && axes.length < x.shape.length && axes.every((one, i) => one === i);
    if (!isFirst || keepDims || x.dtype !== 'float32') return own(call);
    const rest = x.shape.slice(axes.length);
    const out = backend.makeOutput(rest, 'float32');
    const from = backend.typedArrayFromHeap(x);
    const width = tf.util.sizeFromShape(rest);
    // Nothing is rounded between two rows.
    const sums = new Float64Array(width);
    for (let start = 0; start < from.length; start += width)
      for (let col = 0; col < width; col++) sums[col]! += from[start + col]!;
    backend.typedArrayFromHeap(out).set(sums as never);
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
  replace('Transpose', transpose);
  replace('Sum', sum);
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
