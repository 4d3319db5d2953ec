import type { Component } from 'svelte';
import type { AnyNoisingFacts, AnyPairingFacts } from '../objectives/facts.ts';
import type { Data } from '../training/data.ts';
import type { Lab } from './lab.svelte.ts';
import type { TapeStart, TapeState } from './tape.ts';
import type { TapeChange } from './tape-change.ts';

/** What every stage is given. */
export interface StageProps {
  readonly lab: Lab;
  /** The run's text, ready. */
  readonly data: Data;
  /** Where the tape stands. */
  readonly start: TapeState;
  readonly onchange?: (state: TapeState) => void;
  /** Which options are offered as controls, where the stage has controls; absent: all, folded away. */
  readonly controls?: readonly string[];
  /** Which of its pictures are shown, where a stage has several; absent: all. */
  readonly parts?: readonly string[];
}

/** What a page or a lesson sets of a panel that holds a stage. */
export interface PanelProps extends TapeStart, Pick<StageProps, 'lab' | 'controls' | 'parts'> {
  /** What the reader made of it, as an address tells it. */
  readonly change?: TapeChange;
  readonly onchange?: (change: TapeChange) => void;
}

/** A whole number, whole numbers, or a short text. */
export type KeptKind = 'count' | 'counts' | 'text';

/** What an objective shows of its draws: a pairing or a noising brings it as `stage.ts` in `stages/<its id>`. */
export interface Stage {
  /** The heading above it; absent: the name of its objective. */
  readonly title?: string;
  /** What it is called where it has no heading; absent: the name of its objective. */
  readonly label?: string;
  /** What it keeps in the address besides the draws, by keys of its own: a key means the same in every stage. */
  readonly keeps?: Readonly<Record<string, KeptKind>>;
  readonly load: () => Promise<{ readonly default: Component<StageProps> }>;
}

const own = import.meta.glob<Stage>('./stages/*/stage.ts', { eager: true, import: 'stage' });

/** All keys that stages keep. */
export const keptKeys: Readonly<Record<string, KeptKind>> = Object.assign(
  {},
  ...Object.values(own).map(({ keeps }) => keeps),
);

/** The panels that keep what they show in the address, by the names under which lessons place them. */
export const stagePanels: readonly string[] = [
  'masking',
  'stage',
  'pair',
  'evidence',
  'histogram',
  'order',
  'noise',
  'replace',
  'packing',
  'pieces',
  'towers',
  'tables',
  'blocks',
  'bodies',
  'cost',
  'density',
  'drift',
  'family',
  'kernel',
  'lanes',
  'memory-mask',
  'reach',
  'ruler',
  'rungs',
  'segments',
  'six-ways',
  'starved',
  'teacher',
  'terms',
];

/** The tape and the token strip, which say all there is to say of most noisings. */
export const tapeStage: Stage = { load: () => import('./stages/shared/TapeStage.svelte') };
const pairStage: Stage = {
  title: 'Where the pair comes from',
  load: () => import('./stages/shared/PairStage.svelte'),
};
const passageStage: Stage = { load: () => import('./stages/shared/PassageStage.svelte') };

/** The stage of an objective: its own, found by folder, or the one for all of its kind. */
export function stageOf(objective: AnyNoisingFacts | AnyPairingFacts): Stage {
  const found = own[`./stages/${objective.id}/stage.ts`];
  if (found) return found;
  if (objective.kind === 'noising') return tapeStage;
  return objective.labels ? pairStage : passageStage;
}
