import type { AnyBlueprint } from '../models/architecture.ts';
import { blueprints } from '../models/catalog.ts';
import { type AnyOptions, noisingFacts, pairingFacts } from '../objectives/facts.ts';
import type { Field } from '../objectives/objective.ts';
import { corpora } from '../text/catalog.ts';
import { tokenizerOf, tokenizers } from '../text/tokenizers/catalog.ts';
import { canLearn } from './model.ts';
import type { Run, RunField } from './run.ts';
import type { Catalog } from './run-field.ts';
import { defaultRun, noNoisingOptions, withSettings } from './settings.ts';

/** One of several, as a menu lists it. */
export interface Choice {
  readonly id: string;
  readonly name: string;
}

const catalogs: Readonly<Record<Catalog, readonly Choice[]>> = {
  architectures: Object.values(blueprints),
  corpora: [
    ...Object.values(corpora).map(({ id, title }) => ({ id, name: title })),
    { id: 'own', name: 'Your own text' },
  ],
  tokenizers: Object.values(tokenizers),
  pairings: Object.values(pairingFacts),
  noisings: Object.values(noisingFacts),
};

/** What a setting may be. */
export const choicesOf = (of: Catalog | readonly Choice[]): readonly Choice[] =>
  typeof of === 'string' ? catalogs[of] : of;

/** The options that a run's pairing, noising or architecture has. What another setting of the run fixes is none. */
export function optionFieldsOf(
  of: 'pairing' | 'noising' | 'architecture',
  { recipe, model }: Run,
): readonly Field<AnyOptions>[] {
  if (of === 'noising') return noisingFacts[recipe.noising]?.fields ?? [];
  if (of === 'pairing') return pairingFacts[recipe.pairing]?.fields.filter(({ key }) => key !== 'maxLength') ?? [];
  return blueprints[model.architecture]?.options ?? [];
}

/** What those options are where a run says nothing of them. */
export function optionDefaultsOf(of: 'pairing' | 'noising' | 'architecture', { recipe, model }: Run): AnyOptions {
  if (of === 'architecture') return { ...blueprints[model.architecture]?.toy };
  return (of === 'noising' ? noisingFacts[recipe.noising] : pairingFacts[recipe.pairing])?.defaults ?? {};
}

/**
 * A run with another choice made, and what has to follow: text and tokenizer bring the size of the vocabulary, an
 * objective drops the options of the last one, objective and architecture keep to what they can do together.
 */
export function choose(run: Run, { key }: Pick<RunField, 'key'>, id: string): Run {
  const chosen = withSettings(run, { [key]: id });
  if (key === 'corpus' || key === 'tokenizer') {
    const { corpus, tokenizer, vocabSize } = chosen.text;
    const { more } = tokenizerOf(tokenizer);
    const proposed = corpora[corpus]?.vocabularySize;
    return withSettings(chosen, { vocabSize: proposed ? proposed + more : Math.max(vocabSize, more) });
  }
  if (key === 'pairing') return withSettings(chosen, { pairingOptions: {} });
  if (key === 'noising') return withSettings(chosen, { ...optionsFor(id), architecture: fittingFor(chosen).id });
  const blueprint = key === 'architecture' ? blueprints[id] : undefined;
  if (!blueprint || canLearn(blueprint, run.recipe.noising)) return chosen;
  const { noising } = blueprint.recipe;
  return withSettings(chosen, { ...optionsFor(noising), noising });
}

/** The options an objective begins with: those of the usual run where it is the usual one. */
const optionsFor = (noising: string) =>
  noising === defaultRun.recipe.noising
    ? { ...noNoisingOptions, noisingOptions: defaultRun.recipe.noisingOptions }
    : noNoisingOptions;

/**
 * An architecture that can learn what a run asks: its own if it can, else the usual one, else one whose paper trains it
 * so, else any.
 */
export function fittingFor({ model, recipe }: Run): AnyBlueprint {
  const able = Object.values(blueprints).filter((one) => canLearn(one, recipe.noising));
  const named = (id: string) => able.find((one) => one.id === id);
  const own = able.find((one) => one.recipe.noising === recipe.noising);
  const found = named(model.architecture) ?? named(defaultRun.model.architecture) ?? own ?? able[0];
  return found ?? blueprints[defaultRun.model.architecture]!;
}

/** Whether a setting does anything in a run. */
export const applies = ({ needs, when }: RunField, run: Run): boolean =>
  (needs === undefined || Object.hasOwn(blueprints[run.model.architecture]?.toy ?? {}, needs)) &&
  (when === undefined || when(run));
