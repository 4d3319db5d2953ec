import { decodeSample, encodeSample, type SampleChange } from './sample-address.ts';

/** Pages whose address is their name alone. */
export const plainPages = ['home', 'gallery', 'credits'] as const;
export type PlainPage = (typeof plainPages)[number];

/** What is shown, as far as the address says it. */
export type PageState =
  | { readonly page: PlainPage }
  /** `step` is a step's id, empty for the first; `presenting` shows the stage alone, in large type. */
  | {
      readonly page: 'lesson';
      readonly slug: string;
      readonly step: string;
      readonly presenting: boolean;
      readonly sample: SampleChange;
    }
  /** `run` is a run as `run-address.ts` writes it; it is read by the page, so that no other page loads the catalogs. */
  | { readonly page: 'play'; readonly run: string }
  | { readonly page: 'missing'; readonly address: string };

export interface Decoded {
  readonly state: PageState;
  /** Sentences about what the address said and we could not do. */
  readonly problems: readonly string[];
}

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

function lesson(slug: string, step: string, query: URLSearchParams): Decoded {
  const problems: string[] = [];
  const sample = decodeSample(query, problems);
  return { state: { page: 'lesson', slug, step, presenting: query.get('present') === '1', sample }, problems };
}

/** The state of an address after its `#`. Total: never throws, and says what it could not use. */
export function decode(hash: string): Decoded {
  const address = hash.replace(/^#/, '');
  const [path = '', ...rest] = address.split('?');
  const query = new URLSearchParams(rest.join('?'));
  const pieces = path
    .split('/')
    .filter((piece) => piece !== '')
    .map(plain);
  const [page, slug, step = ''] = pieces;
  if (page === undefined) return { state: { page: 'home' }, problems: [] };
  if (page === 'lesson' && slug !== undefined && pieces.length <= 3) return lesson(slug, step, query);
  if (page === 'play' && pieces.length === 1) return { state: { page: 'play', run: query.toString() }, problems: [] };
  const found = plainPages.find((name) => name === page);
  if (found && pieces.length === 1) return { state: { page: found }, problems: [] };
  return { state: { page: 'missing', address: plain(path) }, problems: [] };
}

const withQuery = (path: string, query: URLSearchParams): string => (query.size === 0 ? path : `${path}?${query}`);

/** The address of a step as the course wrote it. */
export const stepAddress = (slug: string, step = ''): string =>
  encode({ page: 'lesson', slug, step, presenting: false, sample: {} });

/** The address of a state, from `#` on. */
export function encode(state: PageState): string {
  switch (state.page) {
    case 'home':
      return '#/';
    case 'lesson': {
      const step = state.step === '' ? '' : `/${escaped(state.step)}`;
      const query = new URLSearchParams(state.presenting ? 'present=1' : '');
      encodeSample(state.sample, query);
      return withQuery(`#/lesson/${escaped(state.slug)}${step}`, query);
    }
    case 'play':
      return withQuery('#/play', new URLSearchParams(state.run));
    case 'missing':
      return `#${state.address.split('/').map(escaped).join('/')}`;
    default:
      return `#/${state.page}`;
  }
}
