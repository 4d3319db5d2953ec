import type { Rng } from '../../core/rng.ts';
import type { Vocabulary } from '../../text/document.ts';
import type { Sequence } from '../objective.ts';
import { type Item, infill, insert, itemsOf, mask, permute, remove } from './effect.ts';
import { budgetOf, type DenoiseOptions, poissonWeights } from './options.ts';
import { publishedSentences } from './sentences.ts';
import type { DenoiseStep } from './steps.ts';

interface Context {
  readonly options: DenoiseOptions;
  readonly vocabulary: Vocabulary;
  readonly rng: Rng;
  readonly steps: DenoiseStep[];
}

/**
 * The decisions of fairseq's `DenoisingDataset`, in its order of draws and with its quirks: a budget in 32-bit floats,
 * spans that may run into each other, replacements from almost the whole vocabulary. Lewis et al. 2020, §2.2.
 */
export function published({ ids }: Sequence, options: DenoiseOptions, vocabulary: Vocabulary, rng: Rng): DenoiseStep[] {
  const context: Context = { options, vocabulary, rng, steps: [] };
  const { steps } = context;
  let items: readonly Item[] = itemsOf(ids);
  if (options.permuteShare > 0) shuffle(ids, context);
  items = permute(items, steps);
  if (options.maskRate > 0) touch(items, 'mask', options.maskRate, context);
  items = mask(items, steps);
  if (options.deleteRate > 0) touch(items, 'delete', options.deleteRate, context);
  items = remove(items, steps);
  if (options.infillRate > 0) {
    const inserts = spans(items, context);
    items = infill(items, steps);
    if (inserts > 0) insertions(items.length, inserts / items.length, 0, context);
    items = insert(items, steps, 0);
  }
  if (options.insertRate > 0) insertions(items.length, options.insertRate, 1, context);
  items = insert(items, steps, 1);
  if (options.rotateRate > 0 && rng.next() < options.rotateRate) {
    const last = items.length - 1;
    steps.push({ kind: 'turn', about: 0, isTurned: true, chance: options.rotateRate });
    steps.push({ kind: 'offset', about: 0, offset: 1 + rng.int(last), chance: 1 / last });
  }
  return steps;
}

function shuffle(ids: readonly number[], { options, vocabulary, rng, steps }: Context): void {
  const sentences = publishedSentences(ids, vocabulary.idOf('.'));
  const count = Math.ceil(sentences.length * options.permuteShare);
  const chosen = rng.permutation(sentences.length).slice(0, count);
  const order = rng.permutation(count);
  chosen.forEach((k, about) => {
    steps.push({ kind: 'slot', about, ...sentences[k]!, chance: 1 / (sentences.length - about) });
  });
  order.forEach((k, about) => {
    steps.push({ kind: 'sentence', about, ...sentences[chosen[k]!]!, chance: 1 / (count - about) });
  });
}

/** Words but for the first and the last token, pieces joined. */
function unitsOf(items: readonly Item[], vocabulary: Vocabulary): number[][] {
  const units: number[][] = [];
  items.slice(1, -1).forEach(({ id, from }) => {
    if (vocabulary.continues(id) && units.length > 0) units[units.length - 1]!.push(from);
    else units.push([from]);
  });
  return units;
}

/** A replacement from all of the vocabulary but its first token. */
const anyId = ({ rng, vocabulary }: Context) => 1 + rng.int(vocabulary.size - 1);

function touch(items: readonly Item[], kind: 'mask' | 'delete', rate: number, context: Context): void {
  const { options, vocabulary, rng, steps } = context;
  const units = unitsOf(items, vocabulary);
  const chosen = rng.permutation(units.length).slice(0, budgetOf(rate, units.length, 'reference'));
  const isRandom = chosen.map(() => rng.next() < options.randomShare);
  chosen.forEach((k, about) => {
    const positions = units[k]!;
    const chance = 1 / (units.length - about);
    if (kind === 'delete') steps.push({ kind, about, positions, chance });
    else {
      const ids = positions.map(() => (isRandom[about] ? anyId(context) : vocabulary.maskId));
      steps.push({ kind, about, positions, ids, chance });
    }
  });
}

/** Lengths, then places, then replacements; returns how many empty spans are left to be put in. */
function spans(items: readonly Item[], context: Context): number {
  const { options, vocabulary, rng, steps } = context;
  const units = unitsOf(items, vocabulary);
  const budget = budgetOf(options.infillRate, units.length, 'reference');
  const weights = poissonWeights(options.lambda);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const drawn: number[] = [];
  while (drawn.reduce((sum, length) => sum + length, 0) < budget) {
    for (let k = 0; k < budget; k++) drawn.push(rng.pick(weights));
  }
  const kept: number[] = [];
  let inserts = 0;
  let left = budget;
  for (let about = 0; left > 0; about++) {
    const length = drawn[about]!;
    const used = Math.min(length, left);
    steps.push({ kind: 'length', about, length, used, chance: weights[length]! / total });
    if (used === 0) inserts += 1;
    else kept.push(about);
    left -= used;
  }
  const lengthOf = (about: number) => {
    const step = steps.find((one) => one.kind === 'length' && one.about === about);
    return step?.kind === 'length' ? step.used : 0;
  };
  const starts = rng.permutation(units.length).slice(0, kept.length);
  const isRandom = kept.map(() => rng.next() < options.randomShare);
  kept.forEach((about, k) => {
    const start = starts[k]!;
    const positions = units.slice(start, start + lengthOf(about)).flat();
    const id = isRandom[k] ? anyId(context) : vocabulary.maskId;
    steps.push({ kind: 'span', about, positions, id, chance: 1 / (units.length - k) });
  });
  return inserts;
}

/** Tokens put in, `rate` of those there, rounded up; of them the rounded-up share are random ones. */
function insertions(length: number, rate: number, stage: 0 | 1, context: Context): void {
  const { options, vocabulary, rng, steps } = context;
  const count = Math.ceil(length * rate);
  const places = length + count - 2;
  const chosen = rng.permutation(places).slice(0, count);
  const random = Math.ceil(count * options.randomShare);
  chosen.forEach((place, k) => {
    const id = k < random ? anyId(context) : vocabulary.maskId;
    steps.push({ kind: 'insert', about: stage === 0 ? k : -1 - k, stage, at: place + 1, id, chance: 1 / (places - k) });
  });
}
