import type { Sequence } from '../objective.ts';
import { choose } from './choose.ts';
import { type Item, infill, insert, itemsOf, mask, permute, remove } from './effect.ts';
import { budgetOf, poissonWeights } from './options.ts';
import type { Recording } from './recording.ts';
import { publishedSentences, type Stretch } from './sentences.ts';
import type { StepOf } from './steps.ts';
import { turn } from './turn.ts';

/**
 * The decisions of fairseq's `DenoisingDataset`, in its order of draws and with its quirks: a budget in 32-bit floats,
 * spans that may run into each other, replacements from almost the whole vocabulary. Lewis et al. 2020, §2.2.
 */
export function published({ ids }: Sequence, recording: Recording): void {
  const { options, tape } = recording;
  let items: readonly Item[] = itemsOf(ids);
  if (options.permuteShare > 0) shuffle(ids, recording);
  items = permute(items, tape.steps);
  if (options.maskRate > 0) touch(items, 'mask', options.maskRate, recording);
  items = mask(items, tape.steps);
  if (options.deleteRate > 0) touch(items, 'delete', options.deleteRate, recording);
  items = remove(items, tape.steps);
  if (options.infillRate > 0) {
    const inserts = spans(items, recording);
    items = infill(items, tape.steps);
    if (inserts > 0) insertions(items.length, inserts / items.length, 0, recording);
    items = insert(items, tape.steps, 0);
  }
  if (options.insertRate > 0) insertions(items.length, options.insertRate, 1, recording);
  items = insert(items, tape.steps, 1);
  if (options.rotateRate > 0) turn(recording, items.length - 1);
}

const isSame = (a: Stretch, b: Stretch): boolean => a.start === b.start && a.end === b.end;

function shuffle(ids: readonly number[], { options, vocabulary, rng, tape }: Recording): void {
  const sentences = publishedSentences(ids, vocabulary.idOf('.'));
  const count = Math.ceil(sentences.length * options.permuteShare);
  const turns = (kind: 'slot' | 'sentence', among: readonly Stretch[]) =>
    new Map(tape.held(kind).map((step) => [step.about, among.findIndex((one) => isSame(one, step))]));
  const chosen = choose(rng.permutation(sentences.length), count, turns('slot', sentences)).map((k) => sentences[k]!);
  const order = choose(rng.permutation(count), count, turns('sentence', chosen));
  chosen.forEach((slot, about) => {
    const chance = 1 / (sentences.length - about);
    tape.take(
      'slot',
      about,
      () => ({ kind: 'slot', about, ...slot, chance }),
      (old) => isSame(old, slot),
    );
  });
  order.forEach((k, about) => {
    const sentence = chosen[k]!;
    tape.take(
      'sentence',
      about,
      () => ({ kind: 'sentence', about, ...sentence, chance: 1 / (count - about) }),
      (old) => isSame(old, sentence),
    );
  });
}

/** Words but for the first and the last token, pieces joined. */
function unitsOf(items: readonly Item[], { vocabulary }: Recording): number[][] {
  const units: number[][] = [];
  items.slice(1, -1).forEach(({ id, from }) => {
    if (vocabulary.continues(id) && units.length > 0) units[units.length - 1]!.push(from);
    else units.push([from]);
  });
  return units;
}

/** A replacement from all of the vocabulary but its first token. */
const anyId = ({ rng, vocabulary }: Recording) => 1 + rng.int(vocabulary.size - 1);

const isAt =
  (positions: readonly number[]) =>
  (old: { readonly positions: readonly number[] }): boolean =>
    old.positions.join() === positions.join();

function touch(items: readonly Item[], kind: 'mask' | 'delete', rate: number, recording: Recording): void {
  const { options, vocabulary, rng, tape } = recording;
  const units = unitsOf(items, recording);
  const turns = new Map(
    tape.held(kind).map((old) => [old.about, units.findIndex((positions) => isAt(positions)(old))]),
  );
  const chosen = choose(rng.permutation(units.length), budgetOf(rate, units.length, 'reference'), turns);
  const isRandom = chosen.map(() => rng.next() < options.randomShare);
  chosen.forEach((k, about) => {
    const positions = units[k]!;
    const chance = 1 / (units.length - about);
    if (kind === 'delete') tape.take(kind, about, () => ({ kind, about, positions, chance }), isAt(positions));
    else {
      const shown = () => positions.map(() => (isRandom[about] ? anyId(recording) : vocabulary.maskId));
      tape.take(kind, about, () => ({ kind, about, positions, ids: shown(), chance }), isAt(positions));
    }
  });
}

/** Lengths, then places, then replacements; returns how many empty spans are left to be put in. */
function spans(items: readonly Item[], recording: Recording): number {
  const { options, vocabulary, rng, tape } = recording;
  const units = unitsOf(items, recording);
  const budget = budgetOf(options.infillRate, units.length, 'reference');
  const lengths = drawLengths(budget, recording);
  const kept = lengths.filter(({ used }) => used > 0);
  const old = kept.map(({ about }) => tape.held('span').find((span) => span.about === about));
  const turns = new Map(
    old.flatMap((span, k) => (span ? [[k, units.findIndex(([first]) => first === span.positions[0])] as const] : [])),
  );
  const starts = choose(rng.permutation(units.length), kept.length, turns);
  const isRandom = kept.map(() => rng.next() < options.randomShare);
  kept.forEach(({ about, used }, k) => {
    const start = starts[k]!;
    const positions = units.slice(start, start + used).flat();
    const shown = () => (isRandom[k] ? anyId(recording) : vocabulary.maskId);
    tape.take(
      'span',
      about,
      // A span whose length or place is another is still shown as it was.
      (misfit) => ({ kind: 'span', about, positions, id: misfit?.id ?? shown(), chance: 1 / (units.length - k) }),
      isAt(positions),
    );
  });
  return lengths.length - kept.length;
}

/** Lengths until the budget is reached, drawn as many at a time as it has words; the last is cut to it. */
function drawLengths(budget: number, { options, rng, tape }: Recording): StepOf<'length'>[] {
  const weights = poissonWeights(options.lambda);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const drawn: number[] = [];
  const drawMore = () => {
    for (let k = 0; k < budget; k++) drawn.push(rng.pick(weights));
  };
  while (drawn.reduce((sum, length) => sum + length, 0) < budget) drawMore();
  const lengths: StepOf<'length'>[] = [];
  for (let left = budget; left > 0; left -= lengths.at(-1)!.used) {
    const about = lengths.length;
    // Where short lengths are held, more are needed than those that were drawn.
    while (drawn.length <= about) drawMore();
    const rest = left;
    const step = tape.take(
      'length',
      about,
      (misfit) => {
        const length = misfit && misfit.length < weights.length ? misfit.length : drawn[about]!;
        return { kind: 'length', about, length, used: Math.min(length, rest), chance: weights[length]! / total };
      },
      (old) => old.length < weights.length && old.used === Math.min(old.length, rest),
    );
    lengths.push(step);
  }
  return lengths;
}

/** Tokens put in, `rate` of those there, rounded up; of them the rounded-up share are random ones. */
function insertions(length: number, rate: number, stage: 0 | 1, recording: Recording): void {
  const { options, vocabulary, rng, tape } = recording;
  const count = Math.ceil(length * rate);
  const places = length + count - 2;
  const aboutOf = (k: number) => (stage === 0 ? k : -1 - k);
  const old = tape.held('insert').filter((step) => step.stage === stage);
  const turns = new Map(old.map(({ about, at }) => [aboutOf(about), at <= places ? at - 1 : -1]));
  const chosen = choose(rng.permutation(places), count, turns);
  const random = Math.ceil(count * options.randomShare);
  chosen.forEach((place, k) => {
    const about = aboutOf(k);
    const at = place + 1;
    const shown = () => (k < random ? anyId(recording) : vocabulary.maskId);
    tape.take(
      'insert',
      about,
      () => ({ kind: 'insert', about, stage, at, id: shown(), chance: 1 / (places - k) }),
      (step) => step.at === at && (k < random || step.id === vocabulary.maskId),
    );
  });
}
