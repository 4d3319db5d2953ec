import { AppError } from '../core/errors.ts';
import type { StoredSource } from '../panels/stored.svelte.ts';
import { runOf } from '../training/arm.ts';
import type { ProbeText } from '../training/probed.ts';
import type { Run } from '../training/run.ts';
import { keyOf } from '../training/settings.ts';
import { experimentOf, listExperiments, loadResult, type StoredExperiment } from './experiments.ts';

/** A run that was made before to its end: settings under which a toy is known to learn. */
export interface StoredRun extends StoredSource {
  readonly id: string;
  readonly title: string;
  /** What the toy learns, in a few words, where the playground offers it as a recipe. */
  readonly card: string | undefined;
  /** What it was asked while it was made, where it was recorded. */
  readonly probe: ProbeText | undefined;
}

const frames = import.meta.glob<string>('../../lessons/*/recordings/*.frames.bin', {
  eager: true,
  query: '?url',
  import: 'default',
});

/** The address of the frames of a run; undefined where it was not recorded. */
const framesOf = (slug: string, id: string): string | undefined =>
  Object.entries(frames).find(([path]) => path.endsWith(`-${slug}/recordings/${id}.frames.bin`))?.[1];

/** That of its weights, which are recorded with them. Few look for them: not before they are asked for. */
const weightsOf = async (slug: string, id: string): Promise<string | undefined> =>
  (await import('../training/recorded-weights.ts')).weightsAddress(`${slug}/${id}`);

/** Throws `unavailable` where it does not come. */
async function fetched(address: string): Promise<Uint8Array> {
  const answer = await fetch(address).catch(() => undefined);
  if (!answer?.ok)
    throw new AppError(
      'unavailable',
      'The recording of this run could not be fetched, so its pictures are missing here. Train the run to see them, or reload the page.',
    );
  return new Uint8Array(await answer.arrayBuffer());
}

/** Fetches and reads a recorded file; undefined where the run was not recorded. */
function loader<T>(
  slug: string,
  id: string,
  kind: 'frames' | 'weights',
  reader: (module: typeof import('../training/recording.ts')) => (bytes: Uint8Array) => Promise<T>,
): (() => Promise<T>) | undefined {
  const own = framesOf(slug, id);
  if (own === undefined) return undefined;
  return async () => {
    const read = reader(await import('../training/recording.ts'));
    return read(await fetched((kind === 'frames' ? own : await weightsOf(slug, id)) ?? ''));
  };
}

/** Experiments of one recipe and one seed; those of several compare and belong to their lesson. */
function single(slug: string, experiment: StoredExperiment): readonly StoredRun[] {
  const { id, title } = experiment;
  const [[arm, ...otherArms], [seed, ...otherSeeds]] = [experiment.arms, experiment.seeds];
  if (!arm || seed === undefined || otherArms.length > 0 || otherSeeds.length > 0) return [];
  return [
    {
      id: `${slug}/${id}`,
      title: `${arm.label}: ${title}`,
      card: experiment.card,
      probe: experiment.probe,
      run: runOf(experiment, arm, seed),
      load: () => loadResult(slug, id),
      loadRecording: loader(slug, id, 'frames', ({ readRecording }) => readRecording),
      loadWeights: loader(slug, id, 'weights', ({ readWeights }) => readWeights),
    },
  ];
}

/** All stored runs, in the order of the lessons. */
export const storedRuns: readonly StoredRun[] = listExperiments().flatMap(({ slug, id }) => {
  const experiment = experimentOf(slug, id);
  return experiment ? single(slug, experiment) : [];
});

/** Whether two runs give the same numbers. */
export const isSameRun = (a: Run, b: Run): boolean => keyOf(a) === keyOf(b);

/** The stored run that is this very one. */
export const storedOf = (run: Run): StoredRun | undefined => storedRuns.find((one) => isSameRun(one.run, run));

/** The stored run that a lesson names. */
export const storedNamed = (slug: string, id: string): StoredRun | undefined =>
  storedRuns.find((one) => one.id === `${slug}/${id}`);

/** What a lab of a lesson shows: the stored run that it names, or that of the lesson's own run. */
export const storedFor = (run: Run, slug: string, named?: string): StoredRun | undefined =>
  named ? storedNamed(slug, named) : storedOf(run);

/** The recipes that the playground offers. */
export const recipes: readonly StoredRun[] = storedRuns.filter(({ card }) => card !== undefined);
