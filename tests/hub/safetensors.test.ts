import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { read, write } from '../../src/hub/safetensors.ts';

const header = '{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
const example = new Uint8Array([
  ...[0x58, 0, 0, 0, 0, 0, 0, 0],
  ...new TextEncoder().encode(`${header}   `),
  ...[0x00, 0x00, 0x80, 0x3f, 0x00, 0x00, 0x00, 0xc0],
]);

/** A file with this header and these bytes of data. */
function file(json: string, data: readonly number[] = []): Uint8Array {
  const text = new TextEncoder().encode(json);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(text.length), true);
  return new Uint8Array([...length, ...text, ...data]);
}

describe('writing safetensors', () => {
  it('gives the smallest complete file byte for byte', () => {
    expect(example.length).toBe(104);
    expect(write(new Map([['a', { shape: [2], data: new Float32Array([1, -2]) }]]))).toEqual(example);
  });

  it('sorts tensors by name and starts the data at a multiple of 8', () => {
    const bytes = write(
      new Map([
        ['b', { shape: [1], data: new Float32Array([2]) }],
        ['a.weight', { shape: [], data: new Float32Array([1]) }],
      ]),
    );
    const length = new DataView(bytes.buffer).getBigUint64(0, true);
    expect(length % 8n).toBe(0n);
    expect([...new Float32Array(bytes.buffer, 8 + Number(length))]).toEqual([1, 2]);
  });

  it('is undone by reading', () => {
    const array = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }).chain((shape) =>
      fc
        .array(fc.float({ noNaN: true }), {
          minLength: shape.reduce((a, b) => a * b, 1),
          maxLength: shape.reduce((a, b) => a * b, 1),
        })
        .map((values) => ({ shape, data: new Float32Array(values) })),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), array), (arrays) => {
        const map = new Map(Object.entries(arrays).filter(([name]) => name !== '__metadata__' && name !== '__proto__'));
        expect(read(write(map))).toEqual(map);
      }),
    );
  });
});

describe('reading safetensors', () => {
  it('reads the smallest complete file', () => {
    expect(read(example)).toEqual(new Map([['a', { shape: [2], data: new Float32Array([1, -2]) }]]));
  });

  it('reads a file whose data are not aligned', () => {
    expect(
      read(file('{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}', [0, 0, 0x80, 0x3f])).get('a')?.data,
    ).toEqual(new Float32Array([1]));
  });

  it('widens half and brain floats', () => {
    const half = file('{"a":{"dtype":"F16","shape":[4],"data_offsets":[0,8]}}', [0, 0x3c, 1, 0, 0, 0xfc, 0x55, 0x35]);
    expect([...read(half).get('a')!.data]).toEqual([1, 2 ** -24, Number.NEGATIVE_INFINITY, 0.333251953125]);
    const brain = file('{"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}', [0x80, 0x3f, 0x49, 0xc0]);
    expect([...read(brain).get('a')!.data]).toEqual([1, -3.140625]);
  });

  it('leaves out buffers of whole numbers', () => {
    const bytes = file('{"ids":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}', [0, 0, 0, 0, 0, 0, 0, 0]);
    expect(read(bytes).size).toBe(0);
  });

  it.each([
    [new Uint8Array(3), 'it has 3 bytes'],
    [example.subarray(0, 50), 'its header should have 88 bytes, but the file has 50'],
    [file('not json'), 'its header is not JSON'],
    [file('[]'), 'its header is not a JSON object'],
    [file('{"a":{"dtype":"F8_E4M3","shape":[],"data_offsets":[0,1]}}', [0]), 'element type "F8_E4M3"'],
    [file('{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}', [0, 0, 0, 0]), 'the shape [-1]'],
    [file('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}', [0, 0, 0, 0]), 'the offsets [0]'],
    [file('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}', [0, 0, 0, 0]), 'needs 8 bytes and is given 4'],
    [file('{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}', [0, 0]), 'begin at byte 1 instead of 0'],
    [file('{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', [0, 0]), 'need 1 bytes, but 2 are there'],
  ])('refuses a broken file with the reason', (bytes, reason) => {
    expect(() => read(bytes)).toThrow(reason);
  });
});
