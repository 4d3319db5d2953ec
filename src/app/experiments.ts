// What a lesson's folder says of an experiment; what `base` leaves out is as in the lesson's own run.
import definitions from 'virtual:experiments';
import type { Experiment, Result } from '../training/experiment.ts';
import { runFrom, settingsOf } from '../training/settings.ts';

/** An experiment of a lesson's folder. */
export interface StoredExperiment extends Experiment {
  /** What the toy learns, in a few words: then the playground offers it as a recipe. */
  readonly card?: string;
}

const results = import.meta.glob<Result>('../../lessons/*/results/*.json', { query: '?fetched', import: 'default' });

const find = <T>(files: Readonly<Record<string, T>>, slug: string, folder: string, id: string): T | undefined =>
  Object.entries(files).find(([path]) => path.endsWith(`-${slug}/${folder}/${id}.json`))?.[1];

/** Every experiment there is, by its folder's name without the number, and its own. */
export const listExperiments = (): readonly { readonly slug: string; readonly id: string }[] =>
  Object.keys(definitions)
    .sort()
    .map((path) => {
      const [, slug = '', id = ''] = /\/\d+-([^/]+)\/experiments\/([^/]+)\.json$/.exec(path) ?? [];
      return { slug, id };
    });

/** An experiment of a lesson, and what was stored of it. */
export interface FoundExperiment {
  readonly experiment: Experiment;
  readonly result?: Result;
}

/** What an experiment of a lesson's folder is; undefined when it has no such experiment. */
export function experimentOf(slug: string, id: string): StoredExperiment | undefined {
  const found = find(definitions, slug, 'experiments', id);
  if (!found) return undefined;
  const { lessonRun, ...stored } = found;
  return { ...stored, id, base: { ...settingsOf(runFrom(lessonRun)), ...stored.base } };
}

/** What was stored of an experiment; undefined as long as it was not made. */
export const loadResult = async (slug: string, id: string): Promise<Result | undefined> =>
  find(results, slug, 'results', id)?.();

/** An experiment with its result; undefined when the lesson's folder has no such experiment. */
export async function loadExperiment(slug: string, id: string): Promise<FoundExperiment | undefined> {
  const experiment = experimentOf(slug, id);
  const result = await loadResult(slug, id);
  return experiment && { experiment, result };
}
