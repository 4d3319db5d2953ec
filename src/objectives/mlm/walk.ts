import { show } from './outcome.ts';
import type { MlmStep, Recording, Skip } from './steps.ts';
import { runOf, type Unit } from './units.ts';

interface Walk {
  readonly all: readonly Unit[];
  readonly budget: number;
  /** Longest run of words taken at once. */
  readonly longest: number;
  /** Number of the first word that comes up, so that two walks on one tape do not share names. */
  readonly from: number;
  /** How much of the budget a unit takes: its tokens, unless said otherwise. */
  readonly weigh?: (unit: Unit) => number;
}

/**
 * Words in random order until the budget is taken; one that would overshoot is passed over, and the walk ends
 * as soon as the number is reached. Devlin et al. 2019, appendix A.1; runs as in Lan et al. 2020, §4.1. In clean mode
 * the next word is drawn from those that still fit: the same distribution without passing over. Returns the units
 * taken.
 */
export function walk(recording: Recording, plan: Walk, shown = show): readonly Unit[] {
  const { options, rng, tape } = recording;
  const { all, budget, longest, weigh = (unit: Unit) => unit.length } = plan;
  const isReference = options.mode === 'reference';
  const covered = new Set<number>();
  let spent = 0;
  const judge = (unit: Unit): Skip | undefined => {
    if (spent + weigh(unit) > budget) return 'too long';
    for (const position of unit) if (covered.has(position)) return 'covered';
    return undefined;
  };
  // A unit is known by its first place, since no two share a place.
  const indexOf = new Map(all.map((unit, k) => [unit[0]!, k]));
  const queue = isReference ? rng.permutation(all.length) : [];
  const spoken = new Set(tape.held('unit').map(({ positions }) => indexOf.get(positions[0]!)));
  const indices = all.map((_, k) => k);
  const taken: Unit[] = [];

  for (let about = plan.from; spent < budget; about++) {
    const open = isReference ? queue : indices.filter((k) => !judge(all[k]!));
    if (open.length === 0) break;
    const step = tape.take(
      'unit',
      about,
      () => {
        const unspoken = spoken.size > 0 ? open.filter((k) => !spoken.has(k)) : open;
        const from = unspoken.length > 0 ? unspoken : open;
        const positions = all[from[isReference ? 0 : rng.int(from.length)]!]!;
        const skipped = longest > 1 ? undefined : judge(positions);
        if (isReference) return { kind: 'unit', about, positions, ...(skipped && { skipped }) };
        return { kind: 'unit', about, positions, chance: 1 / open.length };
      },
      (held) =>
        open.includes(indexOf.get(held.positions[0]!) ?? -1) &&
        all[indexOf.get(held.positions[0]!)!]!.join() === held.positions.join() &&
        (longest > 1 || judge(held.positions) === held.skipped),
    );
    const index = indexOf.get(step.positions[0]!)!;
    if (isReference) queue.splice(queue.indexOf(index), 1);
    const { positions, skipped } = longest > 1 ? size(recording, plan, index, about, judge) : step;
    if (skipped) continue;
    taken.push(positions);
    spent += weigh(positions);
    for (const position of positions) covered.add(position);
    for (const position of positions) shown(recording, position);
  }
  return taken;
}

/** How many words are taken from word `index` on: n in proportion to 1/n, then as many fewer as it takes to fit. */
function size(
  { options, rng, tape }: Recording,
  { all, longest }: Walk,
  index: number,
  about: number,
  judge: (unit: Unit) => Skip | undefined,
): Extract<MlmStep, { kind: 'size' }> {
  const weights = Array.from({ length: longest }, (_, k) => 1 / (k + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sized = (drawn: number): Extract<MlmStep, { kind: 'size' }> => {
    let words = drawn;
    while (words > 1 && judge(runOf(all, index, words, options)) === 'too long') words -= 1;
    const positions = runOf(all, index, words, options);
    const skipped = judge(positions);
    const chance = weights[drawn - 1]! / total;
    return { kind: 'size', about, size: drawn, positions, ...(skipped && { skipped }), chance };
  };
  return tape.take(
    'size',
    about,
    (misfit) => sized(misfit ? Math.min(misfit.size, longest) : rng.pick(weights) + 1),
    (step) => step.size <= longest && JSON.stringify(sized(step.size)) === JSON.stringify(step),
  );
}
