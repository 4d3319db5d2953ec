import { AppError } from '../core/errors.ts';
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
export type PlacedFrame = Omit<Frame, 'values'> & { readonly values: Readonly<Record<string, PlacedBytes>> };

/** A file that says something else than it should, or of another version of this site. */
const mangled = () =>
  new AppError(
    'bad-file',
    'The recording of this run could not be read, so its pictures are missing here. Train the run to see them, or reload the page.',
  );

/** Bytes that went through a stream. */
export async function piped(bytes: Uint8Array, stream: GenericTransformStream): Promise<Uint8Array> {
  const blob = new Blob([bytes as Uint8Array<ArrayBuffer>]);
  return new Uint8Array(await new Response(blob.stream().pipeThrough(stream)).arrayBuffer());
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

/** The same bytes without their signs. */
export const unsigned = ({ buffer, byteOffset, length }: Bytes['data']) => new Uint8Array(buffer, byteOffset, length);

/** What a frame's bytes are held against: those of the same tap in the frame before, if they are as many. */
export function changes(now: Bytes['data'], before: Uint8Array | undefined, sign: 1 | -1): Uint8Array {
  const like = before?.length === now.length ? before : undefined;
  return Uint8Array.from(unsigned(now), (byte, i) => byte + sign * (like?.[i] ?? 0));
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

/** The number that 16 bits stand for. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
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
