import type { CompareCell, CompareColumn, CompareRow } from '../../figures/compare-table.ts';
import { cellId } from '../../figures/compare-table.ts';
import { areEqual, heldOf } from './choosing.ts';
import type { Column } from './columns.ts';
import type { Fact, Mark } from './fact.ts';
import { type Row, rowsOfSystem } from './rows.ts';
import type { CompareState } from './state.ts';

/** A mark as it stands in a cell; its source says the whole. */
const shortMarks: Readonly<Record<Mark, string>> = {
  single: 'one model',
  ensemble: 'ensemble',
  'second-hand': 'second-hand',
  'not verified': 'not verified',
  'our product': 'our product',
};

const cellOf = (one: Fact, isEqual: boolean, isLit: boolean): CompareCell => ({
  text: one.text,
  marks: (one.marks ?? []).map((mark) => shortMarks[mark]),
  isTold: one.told !== undefined,
  isEqual,
  isLit,
});

/** Rows as the table draws them. */
export function drawnRows(list: readonly Row[], columns: readonly Column[], state: CompareState): CompareRow[] {
  const held = heldOf(state);
  const lit = new Set(state.lit);
  return list.map((row) => ({
    id: row.id,
    name: state.size === 'each' && !state.systems ? row.system.name : row.name,
    sizes: rowsOfSystem(row.system.id).map(({ id, size }) => ({ id, name: size.name })),
    isPicked: state.picked.includes(row.id),
    isHeld: row.id === held?.id,
    isLit: lit.has(row.id),
    cells: columns.map(({ id }) => {
      const one = row.facts[id];
      const isEqual = held !== undefined && held.id !== row.id && areEqual(one, held.facts[id]);
      return one && cellOf(one, isEqual, lit.has(id) || lit.has(cellId(row.id, id)));
    }),
  }));
}

export const drawnColumns = (columns: readonly Column[]): CompareColumn[] =>
  columns.map(({ id, title, isNumber }) => ({ id, title, isNumber }));
