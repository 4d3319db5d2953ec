/** What was asked for last: the same text is asked about again and again. */
let last = { text: '', digest: '' };

/**
 * A text as its length and 64 bits that another text will not have by accident: cyrb53, by bryc, in the public domain,
 * with all its bits. No secret is safe behind it.
 */
export function digest(text: string): string {
  if (text !== last.text) last = { text, digest: [text.length, ...hash(text)].join('-') };
  return last.digest;
}

function hash(text: string): readonly [number, number] {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  const mixed = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  const other = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return [mixed >>> 0, other >>> 0];
}
