import { AppError } from '../core/errors.ts';
import type { Data } from './data.ts';
import { blueprintOf } from './model.ts';
import { weightsAddress } from './recorded-weights.ts';
import { readWeights } from './recording.ts';
import type { Run } from './run.ts';
import { runOfKey } from './settings.ts';
import { type Trained, type Use, unfit } from './trained-model.ts';

/**
 * A run that was made before and comes with the site, at its last step; its weights have 16 bits. Throws `unavailable`
 * where there is none of that name or it cannot be fetched, `bad-option` where its words are others.
 */
export async function storedModel(
  name: string,
  { text }: Run,
  { vocabulary }: Pick<Data, 'vocabulary'>,
  field: Use,
): Promise<Trained> {
  const missing = (why: string) =>
    new AppError('unavailable', `The trained model "${name}" ${why}. Choose another one, or leave it out.`, field);
  const address = weightsAddress(name);
  if (!address) throw missing('does not come with this site');
  const answer = await fetch(new URL(address, import.meta.url)).catch(() => undefined);
  if (!answer?.ok) throw missing('could not be fetched');
  const { key, states } = await readWeights(new Uint8Array(await answer.arrayBuffer()));
  const made = runOfKey(key);
  const words = ({ corpus, ownText, tokenizer, vocabSize }: Run['text']) =>
    [corpus, ownText, tokenizer, vocabSize].join('\n');
  if (words(made.text) !== words(text)) throw unfit(`${name} with other words`, field);
  const weights = new Map(Object.entries(states.at(-1)?.weights ?? {}));
  return { ...blueprintOf(made, vocabulary.size), weights };
}
