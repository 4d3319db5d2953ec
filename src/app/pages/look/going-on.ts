import { AppError } from '../../../core/errors.ts';
import { flatten } from '../../../core/params.ts';
import type { AnyBlueprint } from '../../../models/architecture.ts';
import { learnApart } from '../../../text/apart.ts';
import { corpora } from '../../../text/catalog.ts';
import type { OnStage } from '../../../text/learn.ts';
import { blueprintOf } from '../../../training/model.ts';
import type { Run } from '../../../training/run.ts';
import { startingRun, withSettings } from '../../../training/settings.ts';
import type { Held } from './open.ts';

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** The first number of a name in a configuration, however deep: of two networks the first one's. */
function sizeIn(config: unknown, name: string): number | undefined {
  if (!isTree(config)) return undefined;
  const own = config[name];
  if (typeof own === 'number') return own;
  for (const value of Object.values(config)) {
    const found = sizeIn(value, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Shares and deviations (dropout, the start of weights) may differ: they are the run's to choose. */
const isFixed = (value: unknown): boolean => typeof value !== 'number' || value >= 1;

/** Whether two configurations compute the same from the same weights. */
function agree(a: unknown, b: unknown): boolean {
  if (!isTree(a) || !isTree(b)) return a === b || (!isFixed(a) && !isFixed(b));
  return Object.keys(a).every((key) => agree(a[key], b[key]));
}

const shapesOf = (blueprint: AnyBlueprint, config: object): string =>
  flatten(blueprint.spec(config))
    .map(([name, { shape }]) => `${name} ${shape}`)
    .join();

/**
 * The run that a model would go on with, but for its text; undefined where the settings of a run cannot describe it:
 * its sizes do not follow from one another as they do here.
 */
export function runOf({
  folder: { blueprint, config },
  tokenizer,
}: Pick<Held, 'folder' | 'tokenizer'>): Run | undefined {
  const vocabSize = tokenizer.vocabulary.size;
  const sizes = { layers: sizeIn(config, 'layers'), hidden: sizeIn(config, 'hidden'), heads: sizeIn(config, 'heads') };
  const maxLength = sizeIn(config, 'maxLength') ?? startingRun.recipe.maxLength;
  const run = withSettings(startingRun, {
    ...sizes,
    maxLength,
    vocabSize,
    architecture: blueprint.id,
    noising: blueprint.recipe.noising,
    ...(blueprint.recipe.noising === startingRun.recipe.noising ? {} : { noisingOptions: {} }),
    positions: 'normal',
  });
  if (Object.values(sizes).includes(undefined) || maxLength > 512) return undefined;
  const own = blueprintOf(run, vocabSize).config;
  return shapesOf(blueprint, own) === shapesOf(blueprint, config) && agree(config, own) ? run : undefined;
}

/** The same with the text here whose tokens a model knows. Throws `bad-text` where it is none of them. */
export async function withItsText(run: Run, held: Held, onStage: OnStage, signal: AbortSignal): Promise<Run> {
  const { tokens, size } = held.tokenizer.vocabulary;
  const tokenizer = tokens.includes('[CLS]') ? 'wordpiece' : 'bytes';
  // That of the usual run first, then the shortest vocabularies.
  const near = (id: string) => (id === startingRun.text.corpus ? -1 : (corpora[id]?.vocabularySize ?? 0));
  for (const corpus of Object.keys(corpora).toSorted((a, b) => near(a) - near(b))) {
    const text = await corpora[corpus]!.text();
    const title = `Comparing its tokens with those of “${corpora[corpus]!.title}”`;
    const { model } = await learnApart(signal)(text, tokenizer, size, (_, done, of) => onStage(title, done, of));
    const isSame = model.tokens.length === size && model.tokens.every((token, id) => token === tokens[id]);
    if (isSame) return withSettings(run, { corpus, tokenizer });
  }
  throw new AppError(
    'bad-text',
    'Its tokens are those of none of the texts here, so it can be looked into and not trained on. A model that was trained here on one of these texts can go on.',
  );
}
