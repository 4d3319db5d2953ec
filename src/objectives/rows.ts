import { check } from '../core/errors.ts';
import { type Example, IGNORE } from './objective.ts';

/** An example on its way into row `row` of a batch. */
interface Writing {
  readonly example: Example;
  /** What is read, cut to the row's length. */
  readonly input: Pick<Example, 'inputIds' | 'segments'>;
  /** Where the row begins in [batch · seq]. */
  readonly at: number;
  readonly length: number;
  /** The places that bear loss. */
  readonly scored: readonly number[];
}

type Values = readonly number[] | readonly (readonly number[])[];
/** `slot` and `target` are as long as there are scored places; slots of all rows stand on one axis. */
export type RowAxis = 'seq' | 'slot' | 'target';

/** One array of a batch: the shape of a row of it, what stands where nothing is written, and what an example writes. */
export interface RowField<Kind extends 'int' | 'float' = 'int' | 'float', Needed extends boolean = boolean> {
  readonly kind: Kind;
  readonly axes: readonly RowAxis[];
  /** A number, the padding token, or the first place of the row. */
  readonly empty: number | 'padding' | 'first';
  /** Whether every example has it; else all examples of a batch have it, or none. */
  readonly needed: Needed;
  readonly write: (writing: Writing) => Values | undefined;
}

const always = <Kind extends 'int' | 'float'>(
  kind: Kind,
  axes: readonly RowAxis[],
  empty: RowField['empty'],
  write: (writing: Writing) => Values,
): RowField<Kind, true> => ({ kind, axes, empty, needed: true, write });
const ifAny = <Kind extends 'int' | 'float'>(
  kind: Kind,
  axes: readonly RowAxis[],
  empty: RowField['empty'],
  write: RowField['write'],
): RowField<Kind, false> => ({ kind, axes, empty, needed: false, write });

const ones = (row: readonly unknown[]): readonly number[] => row.map(() => 1);
const oneHot = (place: number, length: number): readonly number[] =>
  Array.from({ length }, (_, i) => Number(i === place));

/**
 * All that a batch holds, by name: arrays, tensors and their types follow from this table, so that a new field is one
 * line here. Integers are int32, all others float32; padding and empty slots bear no loss.
 */
export const rowFields = {
  /** [batch, seq] */
  ids: always('int', ['seq'], 'padding', ({ input }) => input.inputIds),
  /** [batch, seq], 0 or 1 (XLNet: 2 for the classifier). */
  segments: always('int', ['seq'], 0, ({ input }) => input.segments),
  /** [batch, seq], 1 at real tokens, 0 at padding. */
  keep: always('float', ['seq'], 0, ({ input }) => ones(input.inputIds)),
  /** [slots]: row · seq + position of each scored place; an empty slot points at its row's first place. */
  positions: always('int', ['slot'], 'first', ({ scored, at }) => scored.map((position) => at + position)),
  /** [slots]: the original id; 0 at an empty slot. */
  labels: always('int', ['slot'], 0, ({ scored, example }) => scored.map((position) => example.labels[position]!)),
  /** [slots]: 1 at a real slot, 0 at an empty one. */
  weights: always('float', ['slot'], 0, ({ scored }) => ones(scored)),
  /** [batch], 0 or 1. */
  pairLabels: ifAny('int', [], 0, ({ example: { pairLabel } }) => (pairLabel === undefined ? undefined : [pairLabel])),
  /** [batch, seq], what the generator reads where that was drawn beforehand (ELECTRA). */
  generatorIds: ifAny('int', ['seq'], 'padding', ({ example }) => example.generatorIds),
  /** [batch, seq, seq], 1 where the query may not see the key (XLNet); padding is hidden and sees nobody. */
  permMask: ifAny('float', ['seq', 'seq'], 1, ({ example }) => example.permMask),
  /**
   * [batch, target, seq], one-hot rows: the target's position (XLNet). A row of zeros where a target may see nothing: a
   * softmax over hidden keys would look at all.
   */
  targetMapping: ifAny(
    'float',
    ['target', 'seq'],
    0,
    ({ example: { permMask }, scored, length }) =>
      permMask && scored.map((place) => oneHot(permMask[place]?.includes(0) ? place : -1, length)),
  ),
  /** [batch, target], what the decoder reads (BART). */
  decoderIds: ifAny('int', ['seq'], 'padding', ({ example }) => example.decoderInputIds),
  /** [batch, target], 1 at its real tokens. */
  decoderKeep: ifAny(
    'float',
    ['seq'],
    0,
    ({ example: { decoderInputIds } }) => decoderInputIds && ones(decoderInputIds),
  ),
} as const;

export type RowFields = typeof rowFields;
export type RowName = keyof RowFields;
/** The fields that every example has. */
export type NeededRow = {
  [Name in RowName]: RowFields[Name] extends RowField<'int' | 'float', true> ? Name : never;
}[RowName];

/** Where tokens were put in, a text to be read may outgrow its row: what stands in front of its last token is cut. */
function cutToRow({ inputIds, segments }: Example, length: number): Pick<Example, 'inputIds' | 'segments'> {
  if (inputIds.length <= length) return { inputIds, segments };
  const cut = (row: readonly number[]) => [...row.slice(0, length - 1), row[row.length - 1]!];
  return { inputIds: cut(inputIds), segments: cut(segments) };
}

/** An example as row number `row` of rows of `length` tokens with `slots` scored places each. */
export function writing(example: Example, row: number, length: number, slots: number): Writing {
  const input = example.decoderInputIds ? cutToRow(example, length) : example;
  check(input.inputIds.length <= length, `a row of ${input.inputIds.length} tokens, room for ${length}`);
  const written = example.decoderInputIds?.length ?? 0;
  check(written <= length, `${written} to write, room for ${length}`);
  const scored = example.labels.flatMap((label, position) => (label === IGNORE ? [] : [position]));
  check(scored.length <= slots, `${scored.length} scored places, room for ${slots}`);
  return { example, input, at: row * length, length, scored };
}
