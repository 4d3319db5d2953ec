import type { AnyBlueprint } from '../../models/architecture.ts';
import { blockDifferences } from '../../models/block-differences.ts';
import { blueprints } from '../../models/catalog.ts';
import { blocksOf, loadPicture } from '../../models/pictures.ts';
import { blueprintOf } from '../../training/model.ts';
import type { Run } from '../../training/run.ts';
import { first } from './model.ts';

/** What an architecture has otherwise than BERT of the same size, in a few words each. */
export async function differencesOf(run: Run, vocabSize: number): Promise<readonly string[]> {
  const { blueprint, config } = blueprintOf(run, vocabSize);
  const bert = blueprints[first];
  if (!bert || blueprint.id === first) return [];
  await Promise.all([loadPicture(first), loadPicture(blueprint.id)]);
  const { size } = run.model;
  const other = bert.resize(bert.toy, { ...size, maxLength: run.recipe.maxLength, vocabSize });
  const pictured = (one: AnyBlueprint, sized: object) => ({ blocks: blocksOf(one, sized), spec: one.spec(sized) });
  return blockDifferences(pictured(blueprint, config), pictured(bert, other)).map(({ phrase }) => phrase);
}
