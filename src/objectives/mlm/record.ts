import { createRng, type Rng } from '../../core/rng.ts';
import type { Sequence } from '../objective.ts';
import { requireSpecials } from '../options.ts';
import { createTape, type Recorder, type Tape } from '../tape.ts';
import { coinCount, roundedCount } from './counts.ts';
import { checkShares, fixedCount, type MlmOptions, slots } from './options.ts';
import { showWords } from './outcome.ts';
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

/** Rate · length, rounded by chance. In reference mode whole words are counted as one. Liu et al. 2019 and fairseq. */
function rounded(recording: Recording, all: readonly Unit[]): void {
  const { input, options } = recording;
  if (options.mode === 'clean') {
    const budget = roundedCount(recording, options.rate * input.ids.length, input.ids.length);
    walk(recording, { all, budget, longest: options.ngram, from: 0 });
    return;
  }
  const budget = roundedCount(recording, options.rate * all.length, all.length);
  const later = () => {};
  showWords(recording, walk(recording, { all, budget, longest: 1, from: 0, weigh: one }, later));
}

/** Each word counts once, however many pieces it has. */
const one = () => 1;

/** A coin for each word: the variant of Hugging Face's collator, whose number may be 0. */
function coins(recording: Recording, all: readonly Unit[]): void {
  const { input, options } = recording;
  const budget = coinCount(recording, 0, all.length, options.rate, slots(options, input.ids.length));
  walk(recording, { all, budget, longest: 1, from: 0, weigh: one });
}

/**
 * A coin for each word, of one kind for content words and of another for the rest. Departs from Devlin et al. 2019,
 * §3.1: where most words of a text are fixed by its form, a flat rate asks mainly for those.
 */
function preferContent(recording: Recording, all: readonly Unit[]): void {
  const { input, options, vocabulary } = recording;
  const isContent = (unit: Unit) => vocabulary.isContent(input.ids[unit[0]!]!);
  const content = all.filter(isContent);
  const others = all.filter((unit) => !isContent(unit));
  const most = slots(options, input.ids.length);
  const first = coinCount(recording, 0, content.length, options.contentRate, most);
  const second = coinCount(recording, 1, others.length, options.functionRate, most - first);
  walk(recording, { all: content, budget: first, longest: 1, from: 0, weigh: one });
  walk(recording, { all: others, budget: second, longest: 1, from: all.length, weigh: one });
}
