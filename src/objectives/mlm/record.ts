import { createRng, type Rng } from '../../core/rng.ts';
import type { Sequence } from '../objective.ts';
import { requireSpecials } from '../options.ts';
import { createTape, type Recorder, type Tape } from '../tape.ts';
import { checkShares, fixedCount, type MlmOptions } from './options.ts';
import { show, showWords } from './outcome.ts';
import type { MlmStep, Recording } from './steps.ts';
import { type Unit, units } from './units.ts';
import { walk } from './walk.ts';

/** All decisions of one mask. */
export const record: Recorder<Sequence, MlmOptions, MlmStep> = (input, options, vocabulary, rng, held) => {
  checkShares(options);
  requireSpecials(vocabulary, ['maskId', 'padId', 'classifyId', 'separateId']);
  // Another stored mask is another mask altogether: nothing is held then.
  const isOtherCopy = options.copies > 0 && !held.some(({ kind }) => kind === 'copy');
  const tape = createTape(isOtherCopy ? [] : held);
  const recording = {
    input,
    options,
    vocabulary,
    rng: stored(input, options, rng, tape, held.length > 0 && !isOtherCopy),
    tape,
  };
  const all = units(input, options, vocabulary);
  if (options.count === 'independent') coins(recording, all);
  else if (options.count === 'rounded') rounded(recording, all);
  else if (options.count === 'content') preferContent(recording, all);
  else walk(recording, { all, budget: fixedCount(options, input.ids.length), longest: options.ngram, from: 0 });
  return { steps: tape.steps };
};

/**
 * With stored masks the stream is fixed by the sequence and the number of the copy: the same masks return. A mask that
 * is changed by hand is no stored one.
 */
function stored({ ids }: Sequence, { copies }: MlmOptions, rng: Rng, tape: Tape<MlmStep>, isChanged: boolean): Rng {
  if (copies === 0) return rng;
  const fresh = () => ({ kind: 'copy' as const, about: 0 as const, copy: rng.int(copies), chance: 1 / copies });
  const { copy } = tape.take('copy', 0, fresh, (step) => step.copy < copies);
  if (isChanged) return rng;
  return createRng(`stored mask ${copy} of ${ids.join(' ')}`);
}

/** `expected` rounded up or down, so that its mean is `expected`. */
function countAbout({ rng, tape, options }: Recording, about: number, expected: number, most: number): number {
  const cap = options.cap > 0 ? Math.min(options.cap, most) : most;
  const above = expected - Math.floor(expected);
  const { count } = tape.take(
    'count',
    about,
    () => {
      const count = Math.floor(expected + rng.next());
      return { kind: 'count', about, count: Math.min(cap, count), chance: count > expected ? above : 1 - above };
    },
    (step) => step.count <= cap,
  );
  return count;
}

/** Rate · length, rounded by chance. In reference mode whole words are counted as one. Liu et al. 2019 and fairseq. */
function rounded(recording: Recording, all: readonly Unit[]): void {
  const { input, options } = recording;
  if (options.mode === 'clean') {
    const budget = countAbout(recording, 0, options.rate * input.ids.length, input.ids.length);
    walk(recording, { all, budget, longest: options.ngram, from: 0 });
    return;
  }
  const wanted = countAbout(recording, 0, options.rate * all.length, all.length);
  const sizes = new Map(all.map((unit) => [unit[0]!, unit]));
  const heads = all.map((unit) => unit.slice(0, 1));
  const taken = walk(recording, { all: heads, budget: wanted, longest: 1, from: 0 }, () => {});
  showWords(
    recording,
    taken.map(([head]) => sizes.get(head!)!),
  );
}

/**
 * Content words at one rate and the others at another. Departs from Devlin et al. 2019, §3.1: where most words of a
 * text are fixed by its form, a flat rate asks mainly for those.
 */
function preferContent(recording: Recording, all: readonly Unit[]): void {
  const { input, options, vocabulary } = recording;
  const isContent = (unit: Unit) => vocabulary.isContent(input.ids[unit[0]!]!);
  const tokens = (some: readonly Unit[]) => some.reduce((sum, unit) => sum + unit.length, 0);
  const content = all.filter(isContent);
  const others = all.filter((unit) => !isContent(unit));
  const first = countAbout(recording, 0, options.contentRate * tokens(content), tokens(content));
  const left = options.cap > 0 ? options.cap - first : tokens(others);
  const second = Math.min(left, countAbout(recording, 1, options.functionRate * tokens(others), tokens(others)));
  const budget = first + second === 0 ? Math.min(1, tokens(content)) : first;
  walk(recording, { all: content, budget, longest: 1, from: 0 });
  walk(recording, { all: others, budget: second, longest: 1, from: all.length });
}

/** A coin for each word: the variant of Hugging Face's collator, whose number may be 0. */
function coins(recording: Recording, all: readonly Unit[]): void {
  const { options, rng, tape } = recording;
  let left = options.cap > 0 ? options.cap : Number.POSITIVE_INFINITY;
  for (const positions of all) {
    const about = positions[0]!;
    const { chosen } = tape.take('coin', about, () => {
      const chosen = rng.next() < options.rate;
      return { kind: 'coin', about, positions, chosen, chance: chosen ? options.rate : 1 - options.rate };
    });
    if (!chosen || positions.length > left) continue;
    left -= positions.length;
    for (const position of positions) show(recording, position);
  }
}
