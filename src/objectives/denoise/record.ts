import type { Vocabulary } from '../../text/document.ts';
import type { Sequence } from '../objective.ts';
import { requireSpecials } from '../options.ts';
import { createTape, type Recorder } from '../tape.ts';
import { wordsOf } from '../words.ts';
import { type Item, infill, insert, itemsOf, mask, permute, remove } from './effect.ts';
import { budgetOf, type DenoiseOptions } from './options.ts';
import { type Recording, replacement } from './recording.ts';
import { published } from './reference.ts';
import { spanEachSentence } from './sentence-spans.ts';
import { shuffle } from './shuffle.ts';
import { drawSpans } from './spans.ts';
import type { DenoiseStep } from './steps.ts';
import { turn } from './turn.ts';

/** All decisions of one corruption, made anew or held, in the way of its mode. */
export const record: Recorder<Sequence, DenoiseOptions, DenoiseStep> = (input, options, vocabulary, rng, held) => {
  requireSpecials(vocabulary, ['maskId', 'classifyId', 'separateId']);
  const tape = createTape(held);
  const recordIn = options.mode === 'reference' ? published : described;
  recordIn(input, { options, vocabulary, rng, tape });
  return { steps: tape.steps };
};

/** Stage by stage, in the order of the published code. Lewis et al. 2020, §2.2. */
function described({ ids }: Sequence, recording: Recording): void {
  const { options, vocabulary, tape } = recording;
  if (options.permuteShare > 0) shuffle(recording, ids);
  let items = permute(itemsOf(ids), tape.steps);
  if (options.maskRate > 0) touch(recording, items, 'mask', options.maskRate);
  items = mask(items, tape.steps);
  if (options.deleteRate > 0) touch(recording, items, 'delete', options.deleteRate);
  items = remove(items, tape.steps);
  if (options.infillRate > 0) {
    const words = units(items, vocabulary);
    const isOneEach = options.spans === 'sentence';
    const empty = isOneEach ? spanEachSentence(recording, items, words) : drawSpans(recording, words);
    items = infill(items, tape.steps);
    // Departs from the published code: no more empty spans than tokens were saved, so that no row outgrows its text.
    put(recording, items, Math.min(empty, Math.max(0, ids.length - items.length)), 0);
    items = insert(items, tape.steps, 0);
  }
  const wanted = options.insertRate > 0 ? Math.ceil(items.length * options.insertRate - 1e-6) : 0;
  put(recording, items, wanted, 1);
  items = insert(items, tape.steps, 1);
  if (options.rotateRate > 0) turn(recording, items.length - 2);
}

/** Words of a text on its way, as the places they came from. */
const units = (items: readonly Item[], vocabulary: Vocabulary): number[][] =>
  wordsOf(
    items.map(({ id }) => id),
    vocabulary,
  ).map((word) => word.map((at) => items[at]!.from));

/** Words masked or taken out, one after another. */
function touch(recording: Recording, items: readonly Item[], kind: 'mask' | 'delete', rate: number): void {
  const { vocabulary, rng, tape } = recording;
  const words = units(items, vocabulary);
  const budget = budgetOf(rate, words.length, 'clean');
  const wordAt = new Map(words.map((word) => [word[0]!, word]));
  const untouched = new Set(wordAt.keys());
  for (let about = 0; about < budget; about++) {
    const chance = 1 / untouched.size;
    const { positions } = tape.choose(kind, about, {
      open: [...untouched],
      of: (step) => step.positions[0]!,
      make(first) {
        const positions = wordAt.get(first)!;
        if (kind === 'delete') return { kind, about, positions, chance };
        return { kind, about, positions, ids: positions.map(() => replacement(recording)), chance };
      },
      fits: (step) => step.positions.join() === wordAt.get(step.positions[0]!)?.join(),
      rng,
    });
    untouched.delete(positions[0]!);
  }
}

/** Tokens put in at different places, never first or last. */
function put(recording: Recording, items: readonly Item[], count: number, stage: 0 | 1): void {
  const { rng, tape } = recording;
  const free = new Set(Array.from({ length: items.length + count - 2 }, (_, i) => i + 1));
  for (let k = 0; k < count; k++) {
    const about = stage === 0 ? k : -1 - k;
    const chance = 1 / free.size;
    const { at } = tape.choose('insert', about, {
      open: [...free],
      of: (step) => step.at,
      make: (at) => ({ kind: 'insert', about, stage, at, id: replacement(recording), chance }),
      rng,
      swaps: 'freely',
    });
    free.delete(at);
  }
}
