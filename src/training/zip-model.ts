import { zipSync } from 'fflate';
import { exportFiles } from '../hub/checkpoint.ts';
import { writeTokenizer } from '../hub/tokenizer-json.ts';
import { hubOf } from '../models/hubs.ts';
import type { Tokenizer } from '../text/document.ts';
import { blueprintOf } from './model.ts';
import type { Run } from './run.ts';

/** One zip with the model's folder: `config.json`, `model.safetensors` and the tokenizer's files. */
export function zipModel(
  run: Run,
  tokenizer: Tokenizer,
  weights: Readonly<Record<string, Float32Array>>,
): Uint8Array<ArrayBuffer> {
  const { blueprint, config } = blueprintOf(run, tokenizer.vocabulary.size);
  const files = exportFiles(
    blueprint,
    config,
    new Map(Object.entries(weights)),
    writeTokenizer(tokenizer, { maxLength: run.recipe.maxLength, segments: true, className: 'BertTokenizer' }),
  );
  return new Uint8Array(zipSync({ ...files }));
}

/** What Hugging Face's class will not compute of the model of a run, as a sentence; undefined: nothing. */
export function lostIn(run: Run): string | undefined {
  const { blueprint, config } = blueprintOf(run, run.text.vocabSize);
  return hubOf(blueprint).lost?.(config)?.text;
}
