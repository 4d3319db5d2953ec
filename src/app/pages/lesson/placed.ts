import type { Lesson, LessonStep, Placed } from '../../../lesson.ts';
import type { Lab } from '../../../panels/lab.svelte.ts';
import { stagePanels } from '../../../panels/stages.ts';
import type { loadExperiment } from '../../experiments.ts';
import type { PlacedComponent } from './placed-files.ts';

/**
 * What every placed panel is given besides its own props: the page's lab, and where it stands. A picture is a function
 * of its own props.
 */
export interface PanelContext {
  readonly lab: Lab;
  readonly slug: string;
  /** An experiment of this lesson with its stored result. */
  readonly load: (id: string) => ReturnType<typeof loadExperiment>;
}

/** A step, and the act it belongs to. */
export type StepOfAct = LessonStep & { readonly act: string };

/** The steps of a lesson in order. */
export const stepsOf = ({ acts }: Pick<Lesson, 'acts'>): readonly StepOfAct[] =>
  acts.flatMap(({ title: act, steps }) => steps.map((step) => ({ ...step, act })));

/** Experiments are fetched where a picture asks for one: of this lesson, or as `recipes/rtd` of another folder. */
export const experimentsFor =
  (slug: string): PanelContext['load'] =>
  async (id) => {
    const [name = '', folder = slug] = id.split('/').reverse();
    return (await import('../../experiments.ts')).loadExperiment(folder, name);
  };

/** A picture on the stage: while its key is the same, it is the same picture and keeps its state. */
export type Staged = Placed & { readonly key: string };

/** The pictures of a step. One without a picture of its own leaves the last of its act standing. */
export function stageAt(steps: readonly StepOfAct[], index: number): readonly Staged[] {
  for (let i = index; i >= 0 && steps[i]?.act === steps[index]?.act; i--) {
    const step = steps[i];
    const own = step?.parts.filter((part) => part.kind !== 'prose') ?? [];
    if (step && own.length > 0) return own.map((one, place) => ({ ...one, key: `${step.id} ${one.name} ${place}` }));
  }
  return [];
}

/** Which example is on the stage, as the lesson starts it: that of the first tape. */
export function exampleAt(steps: readonly StepOfAct[], index: number): string | undefined {
  const first = stageAt(steps, index).find(({ name }) => stagePanels.includes(name));
  return first && JSON.stringify([first.name, first.props.sentence, first.props.seed]);
}

/**
 * The component of a placed panel, or of a figure in the lesson's own folder. The lab, which weighs most, does without
 * the list of all others.
 */
export async function loadPlaced(
  { kind, name }: Pick<Placed, 'kind' | 'name'>,
  slug: string,
): Promise<PlacedComponent | undefined> {
  const load =
    kind === 'panel' && name === 'lab'
      ? () => import('../../../panels/LabPanel.svelte')
      : (await import('./placed-files.ts')).fileOf(kind, name, slug);
  return (await load?.())?.default as PlacedComponent | undefined;
}
