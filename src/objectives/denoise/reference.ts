import type { Sequence } from '../objective.ts';
import type { Choice, StepOf, Tape } from '../tape.ts';
import { bartIds } from '../words.ts';
import { type Item, infill, insert, itemsOf, mask, permute, remove } from './effect.ts';
import { budgetOf, poissonWeights } from './options.ts';
import type { Recording } from './recording.ts';
import { publishedSentences, type Stretch } from './sentences.ts';
import type { DenoiseStep } from './steps.ts';
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

type Turn<Chosen> = Pick<Choice<Chosen>, 'of' | 'make' | 'fits'> & { readonly about: number };

/**
 * The first `count` of an order that was drawn beforehand, but what is held stays at its turn, as what it chose. Where
 * all have a turn, two may change places.
 */
function inTurn<K extends DenoiseStep['kind']>(
  tape: Tape<DenoiseStep>,
  kind: K,
  order: readonly number[],
  count: number,
  turnOf: (turn: number) => Turn<StepOf<DenoiseStep, K>>,
): readonly StepOf<DenoiseStep, K>[] {
  const left = new Set(order);
  const swaps = count === order.length ? 'once' : 'never';
  return Array.from({ length: count }, (_, turn) => {
    const { about, ...choice } = turnOf(turn);
    const step = tape.choose(kind, about, { open: [...left], stays: true, swaps, ...choice });
    left.delete(choice.of(step));
    return step;
  });
}

const indexIn = (stretches: readonly Stretch[], { start, end }: Stretch): number =>
  stretches.findIndex((one) => one.start === start && one.end === end);

function shuffle(ids: readonly number[], { options, vocabulary, rng, tape }: Recording): void {
  const sentences = publishedSentences(ids, vocabulary.idOf('.'));
  const count = Math.ceil(sentences.length * options.permuteShare);
  const slots = inTurn(tape, 'slot', rng.permutation(sentences.length), count, (about) => ({
    about,
    of: (step) => indexIn(sentences, step),
    make: (k) => ({ kind: 'slot', about, ...sentences[k]!, chance: 1 / (sentences.length - about) }),
  }));
  inTurn(tape, 'sentence', rng.permutation(count), count, (about) => ({
    about,
    of: (step) => indexIn(slots, step),
    make(k) {
      const { start, end } = slots[k]!;
      return { kind: 'sentence', about, start, end, chance: 1 / (count - about) };
    },
  }));
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

/** A replacement from nearly all of the vocabulary. */
function anyId({ rng, vocabulary }: Recording): number {
  const ids = bartIds(vocabulary);
  return ids[rng.int(ids.length)]!;
}

interface Placed {
  readonly positions: readonly number[];
}

const isAt = (positions: readonly number[], step: Placed): boolean => step.positions.join() === positions.join();

function touch(items: readonly Item[], kind: 'mask' | 'delete', rate: number, recording: Recording): void {
  const { options, vocabulary, rng, tape } = recording;
  const units = unitsOf(items, recording);
  const order = rng.permutation(units.length);
  const budget = budgetOf(rate, units.length, 'reference');
  const isRandom = Array.from({ length: budget }, () => rng.next() < options.randomShare);
  inTurn(tape, kind, order, budget, (about) => ({
    about,
    of: (step) => units.findIndex((positions) => isAt(positions, step)),
    make(k) {
      const positions = units[k]!;
      const chance = 1 / (units.length - about);
      if (kind === 'delete') return { kind, about, positions, chance };
      const ids = positions.map(() => (isRandom[about] ? anyId(recording) : vocabulary.maskId));
      return { kind, about, positions, ids, chance };
    },
  }));
}

/** Lengths, then places, then replacements; returns how many empty spans are left to be put in. */
function spans(items: readonly Item[], recording: Recording): number {
  const { options, vocabulary, rng, tape } = recording;
  const units = unitsOf(items, recording);
  const lengths = drawLengths(budgetOf(options.infillRate, units.length, 'reference'), recording);
  const kept = lengths.filter(({ used }) => used > 0);
  const order = rng.permutation(units.length);
  const isRandom = kept.map(() => rng.next() < options.randomShare);
  inTurn(tape, 'span', order, kept.length, (k) => {
    const { about, used } = kept[k]!;
    const positionsFrom = (start: number) => units.slice(start, start + used).flat();
    const startOf = ({ positions }: Placed) => units.findIndex(([first]) => first === positions[0]);
    const shown = () => (isRandom[k] ? anyId(recording) : vocabulary.maskId);
    return {
      about,
      of: (step) => (kept.some((length) => length.about === step.about) ? startOf(step) : -1),
      // A span whose length or place is another is still shown as it was.
      make: (start, misfit) => ({
        kind: 'span',
        about,
        positions: positionsFrom(start),
        id: misfit?.id ?? shown(),
        chance: 1 / (units.length - k),
      }),
      fits: (step) => isAt(positionsFrom(startOf(step)), step),
    };
  });
  return lengths.length - kept.length;
}

/** Lengths until the budget is reached, drawn as many at a time as it has words; the last is cut to it. */
function drawLengths(budget: number, { options, rng, tape }: Recording): StepOf<DenoiseStep, 'length'>[] {
  const weights = poissonWeights(options.lambda);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const drawn: number[] = [];
  const drawMore = () => {
    for (let k = 0; k < budget; k++) drawn.push(rng.pick(weights));
  };
  while (drawn.reduce((sum, length) => sum + length, 0) < budget) drawMore();
  const lengths: StepOf<DenoiseStep, 'length'>[] = [];
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
  const random = Math.ceil(count * options.randomShare);
  inTurn(tape, 'insert', rng.permutation(places), count, (k) => {
    const about = stage === 0 ? k : -1 - k;
    const shown = () => (k < random ? anyId(recording) : vocabulary.maskId);
    return {
      about,
      of: (step) => (step.stage === stage && step.at <= places ? step.at - 1 : -1),
      make: (place) => ({ kind: 'insert', about, stage, at: place + 1, id: shown(), chance: 1 / (places - k) }),
      fits: (step) => k < random || step.id === vocabulary.maskId,
    };
  });
}
