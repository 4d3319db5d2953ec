import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { AppError } from '../../src/core/errors.ts';
import { createRng } from '../../src/core/rng.ts';
import { noisings, pairings } from '../../src/objectives/catalog.ts';
import { type Made, makeExample, recipeParts } from '../../src/objectives/make.ts';
import { IGNORE, type Recipe } from '../../src/objectives/objective.ts';
import { corpora } from '../../src/text/catalog.ts';
import { split } from '../../src/text/corpus.ts';
import { type Document, toDocuments, type Vocabulary } from '../../src/text/document.ts';
import { splitSentences } from '../../src/text/sentences.ts';
import { tokenizers } from '../../src/text/tokenizers/catalog.ts';

const usage = `Prints training examples as JSON, one a line:
  npm run -s examples -- --recipe nsp+mlm [--corpus lost-and-found | --text FILE] [--seed 1] [--count 10]
                         [--length 64] [--vocabulary N] [--options '{"rate":0.3}']
`;

/** A mistake in the call: a sentence on stderr and exit code 2. */
class CallError extends Error {}

const flags = {
  recipe: { type: 'string' },
  corpus: { type: 'string' },
  text: { type: 'string' },
  seed: { type: 'string', default: '1' },
  count: { type: 'string', default: '10' },
  length: { type: 'string', default: '64' },
  vocabulary: { type: 'string' },
  options: { type: 'string', default: '{}' },
  help: { type: 'boolean', default: false },
} as const;

function readFlags(args: string[]) {
  try {
    return parseArgs({ args, options: flags, strict: true }).values;
  } catch (error) {
    throw new CallError(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least) return value;
  throw new CallError(`--${name} is "${text}", but it must be a whole number of at least ${least}.`);
}

function readOptions(text: string): object {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch {
    // Said below: whatever is wrong with it, it is no object.
  }
  throw new CallError(`--options is ${text}, but it must be a JSON object, for example '{"rate":0.3}'.`);
}

/** Each option goes to whichever of the two has it; `mode`, which both have, to both. */
function readRecipe(name: string, length: number, options: object): Recipe {
  const [pairing = '', noising = '', ...more] = name.split('+');
  const has = (fields: readonly { readonly key: string }[] | undefined, key: string) =>
    fields?.some((field) => field.key === key) ?? false;
  if (!pairings[pairing] || !noisings[noising] || more.length > 0) {
    const known = `${Object.keys(pairings).join(', ')} and ${Object.keys(noisings).join(', ')}`;
    throw new CallError(`--recipe is "${name}", but it must be a pairing and a noising joined by "+": of ${known}.`);
  }
  const entries = Object.entries(options);
  const mine = entries.filter(([key]) => has(pairings[pairing]?.fields, key));
  const others = entries.filter(([key]) => has(noisings[noising]?.fields, key) || !mine.some(([own]) => own === key));
  return {
    pairing,
    noising,
    pairingOptions: { maxLength: length, ...Object.fromEntries(mine) },
    noisingOptions: Object.fromEntries(others),
  };
}

interface Source {
  readonly documents: readonly Document[];
  readonly vocabulary: Vocabulary;
}

/** A corpus as training reads it, without what is held out; or the whole of one's own text. */
async function readSource(corpusId: string, file: string | undefined, size: string | undefined): Promise<Source> {
  const corpus = corpora[corpusId];
  if (!file && !corpus) {
    const known = Object.keys(corpora).join(', ');
    throw new CallError(`--corpus is "${corpusId}", but it must be one of ${known}; or give --text FILE.`);
  }
  const text = file ? await readOwn(file) : await corpus!.text();
  const vocabularySize = size ? wholeNumber('vocabulary', size, 32) : (corpus?.vocabularySize ?? 1000);
  const model = await tokenizers.wordpiece.train(text, file && !size ? 1000 : vocabularySize);
  const tokenizer = tokenizers.wordpiece.create(model, file ? undefined : await corpus?.functionWords?.());
  const documents = await toDocuments(text, tokenizer);
  return { documents: file ? documents : split(documents).train, vocabulary: tokenizer.vocabulary };
}

/** Blank lines part documents, as everywhere; within a line, sentences are found. */
async function readOwn(file: string): Promise<string> {
  try {
    const text = await readFile(file, 'utf8');
    const lines = text.split('\n').map((line) => (line.trim() ? splitSentences(line).join('\n') : ''));
    return lines.join('\n');
  } catch {
    throw new CallError(`--text is "${file}", but there is no such file that can be read.`);
  }
}

/** One line of output. */
function show({ pair, sequence, noise, example }: Made, vocabulary: Vocabulary): object {
  const names = (ids: readonly number[]) => ids.map((id) => vocabulary.tokens[id]);
  const { inputIds, labels, segments, shift = 0, pairLabel, order, replaced, decoderInputIds } = example;
  // Each label stands at the token it names, wherever the model has to say it.
  const asked = labels.map((_, i) => labels[i - shift] ?? IGNORE);
  return {
    tokens: names(sequence.ids),
    inputTokens: names(inputIds),
    labels: asked.map((id) => (id === IGNORE ? null : vocabulary.tokens[id])),
    segments,
    ...(pairLabel === undefined ? {} : { pairLabel }),
    ...(order && { order }),
    ...(replaced && { replaced }),
    ...(decoderInputIds && { decoderInputTokens: names(decoderInputIds) }),
    draws: { pairing: pair, noising: noise },
  };
}

async function print(args: string[]): Promise<void> {
  const given = readFlags(args);
  if (given.help) {
    process.stdout.write(usage);
    return;
  }
  if (!given.recipe) throw new CallError(`--recipe is missing, for example --recipe nsp+mlm.\n${usage}`);
  const count = wholeNumber('count', given.count, 0);
  const length = wholeNumber('length', given.length, 8);
  const recipe = readRecipe(given.recipe, length, readOptions(given.options));
  recipeParts(recipe);
  if (given.text && given.corpus) throw new CallError('--corpus and --text exclude each other; give one of them.');
  const { documents, vocabulary } = await readSource(given.corpus ?? 'lost-and-found', given.text, given.vocabulary);
  const rng = createRng(given.seed);
  for (let i = 0; i < count; i++) {
    const made = makeExample(documents, recipe, vocabulary, rng.fork(`example ${i}`));
    process.stdout.write(`${JSON.stringify(show(made, vocabulary))}\n`);
  }
}

export async function main(args: string[]): Promise<number> {
  try {
    await print(args);
    return 0;
  } catch (error) {
    if (!(error instanceof CallError || error instanceof AppError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}
