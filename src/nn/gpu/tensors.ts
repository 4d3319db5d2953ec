import { backend, engine, type Tensor } from '@tensorflow/tfjs-core';
import { check } from '../../core/errors.ts';
import { texels } from '../../core/textures.ts';
import { SheetBackend } from './backend.ts';
import { flatFrom, gatherSheet, type PlainTexture, sheetFromPlain } from './convert.ts';
import { allocateFlat, padRows, releaseFlat, uploadFlat } from './flat.ts';
import type { Gpu } from './gpu.ts';
import type { Content, Flat, Part, Sheet } from './layout.ts';
import { release, soleSheet, upload, whole } from './sheet.ts';

/** What our programs run on, if the backend is ours. */
export function gpuOf(): Gpu | undefined {
  const current = backend();
  return current instanceof SheetBackend ? current.own : undefined;
}

function owner(): SheetBackend {
  const current = backend();
  check(current instanceof SheetBackend, 'expected the WebGL backend');
  return current;
}

const rowsOf = (tensor: Tensor, cols: number) => Math.max(1, Math.round(tensor.size / cols));

/** Numbers in the last axis. */
export const colsOf = (tensor: Tensor): number => tensor.shape.at(-1) ?? 1;

/** A tensor whose numbers are what the content says; it takes over one use of each sheet. */
export function wrap(content: Content, shape: readonly number[]): Tensor {
  const own = owner();
  const info = own.makeTensorInfo([...shape], 'float32');
  own.own.contents.set(info.dataId, content);
  return engine().makeTensorFromTensorInfo(info);
}

export const wrapSheet = (sheet: Sheet, shape: readonly number[]): Tensor =>
  wrap({ kind: 'parts', parts: [whole(sheet)], cols: shape.at(-1) ?? 1 }, shape);

/** A tensor that is a piece of a sheet that others hold too. */
export function wrapPart(part: Part, shape: readonly number[]): Tensor {
  part.sheet.uses += 1;
  return wrap({ kind: 'parts', parts: [part], cols: shape.at(-1) ?? 1 }, shape);
}

/** A texture of TensorFlow.js with one number a texel, handed to `use`. */
function withPlain<T>(tensor: Tensor, use: (plain: PlainTexture) => T): T {
  const own = owner();
  own.uploadToGPU(tensor.dataId);
  let data = own.texData.get(tensor.dataId);
  const unpacked = data.isPacked ? own.unpackTensor(tensor) : undefined;
  if (unpacked) data = own.texData.get(unpacked.dataId);
  const [height = 1, width = 1] = data.texShape!;
  const made = use({ texture: data.texture!.texture, width, height, offset: data.slice?.flatOffset ?? 0 });
  if (unpacked) own.disposeIntermediateTensorInfo(unpacked);
  return made;
}

/** Numbers of a tensor that the CPU still holds. */
export function valuesOf(tensor: Tensor): ArrayLike<number> | undefined {
  const data = owner().texData.get(tensor.dataId);
  return data.slice ? undefined : ((data.values ?? undefined) as ArrayLike<number> | undefined);
}

/** A tensor as a sheet with `cols` columns; the tensor keeps it, nobody need release it. */
export function sheetOf(gpu: Gpu, tensor: Tensor, cols = colsOf(tensor)): Sheet {
  const { dataId } = tensor;
  const content = gpu.contents.get(dataId);
  const sole = soleSheet(content, cols);
  if (sole) return sole;
  const rows = rowsOf(tensor, cols);
  if (content?.kind === 'parts' && content.cols === cols) {
    const sheet = gatherSheet(gpu, content.parts, rows, cols);
    gpu.contents.set(dataId, { kind: 'parts', parts: [whole(sheet)], cols });
    for (const part of content.parts) release(gpu, part.sheet);
    return sheet;
  }
  const copy = gpu.sheetCopies.get(dataId);
  if (copy?.cols === cols) return copy;
  if (copy) release(gpu, copy);
  const values = content ? undefined : valuesOf(tensor);
  const sheet = values
    ? upload(gpu, values, rows, cols)
    : withPlain(tensor, (plain) => sheetFromPlain(gpu, plain, rows, cols));
  gpu.sheetCopies.set(dataId, sheet);
  return sheet;
}

/** A matrix or vector in a flat: row r starts at texel `offset + r · stride`. */
export interface FlatView {
  readonly flat: Flat;
  readonly offset: number;
  readonly stride: number;
}

/** A tensor as rows in a flat; the tensor keeps it, nobody need release it. */
export function flatOf(gpu: Gpu, tensor: Tensor, cols = colsOf(tensor)): FlatView {
  const { dataId } = tensor;
  const content = gpu.contents.get(dataId);
  const rows = rowsOf(tensor, cols);
  const stride = texels(cols);
  if (content?.kind === 'flat' && content.offset % 4 === 0 && (cols % 4 === 0 || rows === 1))
    return { flat: content.flat, offset: content.offset / 4, stride };
  const copy = gpu.flatCopies.get(dataId);
  if (copy?.cols === cols) return { flat: copy.flat, offset: 0, stride };
  if (copy) releaseFlat(gpu, copy.flat);
  const values = content ? undefined : valuesOf(tensor);
  let flat: Flat;
  if (values) flat = uploadFlat(gpu, padRows(values, rows, cols));
  else {
    flat = allocateFlat(gpu, rows * stride * 4);
    const sole = soleSheet(content, cols);
    if (sole) flatFrom(gpu, sole, rows, cols, flat);
    else withPlain(tensor, (plain) => flatFrom(gpu, plain, rows, cols, flat));
  }
  gpu.flatCopies.set(dataId, { flat, cols });
  return { flat, offset: 0, stride };
}

/** Whether the tensors are slices of one flat, each row of theirs starting at a texel. */
export function inOneFlat(gpu: Gpu, tensors: readonly Tensor[]): boolean {
  const flats = new Set<Flat>();
  for (const tensor of tensors) {
    const content = gpu.contents.get(tensor.dataId);
    if (content?.kind !== 'flat' || content.offset % 4 !== 0 || colsOf(tensor) % 4 !== 0) return false;
    flats.add(content.flat);
  }
  return flats.size <= 1;
}
