import fc from 'fast-check';
import jsQR from 'jsqr';
import { describe, expect, it } from 'vitest';
import { mostInCode, qrOf } from '../../src/app/qr.ts';

const scale = 3;

/** The picture as a camera would have it: `scale` pixels a module, black on white. */
function photographed({ size, path }: NonNullable<ReturnType<typeof qrOf>>): Uint8ClampedArray {
  const side = size * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let i = 0; i < scale * scale; i++) {
      const at = (Number(y) * scale + Math.floor(i / scale)) * side + Number(x) * scale + (i % scale);
      pixels.fill(0, at * 4, at * 4 + 3);
    }
  return pixels;
}
const readBack = (text: string) => {
  const code = qrOf(text)!;
  return jsQR(photographed(code), code.size * scale, code.size * scale)?.data;
};

describe('a QR code', () => {
  it('is read back as the address it was made of', () => {
    const address = 'https://example.org/unmask/#/lesson/permutation/start?at=300&hide=header,run';
    expect(readBack(address)).toBe(address);
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => readBack(url) === url),
      { numRuns: 30 },
    );
  });

  it('is made of no address that is too long to be read off a wall', () => {
    expect(qrOf('x'.repeat(mostInCode))).toBeDefined();
    expect(qrOf('x'.repeat(mostInCode + 1))).toBeUndefined();
  });
});
