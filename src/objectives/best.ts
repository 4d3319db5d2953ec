import { createRng, type Rng } from '../core/rng.ts';
import { type ClassReader, countByClass, type Hits } from '../text/classes.ts';
import type { Vocabulary } from '../text/document.ts';
import type { Exact, Relation, Scene, Sighting } from '../text/exact.ts';
import type { AnyOptions } from './facts.ts';
import { classesIn, type Made, recipeParts } from './make.ts';
import type { Recipe } from './objective.ts';

/** What one example costs at best: nats, and the places they are for. */
export interface Toll {
  readonly nats: number;
  readonly places: number;
  /**
   * How many of them its most probable answer gets right, an even chance counting half; where that is one answer a
   * place.
   */
  readonly right?: number;
  /**
   * Where each place asks for one token: how probable the answer it would give is, by the place in the sequence of
   * the token asked for.
   */
  readonly peaks?: readonly (readonly [place: number, probability: number])[];
}

/** What a judge of one example may use. */
export interface Bench {
  readonly made: Made;
  readonly options: AnyOptions;
  readonly vocabulary: Vocabulary;
  readonly exact: Exact;
  /**
   * The sequence without noise, read with every hypothesis of how its segments belong together; where a row reads on,
   * its tokens behind what was read before.
   */
  readonly scene: Scene;
  readonly relation: Relation;
  readonly rng: Rng;
}

/** What the best reader says of one place. */
export interface Guess {
  readonly place: number;
  /** [vocab], adds up to one. */
  readonly probabilities: Float64Array;
}

/**
 * The best reader of one noising: `best.ts` in its folder, if its best loss is known. It knows the grammar, where
 * sentences end, and the rules of the noise; it does not know what was drawn.
 */
export interface Judge {
  /**
   * Whether it knows what a row has read before, where the text is read on in. The line of one who does not could be
   * beaten by a model that keeps its states: then there is no figure.
   */
  readonly readsOn?: boolean;
  /** What the example shows of each place; a judge that has none gives no verdict on pairs. */
  sightings?(bench: Bench): readonly Sighting[];
  /**
   * P(token | all that is seen) at each place asked, [vocab], where it asks for single tokens; undefined where the sums
   * cannot be done.
   */
  posteriors?(bench: Bench): readonly Guess[] | undefined;
  /** The toll of each of its losses, or of all of them; undefined where the sums cannot be done. */
  tolls(bench: Bench): Readonly<Record<string, Toll | undefined>> | undefined;
  /** What the line of a loss is called where there is more than one; absent: `best possible`. */
  readonly labels?: Readonly<Record<string, string>>;
  /** P(span | all that is seen), for each that is hidden as a whole; undefined where the sums cannot be done. */
  spanPosteriors?(bench: Bench): readonly number[] | undefined;
}

/** The best possible mean loss, in nats a scored place. */
export interface Best {
  readonly loss: number;
  /** Standard error: the mean is taken over sampled texts. */
  readonly error: number;
  readonly places: number;
  /** Which of several bests of a loss it is; absent: there is one. */
  readonly label?: string;
  /** Share of places the same reader gets right, for yes-or-no questions. */
  readonly accuracy?: number;
  /**
   * By class of the word asked for, where the text has classes: how many its most probable answers are expected to get
   * right, the sum of their probabilities. No reader is expected to get more.
   */
  readonly classes?: Readonly<Record<string, Hits>>;
}

const judges = import.meta.glob<Judge>('./*/best.ts', { eager: true, import: 'judge' });

/** Below this share of examples whose sums can be done there is no figure: it would be one of another kind of text. */
const leastShare = 0.9;

/**
 * The best possible losses of a recipe, by the name of the loss, averaged over examples made by it from a text whose
 * probabilities are exact: each scored truth costs −ln of its exact posterior. Where segments may not belong together,
 * that is summed over; the pair's own loss is known for segments of a fixed number of sentences. Where a row
 * reads on, only judges that have read what stands before give a figure. Empty where nothing is known. `classes` reads
 * the classes of the words, where the text has any.
 */
export function bestLosses(
  recipe: Recipe,
  examples: readonly Made[],
  exact: Exact,
  vocabulary: Vocabulary,
  classes?: ClassReader,
): Readonly<Record<string, Best>> {
  const parts = recipeParts(recipe);
  const judge = judgeOf(recipe, parts);
  if (!judge) return {};
  const tolls: Record<string, Toll[]> = {};
  const peaks: Record<string, (readonly [string | undefined, number])[]> = {};
  const put = (name: string, toll: Toll) => {
    tolls[name] = [...(tolls[name] ?? []), toll];
  };
  const sort = (name: string, toll: Toll, made: Made) => {
    const known = toll.peaks && classes && classesIn(made, classes);
    if (!known) return;
    peaks[name] ??= [];
    for (const [place, p] of toll.peaks) peaks[name].push([known[place], p]);
  };
  examples.forEach((made, i) => {
    const bench = benchOf(parts, made, exact, vocabulary, i);
    if (!bench) return;
    for (const [name, toll] of Object.entries(judge.tolls(bench) ?? {})) {
      if (!toll) continue;
      put(name, toll);
      sort(name, toll, made);
    }
    // Where segments are filled up to a length, the lengths alone tell something of the label, which is not summed
    // over.
    const isPlain = Number(parts.pairingOptions.sentencesPerSegment) > 0;
    const seen = made.sequence.pairLabel !== undefined && isPlain ? judge.sightings?.(bench) : undefined;
    const follows = seen && bench.scene.hypotheses(seen)?.[0];
    if (follows === undefined) return;
    const truth = made.sequence.pairLabel === 0 ? follows : 1 - follows;
    put(recipe.pairing, { nats: -Math.log(truth), places: 1, right: truth === 0.5 ? 0.5 : Number(truth > 0.5) });
  });
  const known = Object.entries(tolls).filter(([, all]) => all.length >= leastShare * examples.length);
  return Object.fromEntries(
    known.map(([name, all]) => {
      const sorted = peaks[name] && { classes: countByClass(peaks[name]) };
      return [name, { ...mean(all, judge.labels?.[name]), ...sorted }];
    }),
  );
}

/**
 * What the best reader of a recipe says of each place that an example asks for; undefined where it says nothing of
 * single tokens, or the text is not one of the grammar.
 */
export function tokenPosteriors(
  recipe: Recipe,
  made: Made,
  exact: Exact,
  vocabulary: Vocabulary,
): readonly Guess[] | undefined {
  const parts = recipeParts(recipe);
  const bench = benchOf(parts, made, exact, vocabulary, 0);
  return bench && judgeOf(recipe, parts)?.posteriors?.(bench);
}

/**
 * P(span | all that is seen) of every hidden span of all examples, by the exact reader; undefined where one is not
 * known.
 */
export function spanPosteriors(
  recipe: Recipe,
  examples: readonly Made[],
  exact: Exact,
  vocabulary: Vocabulary,
): readonly number[] | undefined {
  const parts = recipeParts(recipe);
  const judge = judgeOf(recipe, parts);
  const all = examples.map((made, i) => {
    const bench = benchOf(parts, made, exact, vocabulary, i);
    return bench && judge?.spanPosteriors?.(bench);
  });
  return all.includes(undefined) ? undefined : all.flatMap((one) => one!);
}

type Parts = ReturnType<typeof recipeParts>;

function judgeOf({ noising }: Recipe, { pairing }: Parts): Judge | undefined {
  const judge = judges[`./${noising}/best.ts`];
  return judge && (judge.readsOn || !pairing.follow) ? judge : undefined;
}

/** What a judge may use of example number `index`; undefined where the text is not one of the grammar. */
function benchOf(
  { pairing: { relation }, noisingOptions: options }: Parts,
  made: Made,
  exact: Exact,
  vocabulary: Vocabulary,
  index: number,
): Bench | undefined {
  const { before, a, breaks = [], origin = [] } = made.passage;
  // Where separators stand within a document as well, no relation says which segments are of one.
  if (relation === 'apart' && breaks.length !== origin.length - 1) return undefined;
  const scene = exact.read(before ? [...before, ...a] : made.sequence.ids, relation);
  return scene && { made, options, vocabulary, exact, scene, relation, rng: createRng(`best ${index}`) };
}

/** Nats over places, and the standard error of that quotient. */
function mean(tolls: readonly Toll[], label?: string): Best {
  const nats = tolls.reduce((sum, toll) => sum + toll.nats, 0);
  const places = tolls.reduce((sum, toll) => sum + toll.places, 0);
  const loss = nats / Math.max(1, places);
  const spread = tolls.reduce((sum, toll) => sum + (toll.nats - loss * toll.places) ** 2, 0);
  const right = tolls.reduce((sum, toll) => sum + (toll.right ?? Number.NaN), 0);
  return {
    loss,
    error: Math.sqrt(spread) / Math.max(1, places),
    places,
    label,
    accuracy: Number.isNaN(right) ? undefined : right / Math.max(1, places),
  };
}
