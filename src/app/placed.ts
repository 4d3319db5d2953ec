import type { Component } from 'svelte';
import type { Placed } from '../lesson.ts';
import type { Lab } from '../panels/lab.svelte.ts';
import type { Probe } from '../panels/probe.svelte.ts';
import type { loadExperiment } from './experiments.ts';

/** What every placed picture is given besides its own props: the page's lab, the lesson's probe sentence, where it stands. */
export interface Surroundings {
  readonly lab: Lab;
  readonly probe: Probe;
  readonly slug: string;
  /** An experiment of this lesson with its stored result. */
  readonly load: (id: string) => ReturnType<typeof loadExperiment>;
}
type PlacedComponent = Component<Surroundings & Readonly<Record<string, unknown>>>;

const panels = import.meta.glob<{ readonly default: PlacedComponent }>('../panels/*Panel.svelte');
const own = import.meta.glob<{ readonly default: PlacedComponent }>('../../lessons/*/*.svelte');

/** `mask-matrix` → `MaskMatrix`. */
const pascal = (name: string): string => name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The component of a placed panel, or of a figure in the lesson's own folder. */
export async function loadPlaced({ kind, name }: Placed, slug: string): Promise<PlacedComponent | undefined> {
  const load =
    kind === 'panel'
      ? panels[`../panels/${pascal(name)}Panel.svelte`]
      : Object.entries(own).find(([path]) => path.endsWith(`-${slug}/${name}.svelte`))?.[1];
  return (await load?.())?.default;
}
