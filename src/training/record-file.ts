import { thinned } from './keeping.ts';
import type { Frame } from './probed.ts';
import { changes, type PlacedFrame, piped, type RecordedWeights, type Recording, unsigned } from './recording.ts';

/** A header in JSON and a body of numbers, compressed together. */
async function pack(header: object, body: Uint8Array): Promise<Uint8Array> {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const file = new Uint8Array(4 + text.length + body.length);
  new DataView(file.buffer).setUint32(0, text.length, true);
  file.set(text, 4);
  file.set(body, 4 + text.length);
  return piped(file, new CompressionStream('gzip'));
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
