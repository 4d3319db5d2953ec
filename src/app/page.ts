/**
 * A page is a folder: `pages/<id>/page.ts` exports this as `page` and is read with the site, so it imports no catalog;
 * `pages/<id>/Page.svelte` is fetched when it is shown. Its addresses begin with the folder's name.
 */
export interface PageEntry<State = unknown> {
  /** Its link in the site's header, and which it is from the left; absent: it has none. */
  readonly link?: { readonly label: string; readonly order: number };
  /**
   * What the pieces of an address after the page's name and its query say, in plain letters; undefined: they lead
   * nowhere. Never throws: what cannot be used is left out and named in `problems`.
   */
  decode(pieces: readonly string[], query: URLSearchParams, problems: string[]): State | undefined;
  /** The address of a state, from `#` on. */
  encode(state: State): string;
  /** Whether it has the screen to itself, without the site's header. */
  isAlone?(state: State): boolean;
}

/** What every page is given. */
export interface PageProps<State = unknown> {
  readonly state: State;
  /** Changes the address; `replace` leaves no entry for the back button. */
  readonly go: (state: State, how?: 'replace') => void;
}

/** A page whose address is its name alone. */
export const plainPage = (address: string): PageEntry<object> => ({
  decode: (pieces) => (pieces.length === 0 ? {} : undefined),
  encode: () => address,
});
