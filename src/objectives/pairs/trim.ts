import type { Rng } from '../../core/rng.ts';
import type { Tape } from '../tape.ts';
import type { PairStep } from './steps.ts';

/**
 * Token by token until both fit in `most`: the longer run (b on a tie) loses one, by a coin from its front or its
 * back. Devlin et al. 2019, code: `truncate_seq_pair`. Returns the lengths that are left.
 */
export function trim(
  tape: Tape<PairStep>,
  rng: Rng,
  lengths: readonly [a: number, b: number],
  most: number,
): readonly [a: number, b: number] {
  let [a, b] = lengths;
  for (let about = 0; a + b > most; about++) {
    const run = a > b ? 0 : 1;
    tape.take(
      'trim',
      about,
      () => ({ kind: 'trim', about, run, end: rng.next() < 0.5 ? 'front' : 'back', chance: 0.5 }),
      (step) => step.run === run,
    );
    if (run === 0) a -= 1;
    else b -= 1;
  }
  return [a, b];
}
