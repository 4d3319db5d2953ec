/** An address after its `#`, taken apart. */
export interface Address {
  /** The path as it was written, in plain letters. */
  readonly path: string;
  /** What stands between its slashes, in plain letters; of a longer piece than any name the beginning. */
  readonly pieces: readonly string[];
  readonly query: URLSearchParams;
}

/** Letters of a piece; names have fewer, and a page repeats one that it does not know. */
const longest = 80;

/** A piece of an address in plain letters; a broken `%` sequence stays as it is. */
function plain(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}

/**
 * A piece as it stands in an address; half a surrogate pair, which no address can hold, becomes the replacement mark.
 */
const escaped = (piece: string): string => encodeURIComponent(piece.replace(/[\ud800-\udfff]/gu, '\ufffd'));

/** Takes an address apart, whatever it says. */
export function readAddress(hash: string): Address {
  const [path = '', ...rest] = hash.replace(/^#/, '').split('?');
  const pieces = path
    .split('/')
    .filter((piece) => piece !== '')
    .map((piece) => plain(piece).slice(0, longest));
  return { path: plain(path), pieces, query: new URLSearchParams(rest.join('?')) };
}

/** The address of these pieces, from `#` on; empty ones are left out. */
export function writeAddress(pieces: readonly string[], query = new URLSearchParams()): string {
  const path = pieces.filter((piece) => piece !== '').map(escaped);
  return `#/${path.join('/')}${query.size === 0 ? '' : `?${query}`}`;
}
