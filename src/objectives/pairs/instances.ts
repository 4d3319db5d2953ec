import type { Rng } from '../../core/rng.ts';
import type { Document } from '../../text/document.ts';
import { createTape, type Tape } from '../tape.ts';
import { reach, tokensIn } from './chunk.ts';
import { room } from './options.ts';
import { type PairDraws, type PairStep, runsOf } from './steps.ts';
import { trim } from './trim.ts';

export interface InstanceOptions {
  readonly maxLength: number;
  readonly shortRate: number;
  /** What a pair that does not follow is: b from elsewhere (BERT), or the parts in exchange (ALBERT). */
  readonly other: 'random' | 'swapped';
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
  { maxLength, shortRate, other }: InstanceOptions,
  rng: Rng,
): Generator<PairDraws, void, void> {
  const most = room(maxLength);
  const { sentences } = documents[document]!;
  const isShort = rng.next() < shortRate;
  const target = isShort ? 2 + rng.int(most - 1) : most;
  let first = 0;
  while (first < sentences.length) {
    const tape: Tape<PairStep> = createTape([]);
    const put = (step: PairStep) => tape.take(step.kind, step.about, () => step as never);
    const last = reach(documents[document]!, first, target);
    const size = last - first + 1;
    put({ kind: 'document', about: 0, document, chance: 1 });
    put({ kind: 'target', about: 0, target, chance: isShort ? shortRate / (most - 1) : 1 - shortRate });
    put({ kind: 'run', about: 0, first, last });
    const cut = size > 1 ? 1 + rng.int(size - 1) : 1;
    put({ kind: 'cut', about: 0, sentences: cut, chance: size > 1 ? 1 / (size - 1) : 1 });
    const isOther = size === 1 || rng.next() < 0.5;
    const coin = size === 1 ? 'random' : isOther ? other : 'next';
    put({ kind: 'coin', about: 0, coin, chance: size === 1 ? 1 : 0.5 });
    if (coin === 'random') {
      const left = target - tokensIn(documents[document]!, first, first + cut - 1);
      drawElsewhere(put, documents, document, left, rng);
    }
    const { a, b } = runsOf(tape);
    const lengthOf = (run: typeof a) => (run ? tokensIn(documents[run.document]!, run.first, run.last) : 0);
    trim(tape, rng, [lengthOf(a), lengthOf(b)], most);
    yield { steps: tape.steps };
    first = coin === 'random' ? first + cut : last + 1;
  }
}

/** b from another document, at most ten tries; from any sentence on, until it is `left` tokens long. */
function drawElsewhere(
  put: (step: PairStep) => void,
  documents: readonly Document[],
  own: number,
  left: number,
  rng: Rng,
): void {
  let document = own;
  for (let tries = 0; tries < 10 && document === own; tries++) document = rng.int(documents.length);
  put({ kind: 'document', about: 1, document, chance: 1 / Math.max(1, documents.length - 1) });
  const { sentences } = documents[document]!;
  const first = rng.int(sentences.length);
  const last = reach(documents[document]!, first, left);
  put({ kind: 'run', about: 1, first, last, chance: 1 / sentences.length });
}

/** One pair as the published code makes it: a document, and one of its pairs. */
export function drawInstance(documents: readonly Document[], options: InstanceOptions, rng: Rng): PairDraws {
  const filled = documents.flatMap(({ sentences }, k) => (sentences.length > 0 ? [k] : []));
  const all = [...createInstances(documents, filled[rng.int(filled.length)]!, options, rng)];
  return all[rng.int(all.length)]!;
}
