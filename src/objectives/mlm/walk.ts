import type { StepOf } from '../tape.ts';
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

/** What a walk has taken so far. */
interface Taken {
  readonly units: readonly Unit[];
  isFull(): boolean;
  /** Why a unit can no longer be taken; undefined: it can. */
  objection(unit: Unit): Skip | undefined;
  add(unit: Unit): void;
}

function createTaken({ budget, weigh = (unit) => unit.length }: Walk): Taken {
  const units: Unit[] = [];
  const covered = new Set<number>();
  let spent = 0;
  return {
    units,
    isFull: () => spent >= budget,
    objection(unit) {
      if (spent + weigh(unit) > budget) return 'too long';
      return unit.some((position) => covered.has(position)) ? 'covered' : undefined;
    },
    add(unit) {
      units.push(unit);
      spent += weigh(unit);
      for (const position of unit) covered.add(position);
    },
  };
}

/**
 * Words in random order until the budget is taken; one that would overshoot is passed over, and the walk ends
 * as soon as the number is reached. Devlin et al. 2019, appendix A.1; runs as in Lan et al. 2020, §4.1. In clean mode
 * the next word is drawn from those that still fit: the same distribution without passing over. Returns the units
 * taken.
 */
export function walk(recording: Recording, plan: Walk, shown = show): readonly Unit[] {
  const taken = createTaken(plan);
  const comeUp = recording.options.mode === 'reference' ? fromAnOrder : fromThoseThatFit;
  const next = comeUp(recording, plan, taken);
  for (let about = plan.from; !taken.isFull(); about++) {
    const unit = next(about);
    if (!unit) break;
    const { positions, skipped } = plan.longest > 1 ? run(recording, plan, unit, taken) : unit;
    if (skipped) continue;
    taken.add(positions);
    for (const position of positions) shown(recording, position);
  }
  return taken.units;
}

type UnitStep = StepOf<MlmStep, 'unit'>;
type SizeStep = StepOf<MlmStep, 'size'>;

/** The word that comes up `about`-th; undefined if there is none. */
type Next = (about: number) => UnitStep | undefined;

/** A unit is known by its first place, since no two share a place. */
const placeOf = (unit: Unit): number => unit[0]!;
const byPlace = (all: readonly Unit[]) => new Map(all.map((unit) => [placeOf(unit), unit]));

/** As published: all words in an order that is drawn at once, whether they fit or not. */
function fromAnOrder({ rng, tape }: Recording, { all, longest }: Walk, { objection }: Taken): Next {
  const unitAt = byPlace(all);
  const left = new Set(rng.permutation(all.length).map((k) => placeOf(all[k]!)));
  return (about) => {
    if (left.size === 0) return undefined;
    const skippedAs = (unit: Unit) => (longest > 1 ? undefined : objection(unit));
    const step = tape.choose('unit', about, {
      open: [...left],
      of: ({ positions }) => placeOf(positions),
      make(place) {
        const positions = unitAt.get(place)!;
        return { kind: 'unit', about, positions, skipped: skippedAs(positions) };
      },
      fits: ({ positions, skipped }) => isUnit(unitAt, positions) && (longest > 1 || skippedAs(positions) === skipped),
    });
    left.delete(placeOf(step.positions));
    return step;
  };
}

/** As described: any of the words that can still be taken, all alike. */
function fromThoseThatFit({ rng, tape }: Recording, { all }: Walk, { objection }: Taken): Next {
  const unitAt = byPlace(all);
  return (about) => {
    const open = all.filter((unit) => !objection(unit)).map(placeOf);
    if (open.length === 0) return undefined;
    return tape.choose('unit', about, {
      open,
      of: ({ positions }) => placeOf(positions),
      make: (place) => ({ kind: 'unit', about, positions: unitAt.get(place)!, chance: 1 / open.length }),
      fits: ({ positions, skipped }) => isUnit(unitAt, positions) && !skipped,
      rng,
    });
  };
}

const isUnit = (unitAt: ReadonlyMap<number, Unit>, positions: Unit): boolean =>
  unitAt.get(placeOf(positions))?.join() === positions.join();

/** How many words are taken from one on: n in proportion to 1/n, then as many fewer as it takes to fit. */
function run(
  { options, rng, tape }: Recording,
  { all, longest }: Walk,
  { about, positions: [first] }: UnitStep,
  { objection }: Taken,
): SizeStep {
  const index = all.findIndex((unit) => placeOf(unit) === first);
  const weights = Array.from({ length: longest }, (_, k) => 1 / (k + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sized = (drawn: number): SizeStep => {
    let words = drawn;
    while (words > 1 && objection(runOf(all, index, words, options)) === 'too long') words -= 1;
    const positions = runOf(all, index, words, options);
    const chance = weights[drawn - 1]! / total;
    return { kind: 'size', about, size: drawn, positions, skipped: objection(positions), chance };
  };
  return tape.take(
    'size',
    about,
    (misfit) => sized(misfit ? Math.min(misfit.size, longest) : rng.pick(weights) + 1),
    (step) => step.size <= longest && JSON.stringify(sized(step.size)) === JSON.stringify(step),
  );
}
