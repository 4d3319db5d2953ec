import type { Rng } from '../../core/rng.ts';
import type { Document } from '../../text/document.ts';
import { roomFor } from '../frame.ts';
import type { PairingOptions } from '../objective.ts';
import { filledIn, placesOf } from '../places.ts';
import { createTape, type StepOf, stepsOf, type Tape } from '../tape.ts';
import { drawTarget, reach, tokensIn } from './chunk.ts';
import { type PairDraws, type PairStep, runsOf } from './steps.ts';
import { trim } from './trim.ts';

export interface InstanceOptions extends PairingOptions {
  readonly shortRate: number;
  /** What a pair that does not follow is: b from elsewhere (BERT), or the parts in exchange (ALBERT). */
  readonly other: 'random' | 'swapped';
}

/** What is decided once for all pairs of a document. */
interface Setting {
  readonly documents: readonly Document[];
  readonly document: number;
  readonly target: StepOf<PairStep, 'target'>;
  readonly options: InstanceOptions;
}

/**
 * All pairs of one document, in the order of draws of the published code: Devlin et al. 2019,
 * `create_instances_from_document`, and Lan et al. 2020 after it. With its quirks: the length is drawn once a
 * document, a chunk of one sentence always gets a random b and label 1, another document is tried for ten times at
 * most. A generator, because there the mask of a pair is drawn before the next pair.
 */
export function* createInstances(
  documents: readonly Document[],
  document: number,
  options: InstanceOptions,
  rng: Rng,
): Generator<PairDraws, void, void> {
  const target = drawTarget(createTape<PairStep>([]), options, rng, roomFor(2, options));
  yield* pairsOf({ documents, document, target, options }, rng);
}

function* pairsOf(setting: Setting, rng: Rng): Generator<PairDraws, void, void> {
  const { sentences } = setting.documents[setting.document]!;
  for (let first = 0; first < sentences.length; ) {
    const pair = createInstance(setting, first, createTape<PairStep>([]), rng);
    yield { steps: pair.steps };
    first = pair.next;
  }
}

/** The pair that begins with sentence `first`, and the sentence with which the next one begins. */
function createInstance(
  { documents, document, target, options }: Setting,
  first: number,
  tape: Tape<PairStep>,
  rng: Rng,
): PairDraws & { readonly next: number } {
  const { other } = options;
  const text = documents[document]!;
  const last = reach(text, first, target.target);
  const size = last - first + 1;
  tape.take(
    'document',
    0,
    () => ({ kind: 'document', about: 0, document }),
    (step) => step.document === document,
  );
  tape.take(
    'target',
    0,
    () => target,
    (step) => step.target === target.target,
  );
  tape.take(
    'run',
    0,
    () => ({ kind: 'run', about: 0, first, last }),
    (step) => step.first === first && step.last === last,
  );
  const share = 1 / Math.max(1, size - 1);
  const { sentences: cut } = tape.take(
    'cut',
    0,
    () => ({ kind: 'cut', about: 0, sentences: size > 1 ? 1 + rng.int(size - 1) : 1, chance: share }),
    (step) => step.chance === share,
  );
  const chance = size === 1 ? 1 : 0.5;
  const { coin } = tape.take(
    'coin',
    0,
    () => ({
      kind: 'coin',
      about: 0,
      coin: size === 1 ? 'random' : rng.next() < 0.5 ? other : 'next',
      chance,
    }),
    (step) => step.chance === chance,
  );
  if (coin === 'random') {
    const left = target.target - tokensIn(text, first, first + cut - 1);
    drawElsewhere(tape, documents, document, left, rng);
  }
  const { a, b } = runsOf(tape);
  const lengthOf = (run: typeof a) => (run ? tokensIn(documents[run.document]!, run.first, run.last) : 0);
  trim(tape, rng, [lengthOf(a), lengthOf(b)], roomFor(2, options));
  return { steps: tape.steps, next: coin === 'random' ? first + cut : last + 1 };
}

/**
 * b from another document with text, at most ten tries, so that the only one there is gives b as well; from any
 * sentence on, until it is `left` tokens long.
 */
function drawElsewhere(
  tape: Tape<PairStep>,
  documents: readonly Document[],
  own: number,
  left: number,
  rng: Rng,
): void {
  const filled = filledIn(documents);
  const isOwnHeld = tape.held('document').some((step) => step.about === 0 && step.document === own);
  const { document } = tape.take(
    'document',
    1,
    () => {
      let drawn = own;
      for (let tries = 0; tries < 10 && drawn === own; tries++) drawn = filled.draw(rng);
      return { kind: 'document', about: 1, document: drawn, chance: 1 / Math.max(1, filled.total - 1) };
    },
    // The same document only if the ten tries have ended there before.
    (step) => filled.counts[step.document] === 1 && (step.document !== own || isOwnHeld),
  );
  const text = documents[document]!;
  const count = text.sentences.length;
  tape.take(
    'run',
    1,
    (misfit) => {
      const first = misfit && misfit.first < count ? misfit.first : rng.int(count);
      return { kind: 'run', about: 1, first, last: reach(text, first, left), chance: 1 / count };
    },
    (step) => step.chance === 1 / count && step.last === reach(text, step.first, left),
  );
}

const startOf = ({ steps }: PairDraws): number => stepsOf(steps, 'run').find(({ about }) => about === 0)!.first;

/** Whether a pair can begin with sentence `first`: after a random b with any, else only where a chunk has ended. */
function isStart({ documents, document, target, options }: Setting, first: number): boolean {
  const text = documents[document]!;
  if (first >= text.sentences.length) return false;
  if (options.other === 'random') return true;
  let start = 0;
  while (start < first) start = reach(text, start, target.target) + 1;
  return start === first;
}

/**
 * One pair as the published code makes it. It goes through all documents, again and again, and shuffles all pairs that
 * come of it: each pair counts alike, so that a document counts by how many it gives, and a short length aimed at by
 * how many more. The same without making all of them: a document by its sentences, of which no more pairs than
 * sentences can come; all pairs of one pass over it; the pass counts in so many of its sentences as it has pairs; one
 * of its pairs. What is held stays as far as it can.
 */
export function drawInstance(
  documents: readonly Document[],
  options: InstanceOptions,
  rng: Rng,
  held: readonly PairStep[],
): PairDraws {
  const places = placesOf(documents, 'sentences', ({ sentences }) => sentences.length);
  const tape = createTape(held);
  const isFilled = (document: number) => (places.counts[document] ?? 0) > 0;
  const heldDocument = tape.held('document').find((step) => step.about === 0 && isFilled(step.document))?.document;
  const heldRun = tape.held('run').find(({ about }) => about === 0);
  const holdingOn = (setting: Setting, first: number): PairDraws => {
    const { steps } = createInstance(setting, first, createTape(held), rng);
    return { steps };
  };
  for (;;) {
    const document = heldDocument ?? places.draw(rng);
    // How probable a document or a length is depends on all pairs of all documents: no number to show.
    const { target: tokens } = drawTarget(createTape(held), options, rng, roomFor(2, options));
    const target: StepOf<PairStep, 'target'> = { kind: 'target', about: 0, target: tokens };
    const setting = { documents, document, target, options };
    if (heldRun && isStart(setting, heldRun.first)) return holdingOn(setting, heldRun.first);
    const all = [...pairsOf(setting, rng)];
    if (rng.int(places.counts[document]!) >= all.length) continue;
    const one = all[rng.int(all.length)]!;
    return held.length === 0 ? one : holdingOn(setting, startOf(one));
  }
}
