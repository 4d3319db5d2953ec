import { zipSync } from 'fflate';
import { exportFiles, type Files } from '../hub/checkpoint.ts';
import requirements from '../hub/requirements.txt?raw';
import { writeTokenizer } from '../hub/tokenizer-json.ts';
import trainer from '../hub/train.py?raw';
import { blueprints } from '../models/catalog.ts';
import { hubOf } from '../models/hubs.ts';
import type { Tokenizer } from '../text/document.ts';
import { textOf } from './data.ts';
import { blueprintOf } from './model.ts';
import { modelCard, type Reached } from './model-card.ts';
import type { Run } from './run.ts';
import { runJson } from './run-json.ts';
import { textFile } from './text-file.ts';

type Weights = Readonly<Record<string, Float32Array>>;

/** The model's folder: `config.json`, `model.safetensors` and the tokenizer's files. */
export function modelFiles(run: Run, tokenizer: Tokenizer, weights: Weights): Files {
  const { blueprint, config } = blueprintOf(run, tokenizer.vocabulary.size);
  return exportFiles(
    blueprint,
    config,
    new Map(Object.entries(weights)),
    writeTokenizer(tokenizer, { maxLength: run.recipe.maxLength, segments: true, className: 'BertTokenizer' }),
  );
}

/** What `train.py` needs: the packages it was checked with, Transformers in a release that has the model's classes. */
function requirementsOf(run: Run): string {
  const { lastRelease } = hubOf(blueprints[run.model.architecture]!);
  return lastRelease ? requirements.replace(/^(transformers==).*$/m, `$1${lastRelease}`) : requirements;
}

/** What lies beside the model: its card, and all it takes to go on training it elsewhere. */
export async function besideModel(run: Run, tokenizer: Tokenizer, reached: Reached): Promise<Files> {
  const texts = {
    'README.md': modelCard(run, tokenizer.vocabulary, reached),
    'run.json': `${JSON.stringify(runJson(run, tokenizer.vocabulary, reached.step), null, 1)}\n`,
    'text.txt': textFile(await textOf(run.text), tokenizer),
    'train.py': trainer,
    'requirements.txt': requirementsOf(run),
  };
  const encoder = new TextEncoder();
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, encoder.encode(text)]));
}

/** A run on the page, as it stands. */
interface Live extends Omit<Reached, 'step'> {
  /** Updates that made the weights which `weights` gives. */
  readonly shown: number;
  weights(): Promise<Weights>;
}

/** A run as it stands, with all it takes to load it and to go on, in one zip. */
export async function exportRun(run: Run, tokenizer: Tokenizer, live: Live): Promise<Uint8Array<ArrayBuffer>> {
  const { shown: step, steps, evaluations, floors, adapter, parameters } = live;
  const weights = await live.weights();
  const reached = { step, steps, evaluations, floors, adapter, parameters };
  return zipModel(run, tokenizer, weights, await besideModel(run, tokenizer, reached));
}

/** One zip with the model's folder, and what is to lie beside it. */
export function zipModel(
  run: Run,
  tokenizer: Tokenizer,
  weights: Weights,
  beside: Files = {},
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(zipSync({ ...modelFiles(run, tokenizer, weights), ...beside }));
}

/** What Hugging Face's class will not compute of the model of a run, as a sentence; undefined: nothing. */
export function lostIn(run: Run): string | undefined {
  const { blueprint, config } = blueprintOf(run, run.text.vocabSize);
  return hubOf(blueprint).lost?.(config)?.text;
}
