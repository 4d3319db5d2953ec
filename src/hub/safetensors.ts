import { quoted } from '../core/errors.ts';
import { sizeOf } from '../core/params.ts';
import { refuse } from './ranged.ts';

/** Numbers with a shape, row-major. */
export interface NumberArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** One entry of the header; offsets in bytes from the start of the data part, `end` exclusive. */
export interface Entry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** Bytes an element, for the types the format knows and a model may hold. */
const bytesOf: Readonly<Record<string, number>> = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  I16: 2,
  U16: 2,
  F16: 2,
  BF16: 2,
  I32: 4,
  U32: 4,
  F32: 4,
  F64: 8,
  I64: 8,
  U64: 8,
};

/** The reference refuses longer headers. */
const maxHeader = 100_000_000;
/** More axes than any weight has. */
const mostAxes = 16;

const fail = (why: string): never =>
  refuse(
    `This is not a safetensors file that can be read: ${why}. Choose the model.safetensors of a Hugging Face folder.`,
  );

/** Makes 32-bit floats of the bytes of some elements; absent: such elements are no weights. */
export const converters: Readonly<Record<string, (raw: ArrayBuffer) => Float32Array>> = {
  F32: (raw) => new Float32Array(raw),
  F16: (raw) => fromHalf(new Uint16Array(raw)),
  BF16: (raw) => fromBrain(new Uint16Array(raw)),
};

/** Bytes an element of a tensor has. */
export const elementBytes = ({ dtype }: Entry): number => bytesOf[dtype] ?? 1;

/**
 * Every tensor of a `.safetensors` file that holds floats (F32, F16, BF16), as 32-bit floats; buffers of whole numbers
 * are left out. Format: 8 bytes of header length (little-endian), a JSON header, then the data without holes.
 */
export function read(bytes: Uint8Array): Map<string, NumberArray> {
  const start = 8 + headerLength(bytes.subarray(0, 8), bytes.length);
  const entries = readHeader(bytes.subarray(8, start), bytes.length - start);
  const arrays = new Map<string, NumberArray>();
  for (const { name, dtype, shape, begin, end } of entries) {
    if (dtype === 'F64') fail(`the tensor ${quoted(name)} holds 64-bit floats, and 32-bit ones are needed`);
    // A copy, because foreign files may start their data at any byte.
    const raw = bytes.slice(start + begin, start + end).buffer;
    const data = converters[dtype]?.(raw);
    if (data) arrays.set(name, { shape, data });
  }
  return arrays;
}

/** How long the header is, by the first bytes of a file of `size` bytes; at most `most`. */
export function headerLength(bytes: Uint8Array, size: number, most = maxHeader): number {
  if (bytes.length < 8) fail(`it has ${bytes.length} bytes, fewer than the 8 that tell the length of its header`);
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(size - 8)) fail(`its header should have ${length} bytes, but the file has ${size}`);
  if (length > BigInt(most)) fail(`its header should have ${length} bytes, and at most ${most} are read`);
  return Number(length);
}

/** The entries of a header in the order of their data, which have `dataLength` bytes in all and leave no hole. */
export function readHeader(bytes: Uint8Array, dataLength: number): readonly Entry[] {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    fail('its header is not JSON');
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) fail('its header is not a JSON object');
  const entries = Object.entries(header as object)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => toEntry(name, value))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  let at = 0;
  for (const entry of entries) {
    if (entry.begin !== at) fail(`the data of ${quoted(entry.name)} begin at byte ${entry.begin} instead of ${at}`);
    at = entry.end;
  }
  if (at !== dataLength) fail(`its tensors need ${at} bytes, but ${dataLength} are there`);
  return entries;
}

function toEntry(name: string, value: unknown): Entry {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Record<string, unknown>;
  const isCount = (n: unknown): n is number => Number.isSafeInteger(n) && (n as number) >= 0;
  if (typeof dtype !== 'string' || !Object.hasOwn(bytesOf, dtype))
    return fail(
      `the tensor ${quoted(name)} has the element type ${quoted(JSON.stringify(dtype))}, which is not read here`,
    );
  if (!Array.isArray(shape) || shape.length > mostAxes || !shape.every(isCount))
    return fail(`the tensor ${quoted(name)} has the shape ${quoted(shape)}`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount))
    return fail(`the tensor ${quoted(name)} has the offsets ${quoted(offsets)}`);
  const [begin, end] = offsets as [number, number];
  const size = sizeOf(shape) * bytesOf[dtype]!;
  if (end - begin !== size) return fail(`the tensor ${quoted(name)} needs ${size} bytes and is given ${end - begin}`);
  return { name, dtype, shape, begin, end };
}

/** Upper 16 bits of a float32. */
function fromBrain(values: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(values, (bits) => bits << 16).buffer);
}

/** IEEE 754 binary16: 1 sign, 5 exponent, 10 fraction bits. */
function fromHalf(values: Uint16Array): Float32Array {
  return Float32Array.from(values, (bits) => {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}

/**
 * A `.safetensors` file of 32-bit floats, tensors sorted by name, header padded to a multiple of 8 so that the data
 * stay aligned.
 */
export function write(arrays: ReadonlyMap<string, NumberArray>): Uint8Array {
  const sorted = [...arrays].sort(([a], [b]) => (a < b ? -1 : 1));
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  let end = 0;
  for (const [name, { shape, data }] of sorted) {
    if (data.length !== sizeOf(shape)) throw new Error(`expected ${name} [${shape}], found ${data.length} numbers`);
    header[name] = { dtype: 'F32', shape, data_offsets: [end, end + 4 * data.length] };
    end += 4 * data.length;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = 8 + Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(start + end).fill(0x20, 8, start);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(start - 8), true);
  bytes.set(text, 8);
  let at = start;
  for (const [, { data }] of sorted) {
    for (let i = 0; i < data.length; i++) view.setFloat32(at + 4 * i, data[i]!, true);
    at += 4 * data.length;
  }
  return bytes;
}
