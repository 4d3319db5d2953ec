import { blueprints } from '../../../models/catalog.ts';
import { runFrom, withSettings } from '../../../training/settings.ts';
import { encodeRun } from '../../run-address.ts';
import { recipes } from '../../stored-runs.ts';

/**
 * The playground with a run of an architecture that is known to learn what its paper asks: one that comes with the
 * site, or where there is none BERT's, made by it.
 */
export function recipeAddress(architecture: string): string {
  const of = (id: string) => {
    const own = recipes.filter(({ run }) => run.model.architecture === id);
    const asked = blueprints[id]?.recipe.noising;
    return (own.find(({ run }) => run.recipe.noising === asked) ?? own[0])?.run;
  };
  return `#/play?${encodeRun(of(architecture) ?? withSettings(of('bert') ?? runFrom({}), { architecture }))}`;
}
