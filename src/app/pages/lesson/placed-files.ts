import type { Component } from 'svelte';
import type { Placed } from '../../../lesson.ts';
import { pascal } from '../../component-names.ts';
import { slugOf } from '../../lessons/slug.ts';

export type PlacedComponent = Component<Readonly<Record<string, unknown>>>;
type Load = () => Promise<{ readonly default: PlacedComponent }>;

const panels = import.meta.glob<{ readonly default: PlacedComponent }>('../../../panels/*Panel.svelte');
const own = import.meta.glob<{ readonly default: PlacedComponent }>('../../../../lessons/*/*.svelte');

/** Where a placed panel lies, or a figure in the lesson's own folder. */
export function fileOf(kind: Placed['kind'], name: string, slug: string): Load | undefined {
  if (kind === 'panel') return panels[`../../../panels/${pascal(name)}Panel.svelte`];
  return Object.entries(own).find(([path]) => {
    const [folder = '', file] = path.split('/').slice(-2);
    return slugOf(folder) === slug && file === `${name}.svelte`;
  })?.[1];
}
