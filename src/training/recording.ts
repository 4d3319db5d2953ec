import { AppError } from '../core/errors.ts';
import { thinned } from './keeping.ts';
import type { Bytes, Frame, ProbeRows, ProbeText } from './probed.ts';

/** What was kept of a run while it was made, to be seen again without making it: everything but its weights. */
export interface Recording {
  readonly version: 1;
  /** The run, as its key spells it. */
  readonly key: string;
  readonly device: string;
  readonly command: string;
  /** The day it was made, as `2026-11-29`. */
  readonly date: string;
  /** The tokens of its text, by id. */
  readonly tokens: readonly string[];
  readonly text: ProbeText;
  readonly probe: ProbeRows;
  readonly frames: readonly Frame[];
}

/** A run's weights at some of its steps. */
export interface RecordedWeights {
  readonly version: 1;
  readonly key: string;
  readonly states: readonly { readonly step: number; readonly weights: Readonly<Record<string, Float32Array>> }[];
}

/** Where numbers stand in the body of a file. */
interface Place {
  readonly at: number;
  readonly length: number;
}
type PlacedBytes = Omit<Bytes, 'data'> & Place & { readonly isSigned: boolean };
type PlacedFrame = Omit<Frame, 'values'> & { readonly values: Readonly<Record<string, PlacedBytes>> };

/** A file that says something else than it should, or of another version of this site. */
const mangled = () =>
  new AppError(
    'bad-file',
    'The recording of this run could not be read, so its pictures are missing here. Train the run to see them, or reload the page.',
  );

async function piped(bytes: Uint8Array, stream: GenericTransformStream): Promise<Uint8Array> {
  const blob = new Blob([bytes as Uint8Array<ArrayBuffer>]);
  return new Uint8Array(await new Response(blob.stream().pipeThrough(stream)).arrayBuffer());
}

/** A header in JSON and a body of numbers, compressed together. */
async function pack(header: object, body: Uint8Array): Promise<Uint8Array> {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const file = new Uint8Array(4 + text.length + body.length);
  new DataView(file.buffer).setUint32(0, text.length, true);
  file.set(text, 4);
  file.set(body, 4 + text.length);
  return piped(file, new CompressionStream('gzip'));
}

/** Throws `bad-file`. */
async function unpack(bytes: Uint8Array): Promise<{ readonly header: unknown; readonly body: Uint8Array }> {
  try {
    const file = await piped(bytes, new DecompressionStream('gzip'));
    const length = new DataView(file.buffer).getUint32(0, true);
    return {
      header: JSON.parse(new TextDecoder().decode(file.subarray(4, 4 + length))),
      body: file.subarray(4 + length),
    };
  } catch {
    throw mangled();
  }
}

const unsigned = ({ buffer, byteOffset, length }: Bytes['data']) => new Uint8Array(buffer, byteOffset, length);

/** What a frame's bytes are held against: those of the same tap in the frame before, if they are as many. */
function changes(now: Bytes['data'], before: Uint8Array | undefined, sign: 1 | -1): Uint8Array {
  const like = before?.length === now.length ? before : undefined;
  return Uint8Array.from(unsigned(now), (byte, i) => byte + sign * (like?.[i] ?? 0));
}

/** A recording as a file: from frame to frame little changes, so the changes are kept. */
export function writeRecording({ frames, ...rest }: Recording): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let at = 0;
  let before: Frame | undefined;
  const placed = frames.map((frame): PlacedFrame => {
    const values = Object.entries(frame.values).map(([name, { shape, scale, data }]) => {
      const earlier = before?.values[name]?.data;
      const chunk = changes(data, earlier && unsigned(earlier), -1);
      chunks.push(chunk);
      at += chunk.length;
      const isSigned = data instanceof Int8Array;
      return [name, { shape, scale, isSigned, at: at - chunk.length, length: chunk.length }] as const;
    });
    before = frame;
    return { ...frame, values: Object.fromEntries(values) };
  });
  return pack({ ...rest, frames: placed }, joined(chunks, at));
}

/** A recording as a file of at most so many bytes: where it is larger, frames go, spaced as those that stay. */
export async function writeWithin(recording: Recording, most: number): Promise<Uint8Array> {
  const { frames } = recording;
  const all = frames.map(({ step }) => step);
  for (let kept = frames.length; ; kept -= 2) {
    const steps = thinned(all, kept);
    const file = await writeRecording({ ...recording, frames: frames.filter(({ step }) => steps.includes(step)) });
    if (file.length <= most || kept <= 4) return file;
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

/** Throws `bad-file` where it is none, or one of another version. */
export async function readRecording(bytes: Uint8Array): Promise<Recording> {
  const { header, body } = await unpack(bytes);
  const found = header as Partial<Omit<Recording, 'frames'>> & { readonly frames?: readonly PlacedFrame[] };
  if (found.version !== 1 || !found.frames || !found.tokens || !found.probe) throw mangled();
  const last = new Map<string, Uint8Array>();
  const frames = found.frames.map((frame): Frame => {
    const values = Object.entries(frame.values).map(([name, { shape, scale, isSigned, at, length }]) => {
      if (at + length > body.length) throw mangled();
      const plain = changes(body.subarray(at, at + length), last.get(name), 1);
      last.set(name, plain);
      const data = isSigned ? new Int8Array(plain.buffer, plain.byteOffset, plain.length) : plain;
      return [name, { shape, scale, data }] as const;
    });
    return { ...frame, values: Object.fromEntries(values) };
  });
  return { ...(found as Omit<Recording, 'frames'>), frames };
}

/** The nearest number of 16 bits, as its bits (IEEE 754 binary16, ties to even); beyond its range infinite. */
export function halfOf(value: number): number {
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const size = bits & 0x7fffffff;
  if (size >= 0x47800000) return sign | (size > 0x7f800000 ? 0x7e00 : 0x7c00);
  if (size < 0x38800000) return sign | halfEven(Math.abs(Math.fround(value)) * 2 ** 24);
  const rounded = size + 0xfff + ((size >>> 13) & 1);
  return sign | ((rounded - 0x38000000) >>> 13);
}
/** Rounds half to even. */
const halfEven = (value: number): number => {
  const below = Math.floor(value);
  const rest = value - below;
  return below + Number(rest > 0.5 || (rest === 0.5 && below % 2 === 1));
};

/** The number that 16 bits stand for. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Weights as a file, 16 bits each. */
export function writeWeights({ states, ...rest }: RecordedWeights): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let at = 0;
  const placed = states.map(({ step, weights }) => ({
    step,
    weights: Object.entries(weights).map(([name, values]) => {
      const halves = Uint16Array.from(values, halfOf);
      chunks.push(new Uint8Array(halves.buffer));
      at += halves.byteLength;
      return { name, at: at - halves.byteLength, length: values.length };
    }),
  }));
  return pack({ ...rest, states: placed }, joined(chunks, at));
}

/** Throws `bad-file` where it is none, or one of another version. */
export async function readWeights(bytes: Uint8Array): Promise<RecordedWeights> {
  const { header, body } = await unpack(bytes);
  const found = header as {
    readonly version?: number;
    readonly key?: string;
    readonly states?: readonly {
      readonly step: number;
      readonly weights: readonly (Place & { readonly name: string })[];
    }[];
  };
  if (found.version !== 1 || !found.states || found.key === undefined) throw mangled();
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const states = found.states.map(({ step, weights }) => ({
    step,
    weights: Object.fromEntries(
      weights.map(({ name, at, length }) => {
        if (at + 2 * length > body.length) throw mangled();
        return [name, Float32Array.from({ length }, (_, i) => fromHalf(view.getUint16(at + 2 * i, true)))] as const;
      }),
    ),
  }));
  return { version: 1, key: found.key, states };
}
