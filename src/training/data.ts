import { AppError } from '../core/errors.ts';
import { blueprints } from '../models/catalog.ts';
import type { Recipe } from '../objectives/objective.ts';
import { corpora } from '../text/catalog.ts';
import type { ClassReader } from '../text/classes.ts';
import { split } from '../text/corpus.ts';
import type { Document, Tokenizer, Vocabulary } from '../text/document.ts';
import type { Exact } from '../text/exact.ts';
import { learn, type OnStage } from '../text/learn.ts';
import { tokenizerOf } from '../text/tokenizers/catalog.ts';
import type { Run, TextChoice } from './run.ts';

/** A text made ready: what a run learns from and what it is judged on. */
export interface Data {
  readonly tokenizer: Tokenizer;
  readonly vocabulary: Vocabulary;
  readonly train: readonly Document[];
  readonly heldOut: readonly Document[];
  /** Exact probabilities, on a text whose grammar is known. */
  readonly exact?: Exact;
  /** What its words are learned from, on a text whose grammar is known. */
  readonly classes?: ClassReader;
  /** Where more than one word in a hundred is unknown: the size of a vocabulary under which it would be none more. */
  readonly enough?: number | undefined;
}

/** The objective of a run as the objectives take it; `differently` replaces options of the noising. */
export const recipeOf = ({ recipe, model }: Run, differently: object = {}): Recipe => ({
  pairing: recipe.pairing,
  noising: recipe.noising,
  pairingOptions: { ...recipe.pairingOptions, maxLength: recipe.maxLength },
  noisingOptions: { ...recipe.noisingOptions, ...differently },
  frame: blueprints[model.architecture]?.frame,
});

/** The whole text of a run. Throws `AppError` where there is none. */
export async function textOf({ corpus, ownText }: Pick<TextChoice, 'corpus' | 'ownText'>): Promise<string> {
  if (corpus === 'own') {
    if (ownText) return ownText;
    throw new AppError(
      'bad-text',
      'There is no text of your own yet. Paste or drop one, or choose a corpus from the list.',
      'corpus',
    );
  }
  const found = corpora[corpus];
  if (!found)
    throw new AppError('bad-option', `There is no corpus called "${corpus}". Choose one from the list.`, 'corpus');
  return found.text();
}

/**
 * Reads the text of a run, learns its vocabulary and cuts it into documents. The same choice gives the same data,
 * wherever `learnFrom` does its work; without what is known of the grammar where nobody asks for it.
 */
export async function prepare(
  { documents: most, tokenizer: kind, vocabSize, ...choice }: TextChoice,
  onStage: OnStage = () => undefined,
  learnFrom: typeof learn = learn,
  withExact = true,
): Promise<Data> {
  onStage('Reading the text', 0, 1);
  const text = await textOf(choice);
  const corpus = corpora[choice.corpus];
  const { model, documents } = await learnFrom(text, kind, vocabSize, onStage);
  const tokenizer = await tokenizerOf(kind).create(model, await corpus?.functionWords?.());
  const { train, heldOut } = split(documents);
  if (train.length === 0 || heldOut.length === 0)
    throw new AppError(
      'bad-text',
      'The text has fewer than four documents, so none can be held out to judge by. Separate its parts by blank lines, or take a longer text.',
      'corpus',
    );
  const exact = withExact ? await corpus?.exact?.(tokenizer.vocabulary) : undefined;
  const classes = withExact ? await corpus?.classes?.reader(tokenizer.vocabulary) : undefined;
  const learned = most > 0 ? train.slice(0, most) : train;
  return { tokenizer, vocabulary: tokenizer.vocabulary, train: learned, heldOut, exact, classes, enough: model.enough };
}
