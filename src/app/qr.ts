import { encode } from 'uqr';

/** A QR code as one path of dark squares of 1, in a picture `size` wide with a quiet zone of 4. */
export interface QrPicture {
  readonly size: number;
  readonly path: string;
}

/** The most letters that are put into one code: a phone reads no denser one off a projector. */
export const mostInCode = 1200;

/** The QR code (ISO/IEC 18004) of a text; undefined where it is longer than `mostInCode`. */
export function qrOf(text: string): QrPicture | undefined {
  if (text.length > mostInCode) return undefined;
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return { size, path };
}
