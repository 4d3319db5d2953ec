import type { Component } from 'svelte';
import { readAddress } from './address.ts';
import { type Hideable, takeHidden } from './hidden.ts';
import type { PageEntry, PageProps } from './page.ts';

const entryFiles = import.meta.glob<PageEntry>('./pages/*/page.ts', { eager: true, import: 'page' });
const pageFiles = import.meta.glob<{ readonly default: Component<PageProps> }>('./pages/*/Page.svelte');

/** The pages by the names of their folders. */
const entries = new Map(Object.entries(entryFiles).map(([path, entry]) => [path.split('/').at(-2) ?? '', entry]));

/** The page of an empty address, and the one for an address that no page answers to; it has none of its own. */
const home = 'home';
export const missing = 'missing';

/** What is shown, as far as the address says it. */
export interface Decoded {
  /** The name of the page's folder. */
  readonly page: string;
  /** What the page makes of the rest of the address; of a missing page `Missing`. */
  readonly state: unknown;
  /** Whether the page has the screen to itself. */
  readonly isAlone: boolean;
  /** What of the site is hidden; absent: the address says nothing of it. */
  readonly hidden?: readonly Hideable[];
  /** Sentences about what the address said and we could not do. */
  readonly problems: readonly string[];
}

/** What is known of a page that is not there. */
export interface Missing {
  readonly address: string;
}

/** The page and the state of an address after its `#`. Total: never throws, and says what it could not use. */
export function decode(hash: string): Decoded {
  const { path, pieces, query } = readAddress(hash);
  const [page = home, ...rest] = pieces;
  const problems: string[] = [];
  const entry = entries.get(page);
  const hidden = takeHidden(query, problems);
  const state = entry?.decode(rest, query, problems);
  if (entry && state !== undefined) {
    const isAlone = entry.isAlone?.(state) ?? false;
    return { page, state, isAlone, ...(hidden && { hidden }), problems };
  }
  const lost = { address: path } satisfies Missing;
  return { page: missing, state: lost, isAlone: false, ...(hidden && { hidden }), problems: [] };
}

/** The address of a page's state, from `#` on. */
export const encode = (page: string, state: unknown): string => entries.get(page)?.encode(state) ?? '#/';

/** The links of the site's header, from the left. */
export const links = [...entries]
  .flatMap(([page, { link }]) => (link ? [{ page, address: page === home ? '#/' : `#/${page}`, ...link }] : []))
  .sort((a, b) => a.order - b.order);

/** The component of a page. */
export async function loadPage(page: string): Promise<Component<PageProps> | undefined> {
  return (await pageFiles[`./pages/${page}/Page.svelte`]?.())?.default;
}
