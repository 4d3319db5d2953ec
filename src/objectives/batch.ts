import { check } from '../core/errors.ts';
import { type Example, IGNORE } from './objective.ts';

/** The fixed size of a batch: rows, tokens a row, prediction slots a row. */
export interface Shape {
  readonly length: number;
  readonly slots: number;
  readonly padId: number;
}

/**
 * Examples as padded rows, row-major. All integers are views of `ints` and all others of `floats`, so that a batch
 * can be uploaded as two arrays. Slots are grouped by row: slot r · slots + k is the k-th scored place of row r.
 */
export interface Arrays {
  readonly rows: number;
  readonly length: number;
  readonly slots: number;
  /** Real tokens of all rows. */
  readonly tokens: number;
  readonly ints: Int32Array;
  readonly floats: Float32Array;
  /** [rows, length] */
  readonly ids: Int32Array;
  /** [rows, length] */
  readonly segments: Int32Array;
  /** [rows, length], 1 at real tokens. */
  readonly keep: Float32Array;
  /** [rows · slots]: row · length + position; an empty slot points at its row's first place. */
  readonly positions: Int32Array;
  /** [rows · slots]: the original id; 0 at an empty slot. */
  readonly labels: Int32Array;
  /** [rows · slots]: 1 at a real slot. */
  readonly weights: Float32Array;
  /** [rows] */
  readonly pairLabels?: Int32Array;
  /** [rows, length] */
  readonly replaced?: Float32Array;
  /** [rows, length]: what a generator is given, where that is not the input. */
  readonly generatorIds?: Int32Array;
  /** [rows, length, length]; padding is hidden from everybody and sees nobody. */
  readonly permMask?: Float32Array;
  /** [rows, slots, length]; a row of zeros where a target may see nothing: a softmax over hidden keys would look at all. */
  readonly targetMapping?: Float32Array;
  /** [rows, length] */
  readonly decoderIds?: Int32Array;
  /** [rows, length] */
  readonly decoderKeep?: Float32Array;
}

/** Carves views out of one buffer: first all sizes are asked for, then the buffer is made. */
function carve<A extends Int32Array | Float32Array, K extends string>(
  make: (size: number) => A,
  sizes: Readonly<Record<K, number>>,
): { readonly all: A; readonly views: Readonly<Record<K, A>> } {
  const entries = Object.entries(sizes) as [K, number][];
  const all = make(entries.reduce((sum, [, size]) => sum + size, 0));
  let at = 0;
  const views = entries.map(([name, size]) => {
    const view = all.subarray(at, at + size) as A;
    at += size;
    return [name, view];
  });
  return { all, views: Object.fromEntries(views) as Record<K, A> };
}

/** Whether all examples have a field, none has it, or (our mistake) only some. */
function have(examples: readonly Example[], field: keyof Example): boolean {
  const count = examples.filter((example) => example[field] !== undefined).length;
  check(count === 0 || count === examples.length, `${count} of ${examples.length} examples have ${field}`);
  return count > 0;
}

/** Where tokens were put in, a text to be read may outgrow its row: what stands in front of its last token is cut. */
function cutToRow({ inputIds, segments }: Example, length: number): Pick<Example, 'inputIds' | 'segments'> {
  if (inputIds.length <= length) return { inputIds, segments };
  const cut = (row: readonly number[]) => [...row.slice(0, length - 1), row[row.length - 1]!];
  return { inputIds: cut(inputIds), segments: cut(segments) };
}

/** Examples of one recipe to rows of `length` tokens with `slots` scored places each. Padding bears no loss. */
export function collate(examples: readonly Example[], { length, slots, padId }: Shape): Arrays {
  const rows = examples.length;
  const tokensOf = rows * length;
  const hasPair = have(examples, 'pairLabel');
  const hasReplaced = have(examples, 'replaced');
  const hasGenerator = have(examples, 'generatorIds');
  const hasMask = have(examples, 'permMask');
  const hasDecoder = have(examples, 'decoderInputIds');
  const ints = carve((size) => new Int32Array(size), {
    ids: tokensOf,
    segments: tokensOf,
    positions: rows * slots,
    labels: rows * slots,
    pairLabels: hasPair ? rows : 0,
    decoderIds: hasDecoder ? tokensOf : 0,
    generatorIds: hasGenerator ? tokensOf : 0,
  });
  const floats = carve((size) => new Float32Array(size), {
    keep: tokensOf,
    weights: rows * slots,
    replaced: hasReplaced ? tokensOf : 0,
    permMask: hasMask ? tokensOf * length : 0,
    targetMapping: hasMask ? rows * slots * length : 0,
    decoderKeep: hasDecoder ? tokensOf : 0,
  });
  const { ids, segments, positions, labels, pairLabels, decoderIds, generatorIds } = ints.views;
  const { keep, weights, replaced, permMask, targetMapping, decoderKeep } = floats.views;
  ids.fill(padId);
  decoderIds.fill(padId);
  generatorIds.fill(padId);
  permMask.fill(1);

  examples.forEach((example, row) => {
    const at = row * length;
    const input = example.decoderInputIds ? cutToRow(example, length) : example;
    check(input.inputIds.length <= length, `a row of ${input.inputIds.length} tokens, room for ${length}`);
    ids.set(input.inputIds, at);
    segments.set(input.segments, at);
    keep.fill(1, at, at + input.inputIds.length);
    if (hasPair) pairLabels[row] = example.pairLabel!;
    if (hasReplaced) replaced.set(example.replaced!, at);
    if (hasGenerator) generatorIds.set(example.generatorIds!, at);
    example.permMask?.forEach((hidden, i) => {
      permMask.set(hidden, (at + i) * length);
    });
    if (example.decoderInputIds) {
      check(example.decoderInputIds.length <= length, `${example.decoderInputIds.length} to write, room for ${length}`);
      decoderIds.set(example.decoderInputIds, at);
      decoderKeep.fill(1, at, at + example.decoderInputIds.length);
    }
    const scored = example.labels.flatMap((label, position) => (label === IGNORE ? [] : [position]));
    check(scored.length <= slots, `${scored.length} scored places, room for ${slots}`);
    positions.fill(at, row * slots, (row + 1) * slots);
    scored.forEach((position, k) => {
      const slot = row * slots + k;
      positions[slot] = at + position;
      labels[slot] = example.labels[position]!;
      weights[slot] = 1;
      if (example.permMask?.[position]?.includes(0)) targetMapping[slot * length + position] = 1;
    });
  });
  const tokens = examples.reduce((sum, example) => sum + example.inputIds.length, 0);
  return {
    rows,
    length,
    slots,
    tokens,
    ints: ints.all,
    floats: floats.all,
    ids,
    segments,
    keep,
    positions,
    labels,
    weights,
    ...(hasPair && { pairLabels }),
    ...(hasReplaced && { replaced }),
    ...(hasGenerator && { generatorIds }),
    ...(hasMask && { permMask, targetMapping }),
    ...(hasDecoder && { decoderIds, decoderKeep }),
  };
}
