import { createRng, type Rng } from '../core/rng.ts';
import { classesIn } from '../objectives/make.ts';
import { type Example, IGNORE } from '../objectives/objective.ts';
import { heldOutExamples } from './batches.ts';
import type { Data } from './data.ts';
import type { Evaluation, Snapshot } from './protocol.ts';
import type { Run } from './run.ts';

/** Held-out rows whose fakes are to be told, so many at a time. */
const rows = 256;
const atOnce = 32;

/** How much each token looks like a fake, and whether it is one. */
export interface Suspicion {
  readonly score: number;
  readonly isFake: boolean;
}

/**
 * In how many of all pairs of a fake and an original token the fake is the more suspicious one, equal ones counting
 * half: the area under the ROC curve. It does not hang on how often a model says "replaced". Without a pair ½.
 */
export function toldApart(tokens: readonly Suspicion[]): number {
  const sorted = tokens.toSorted((a, b) => a.score - b.score);
  let below = 0;
  let wins = 0;
  for (let i = 0; i < sorted.length; ) {
    let end = i;
    while (end < sorted.length && sorted[end]!.score === sorted[i]!.score) end++;
    const fakes = sorted.slice(i, end).filter(({ isFake }) => isFake).length;
    const originals = end - i - fakes;
    wins += fakes * (below + originals / 2);
    below += originals;
    i = end;
  }
  const pairs = below * (sorted.length - below);
  return pairs === 0 ? 0.5 : wins / pairs;
}

const logits = 'logits.discriminator.logits';
type Inspect = (examples: readonly Example[], taps: readonly string[]) => Promise<Record<string, Snapshot>>;

/** One row of ids, and which of its tokens are fakes; the places that are judged, absent: all. */
interface Suspect {
  readonly ids: readonly number[];
  readonly segments: readonly number[];
  readonly fakes: ReadonlySet<number>;
  readonly places: readonly number[];
}

/** How suspicious the judged tokens of some rows are. */
async function suspicions(rows: readonly Suspect[], inspect: Inspect): Promise<readonly Suspicion[]> {
  const found: Suspicion[] = [];
  for (let from = 0; from < rows.length; from += atOnce) {
    const some = rows.slice(from, from + atOnce);
    const seen = some.map(({ ids, segments }) => ({ inputIds: ids, segments, labels: ids.map(() => IGNORE) }));
    const { shape, data: scores } = (await inspect(seen, [logits]))[logits]!;
    const length = shape.at(-1)!;
    some.forEach(({ places, fakes }, row) => {
      for (const i of places) found.push({ score: scores[row * length + i]!, isFake: fakes.has(i) });
    });
  }
  return found;
}

/**
 * Rows in which one word of a class has another word of that class in its place, and the same rows as they are, by
 * class: a fake that fits its neighbours as well as the original does, but for what tells the word.
 */
export function swappedRows(
  made: readonly { readonly ids: readonly number[]; readonly segments: readonly number[] }[],
  classes: readonly (readonly (string | undefined)[] | undefined)[],
  rng: Rng,
): Readonly<Record<string, readonly Suspect[]>> {
  const words = new Map<string, Set<number>>();
  made.forEach(({ ids }, row) => {
    ids.forEach((id, i) => {
      const one = classes[row]?.[i];
      if (one !== undefined) words.set(one, (words.get(one) ?? new Set()).add(id));
    });
  });
  return Object.fromEntries(
    [...words].map(([name, ids]) => {
      const stream = rng.fork(name);
      const rows = made.flatMap(({ ids: clean, segments }, row): readonly Suspect[] => {
        const places = clean.flatMap((_, i) => (classes[row]?.[i] === name ? [i] : []));
        const at = places[stream.int(Math.max(1, places.length))];
        const others = [...ids].filter((id) => id !== clean[at ?? -1]);
        if (at === undefined || others.length === 0) return [];
        const other = others[stream.int(others.length)]!;
        const original = { ids: clean, segments, fakes: new Set<number>(), places: [at] };
        return [original, { ...original, ids: clean.with(at, other), fakes: new Set([at]) }];
      });
      return [name, rows];
    }),
  );
}

/**
 * Held-out text with the fakes that the run's noising draws, the same for every model, whatever its own generator would
 * put there: `apart` is how well they are told from the rest. Clark et al. 2020, §3.4, compares by tuning instead.
 * Where the text has classes of words, `apart.<class>` is that of single words exchanged for others of their class.
 */
export async function spotFakes(run: Run, data: Data, step: number, inspect: Inspect): Promise<Evaluation> {
  const made = heldOutExamples(data, run, rows);
  const drawn = made.map(({ example: { inputIds, segments, replaced } }): Suspect => {
    const places = inputIds.flatMap((id, i) => (data.vocabulary.isSpecial(id) ? [] : [i]));
    return { ids: inputIds, segments, places, fakes: new Set(places.filter((i) => replaced?.[i] === 1)) };
  });
  const accuracies: Record<string, number> = { apart: toldApart(await suspicions(drawn, inspect)) };
  const read = data.classes;
  const swapped = read
    ? swappedRows(
        made.map(({ sequence }) => sequence),
        made.map((one) => classesIn(one, read)),
        createRng('swapped words'),
      )
    : {};
  for (const [name, suspects] of Object.entries(swapped))
    accuracies[`apart.${name}`] = toldApart(await suspicions(suspects, inspect));
  return { step, losses: {}, accuracies };
}
