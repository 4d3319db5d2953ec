import type { Component } from 'svelte';
import type { PageState } from './url.ts';

/** What every page is given. */
export interface PageProps {
  readonly state: PageState;
  /** Changes the address; `replace` leaves no entry for the back button. */
  readonly go: (state: PageState, how?: 'replace') => void;
}

const files = import.meta.glob<{ readonly default: Component<PageProps> }>('./*Page.svelte');

/** The component of a page, found by its name: `lesson` is `LessonPage.svelte`. */
export async function loadPage(name: string): Promise<Component<PageProps> | undefined> {
  const load = files[`./${name[0]?.toUpperCase()}${name.slice(1)}Page.svelte`];
  return (await load?.())?.default;
}
