/** `slot` and `target` are as long as there are scored places; slots of all rows stand on one axis. */
export type RowAxis = 'seq' | 'slot' | 'target';

type Kind = 'int' | 'float';

/** One array of a batch: the shape of a row of it, and what stands where nothing is written. */
export interface RowField<K extends Kind = Kind> {
  readonly kind: K;
  readonly axes: readonly RowAxis[];
  /** A number, the padding token, or the first place of the row. */
  readonly empty: number | 'padding' | 'first';
}

interface CarriedField<K extends Kind, Axes extends readonly RowAxis[]> extends RowField<K> {
  readonly axes: Axes;
}

const carried = <K extends Kind, const Axes extends readonly RowAxis[]>(
  kind: K,
  axes: Axes,
  empty: RowField['empty'],
): CarriedField<K, Axes> => ({ kind, axes, empty });

/**
 * What an example may bring along: a line here is a field of `Example` and, under the same name, of a batch; the types
 * of both follow from its axes. All examples of a batch have it, or none.
 */
const carriedFields = {
  /** [batch, seq], what the generator of the substitutes reads where that was drawn beforehand. Clark et al. 2020. */
  generatorIds: carried('int', ['seq'], 'padding'),
  /** [batch, seq, seq], 1 where the query may not see the key. Padding is hidden and sees nobody. Yang et al. 2019. */
  permMask: carried('float', ['seq', 'seq'], 1),
};

type CarriedFields = typeof carriedFields;

/** Numbers along the axes of a field: one number if it has none. */
type Along<Axes> = Axes extends readonly [unknown, ...infer Rest] ? readonly Along<Rest>[] : number;

/** The fields of an example that go into a row of a batch as they are. */
export type Carried = { readonly [Name in keyof CarriedFields]?: Along<CarriedFields[Name]['axes']> };

/** An example on its way into a row of a batch. */
export interface Writing extends Carried {
  /** What is read, cut to the row's length. */
  readonly inputIds: readonly number[];
  readonly segments: readonly number[];
  readonly length: number;
  /** Where the row begins in [batch · seq]. */
  readonly at: number;
  /** The places that bear loss, and what is right at each. */
  readonly scored: readonly number[];
  readonly truths: readonly number[];
  /** One over how often its place is asked, where a place may be asked more than once. */
  readonly shares?: readonly number[] | undefined;
  readonly pairLabel?: number;
  readonly pairWeight?: number | undefined;
  readonly decoderInputIds?: readonly number[];
}

interface WrittenField<K extends Kind, Needed extends boolean> extends RowField<K> {
  /** Whether every example has it; else all examples of a batch have it, or none. */
  readonly needed: Needed;
  readonly write: (writing: Writing) => Values | undefined;
}

type Values = readonly number[] | readonly (readonly number[])[];

const always = <K extends Kind>(
  kind: K,
  axes: readonly RowAxis[],
  empty: RowField['empty'],
  write: (writing: Writing) => Values,
): WrittenField<K, true> => ({ kind, axes, empty, needed: true, write });
const ifAny = <K extends Kind>(
  kind: K,
  axes: readonly RowAxis[],
  empty: RowField['empty'],
  write: (writing: Writing) => Values | undefined,
): WrittenField<K, false> => ({ kind, axes, empty, needed: false, write });

const ones = (row: readonly unknown[]): readonly number[] => row.map(() => 1);
const oneHot = (place: number, length: number): readonly number[] =>
  Array.from({ length }, (_, i) => Number(i === place));

const writtenFields = {
  /** [batch, seq] */
  ids: always('int', ['seq'], 'padding', ({ inputIds }) => inputIds),
  /** [batch, seq], 0 or 1 (XLNet: 2 for the classifier). */
  segments: always('int', ['seq'], 0, ({ segments }) => segments),
  /** [batch, seq], 1 at real tokens, 0 at padding. */
  keep: always('float', ['seq'], 0, ({ inputIds }) => ones(inputIds)),
  /** [slots]: row · seq + position of each scored place; an empty slot points at its row's first place. */
  positions: always('int', ['slot'], 'first', ({ scored, at }) => scored.map((position) => at + position)),
  /** [slots]: the original id; 0 at an empty slot. */
  labels: always('int', ['slot'], 0, ({ truths }) => truths),
  /** [slots]: 1 at a real slot, 0 at an empty one. */
  weights: always('float', ['slot'], 0, ({ scored }) => ones(scored)),
  /** [slots]: one over how often its place is asked, where a place may be asked more than once (ELECTRA's code). */
  shares: ifAny('float', ['slot'], 0, ({ shares }) => shares),
  /** [batch], 0 or 1. */
  pairLabels: ifAny('int', [], 0, ({ pairLabel }) => (pairLabel === undefined ? undefined : [pairLabel])),
  /** [batch], 1 at a row that is asked about its pair, 0 at one that is not; absent where all are. */
  pairWeights: ifAny('float', [], 0, ({ pairWeight }) => (pairWeight === undefined ? undefined : [pairWeight])),
  /**
   * [batch, target, seq], one-hot rows: the target's position (XLNet). A row of zeros where a target may see nothing: a
   * softmax over hidden keys would look at all.
   */
  targetMapping: ifAny(
    'float',
    ['target', 'seq'],
    0,
    ({ permMask, scored, length }) =>
      permMask && scored.map((place) => oneHot(permMask[place]?.includes(0) ? place : -1, length)),
  ),
  /** [batch, target], what the decoder reads (BART). */
  decoderIds: ifAny('int', ['seq'], 'padding', ({ decoderInputIds }) => decoderInputIds),
  /** [batch, target], 1 at its real tokens. */
  decoderKeep: ifAny('float', ['seq'], 0, ({ decoderInputIds }) => decoderInputIds && ones(decoderInputIds)),
};

/**
 * All that a batch holds, by name: arrays, tensors and their types follow from these two tables. Integers are int32,
 * all others float32; padding and empty slots bear no loss.
 */
export const rowFields = { ...writtenFields, ...carriedFields };

export type RowFields = typeof rowFields;
export type RowName = keyof RowFields;
/** The fields that every example has. */
export type NeededRow = {
  [Name in RowName]: RowFields[Name] extends WrittenField<Kind, true> ? Name : never;
}[RowName];

/** Whether every example has this field. */
export const isNeeded = (name: RowName): name is NeededRow => {
  const field: RowField & { readonly needed?: boolean } = rowFields[name];
  return field.needed ?? false;
};

/** What an example writes into a row of this field; undefined if it has nothing of the kind. */
export function valuesOf(name: RowName, writing: Writing): Values | undefined {
  const field: RowField & Partial<WrittenField<Kind, boolean>> = rowFields[name];
  if (field.write) return field.write(writing);
  const own = writing[name as keyof Carried] as Values | number | undefined;
  return typeof own === 'number' ? [own] : own;
}
