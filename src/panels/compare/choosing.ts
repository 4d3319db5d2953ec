import { type Column, columnOf, columns, isResult } from './columns.ts';
import type { Fact } from './fact.ts';
import { type Row, rows, rowsOfSystem } from './rows.ts';
import type { CompareState } from './state.ts';

/** The size of a system that stands for it where one of each is shown: the one its paper begins with. */
const usual = (system: string): Row => {
  const own = rowsOfSystem(system);
  return own.find(({ size }) => size.tier === 'base') ?? own[0]!;
};

/** Whether two facts say the same; what is not known is equal to nothing. */
export function areEqual(a: Fact | undefined, b: Fact | undefined): boolean {
  if (!a || !b) return false;
  if (a.alike !== undefined || b.alike !== undefined) return a.alike === b.alike;
  if (a.number !== undefined && b.number !== undefined) return a.number === b.number;
  return a.text === b.text;
}

/** In what rows may be asked to be equal. */
export const equalities = {
  objective: 'what is asked',
  text: 'the text',
  rows: 'rows × length',
  steps: 'steps',
  tokens: 'tokens seen',
  shape: 'layers × width',
} as const;
export type Equality = keyof typeof equalities;

/** The row that others are held against. */
export const heldOf = ({ held }: CompareState): Row | undefined => rows.find(({ id }) => id === held);

/** The rows of a state in the order of the papers. */
export function shownRows(state: CompareState): readonly Row[] {
  const { size, at, objective, equal, systems } = state;
  const held = heldOf(state);
  const chosen = new Map(at.map((id) => [id.split('.')[0]!, id]));
  const isSize = ({ id, system, size: { tier } }: Row): boolean => {
    if (systems) return systems.includes(id);
    if (size === 'every') return true;
    return size === 'each' ? id === (chosen.get(system.id) ?? usual(system.id).id) : tier === size;
  };
  return rows.filter(
    (row) =>
      isSize(row) &&
      (objective === '' || row.system.objectives.includes(objective)) &&
      (!held || row === held || equal.every((id) => areEqual(row.facts[id], held.facts[id]))),
  );
}

/** 0: it has a number of one model, or words; 1: several models vote; 2: nothing. */
function rankOf(fact: Fact | undefined, { id }: Column): number {
  if (!fact) return 2;
  return isResult(id) && fact.marks?.includes('ensemble') && !fact.marks.includes('single') ? 1 : 0;
}

/**
 * Sorted by one column; what has nothing there stays below, in the order it had. A column holds results of one part of
 * one task, so dev never meets test; what several models voted comes behind what one answered.
 */
export function sortRows(list: readonly Row[], by: string, isDown: boolean): readonly Row[] {
  const column = columnOf(by);
  if (!column) return list;
  const sign = isDown ? -1 : 1;
  return list.toSorted((a, b) => {
    const [one, other] = [a.facts[by], b.facts[by]];
    const ranks = rankOf(one, column) - rankOf(other, column);
    if (ranks !== 0 || !one || !other) return ranks;
    if (!column.isNumber) return sign * one.text.localeCompare(other.text);
    const numbers = [one.number, other.number];
    if (numbers.includes(undefined)) return Number(numbers[0] === undefined) - Number(numbers[1] === undefined);
    return sign * (one.number! - other.number!);
  });
}

/** The columns of a state. */
export const shownColumns = ({ show, columns: own }: CompareState): readonly Column[] =>
  columns.filter(({ id, group }) => (own ? own.includes(id) : group === show));
