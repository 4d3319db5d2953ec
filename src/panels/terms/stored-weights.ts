import { AppError } from '../../core/errors.ts';
import type { AnyBlueprint } from '../../models/architecture.ts';
import { blueprintOf } from '../../training/model.ts';
import { weightsAddress } from '../../training/recorded-weights.ts';
import { readWeights } from '../../training/recording.ts';
import { runOfKey } from '../../training/settings.ts';
import type { Weights } from './numbers.ts';

/** A stored run at its end. */
export interface StoredNumbers {
  readonly blueprint: AnyBlueprint;
  readonly config: object;
  readonly weights: Weights;
}

/** Fetches the weights of a stored run. Throws `unavailable` where they do not come. */
export async function storedNumbers(name: string, vocabSize: number): Promise<StoredNumbers> {
  const address = weightsAddress(name);
  const answer = address === undefined ? undefined : await fetch(address).catch(() => undefined);
  if (!answer?.ok)
    throw new AppError(
      'unavailable',
      'The weights of the stored run could not be fetched, so its scores are missing here. Reload the page to try again.',
    );
  const { key, states } = await readWeights(new Uint8Array(await answer.arrayBuffer()));
  return { ...blueprintOf(runOfKey(key), vocabSize), weights: states.at(-1)?.weights ?? {} };
}

const splitters = {
  deberta: () => import('./deberta.ts'),
  'transfo-xl': () => import('./transfo-xl.ts'),
};

/** How the scores of an architecture are taken apart. Throws `bad-option` where they are not. */
export async function splitterOf({ id, name }: AnyBlueprint) {
  const load = splitters[id as keyof typeof splitters];
  if (!load)
    throw new AppError(
      'bad-option',
      `The scores of ${name} have one part only. Choose a run of DeBERTa or Transformer-XL.`,
    );
  return (await load()).splitter;
}
