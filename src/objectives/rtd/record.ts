import type { Vocabulary } from '../../text/document.ts';
import type { Sequence } from '../objective.ts';
import { requireSpecials } from '../options.ts';
import { createTape, type Recorder } from '../tape.ts';
import { type RtdOptions, slots } from './options.ts';
import { substitutesOf } from './substitutes.ts';

export type RtdStep =
  /** The place drawn `about`-th. */
  | { readonly kind: 'place'; readonly about: number; readonly position: number; readonly chance: number }
  /** What the generator sees at the `about`-th place. */
  | {
      readonly kind: 'shown';
      readonly about: number;
      readonly position: number;
      readonly id: number;
      readonly chance: number;
    }
  /** What is put at the `about`-th place; `isAveraged` if samples for one place are averaged, as published. */
  | {
      readonly kind: 'sample';
      readonly about: number;
      readonly position: number;
      readonly id: number;
      readonly isAveraged: boolean;
      readonly chance: number;
    };

/**
 * Places, what the generator sees there, and substitutes. In clean mode no place is drawn twice and the generator sees
 * [MASK] at each; in reference mode places are drawn with replacement, each draw says anew whether the generator sees
 * what stands there, and one that hides it is enough. Clark et al. 2020, §2, and its code.
 */
export const record: Recorder<Sequence, RtdOptions, RtdStep> = (input, options, vocabulary, rng, held) => {
  requireSpecials(vocabulary, ['maskId', 'classifyId', 'separateId']);
  const tape = createTape(held);
  const { ids, room } = input;
  const isReference = options.mode === 'reference';
  const candidates = ids.flatMap((id, position) => (isCandidate(id, options, vocabulary) ? [position] : []));
  const count = Math.min(isReference ? Number.POSITIVE_INFINITY : candidates.length, slots(options, ids.length, room));
  if (candidates.length === 0) return { steps: [] };
  const drawn: number[] = [];
  for (let about = 0; about < count; about++) {
    const open = isReference ? candidates : candidates.filter((position) => !drawn.includes(position));
    const { position } = tape.choose('place', about, {
      open,
      of: (step) => step.position,
      make: (position) => ({ kind: 'place', about, position, chance: 1 / open.length }),
      rng,
      swaps: isReference ? 'freely' : 'never',
    });
    drawn.push(position);
  }
  drawn.forEach((position, about) => {
    const share = isReference ? options.maskShare : 1;
    tape.take(
      'shown',
      about,
      () => {
        const isHidden = !isReference || rng.next() < share;
        const id = isHidden ? vocabulary.maskId : ids[position]!;
        return { kind: 'shown', about, position, id, chance: isHidden ? share : 1 - share };
      },
      (step) => step.position === position,
    );
  });
  drawn.forEach((position, about) => {
    tape.take(
      'sample',
      about,
      () => {
        const { id, chance } = substitutesOf(options, vocabulary).draw(rng, options.luck ? undefined : ids[position]!);
        return { kind: 'sample', about, position, id, isAveraged: isReference, chance };
      },
      (step) => step.position === position,
    );
  });
  return { steps: tape.steps };
};

function isCandidate(id: number, { mode }: RtdOptions, vocabulary: Vocabulary): boolean {
  const { padId, classifyId, separateId, maskId } = vocabulary;
  if (mode === 'clean') return !vocabulary.isSpecial(id);
  return id !== padId && id !== classifyId && id !== separateId && id !== maskId;
}
