import { check } from '../core/errors.ts';
import { type Example, IGNORE } from './objective.ts';
import {
  isNeeded,
  type NeededRow,
  type RowField,
  type RowFields,
  type RowName,
  rowFields,
  valuesOf,
  type Writing,
} from './rows.ts';

/** The fixed size of a batch: rows, tokens a row, prediction slots a row. */
export interface Shape {
  readonly length: number;
  readonly slots: number;
  readonly padId: number;
}

type ArrayOf<Field> = Field extends RowField<'int'> ? Int32Array : Float32Array;

/**
 * Examples as padded rows, row-major: the fields of `rowFields`. Slots are grouped by row: slot r · slots + k is the
 * k-th scored place of row r. A field that no example has is absent.
 */
export type Arrays = {
  readonly rows: number;
  readonly length: number;
  readonly slots: number;
  /** Real tokens of all rows. */
  readonly tokens: number;
} & { readonly [Name in NeededRow]: ArrayOf<RowFields[Name]> } & {
  readonly [Name in Exclude<RowName, NeededRow>]?: ArrayOf<RowFields[Name]>;
};

/** The lengths of a field's own axes. */
export const axesOf = ({ axes }: RowField, { length, slots }: Pick<Shape, 'length' | 'slots'>): readonly number[] =>
  axes.map((axis) => (axis === 'seq' ? length : slots));

/** One field of all rows; undefined if no example has it. */
function column(name: RowName, rows: readonly Writing[], shape: Shape): Int32Array | Float32Array | undefined {
  const field: RowField = rowFields[name];
  const values = rows.map((row) => valuesOf(name, row));
  const count = values.filter((value) => value !== undefined).length;
  check(count === 0 || count === values.length, `${count} of ${values.length} examples have ${name}`);
  if (count === 0 && !isNeeded(name)) return undefined;
  const axes = axesOf(field, shape);
  const size = axes.reduce((product, axis) => product * axis, 1);
  const stride = axes[1] ?? 1;
  const array = field.kind === 'int' ? new Int32Array(values.length * size) : new Float32Array(values.length * size);
  const { empty } = field;
  values.forEach((value = [], row) => {
    const from = row * size;
    const nothing = empty === 'padding' ? shape.padId : empty === 'first' ? rows[row]!.at : empty;
    array.fill(nothing, from, from + size);
    value.forEach((one, i) => {
      if (typeof one === 'number') array[from + i] = one;
      else array.set(one, from + i * stride);
    });
  });
  return array;
}

/** Examples of one recipe to rows of `length` tokens with `slots` scored places each. Padding bears no loss. */
export function collate(examples: readonly Example[], shape: Shape): Arrays {
  const { length, slots } = shape;
  const written = examples.map((example, row) => writing(example, row, shape));
  const columns = (Object.keys(rowFields) as RowName[]).flatMap((name) => {
    const array = column(name, written, shape);
    return array ? [[name, array] as const] : [];
  });
  const tokens = examples.reduce((sum, example) => sum + example.inputIds.length, 0);
  return { rows: examples.length, length, slots, tokens, ...Object.fromEntries(columns) } as Arrays;
}

/** Where tokens were put in, a text to be read may outgrow its row: what stands in front of its last token is cut. */
function cutToRow({ inputIds, segments }: Example, length: number): Pick<Example, 'inputIds' | 'segments'> {
  if (inputIds.length <= length) return { inputIds, segments };
  const cut = (row: readonly number[]) => [...row.slice(0, length - 1), row[row.length - 1]!];
  return { inputIds: cut(inputIds), segments: cut(segments) };
}

/** The places of an example that bear loss, each as often as it is asked. */
export const scoredPlaces = ({ labels, asked }: Pick<Example, 'labels' | 'asked'>): readonly number[] =>
  asked ?? labels.flatMap((label, position) => (label === IGNORE ? [] : [position]));

/** An example as row number `row`. */
function writing(example: Example, row: number, { length, slots }: Shape): Writing {
  const input = example.decoderInputIds ? cutToRow(example, length) : example;
  check(input.inputIds.length <= length, `a row of ${input.inputIds.length} tokens, room for ${length}`);
  const written = example.decoderInputIds?.length ?? 0;
  check(written <= length, `${written} to write, room for ${length}`);
  const scored = scoredPlaces(example);
  check(scored.length <= slots, `${scored.length} scored places, room for ${slots}`);
  const truths = scored.map((position) => example.labels[position]!);
  const shares = example.asked?.map((place, _, all) => 1 / all.filter((other) => other === place).length);
  return { ...example, ...input, length, at: row * length, scored, truths, shares };
}
