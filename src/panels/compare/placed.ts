import { columnOf } from './columns.ts';
import { rowOf } from './rows.ts';
import { type CompareState, usualState } from './state.ts';
import type { ObjectiveName } from './who.ts';

/** What a lesson may set. */
export interface Placed {
  readonly systems?: readonly string[];
  readonly columns?: readonly string[];
  readonly highlight?: readonly string[];
  readonly filter?: {
    readonly sort?: string;
    readonly held?: string;
    readonly equal?: readonly string[];
    readonly objective?: string;
  };
}

/** The state that a lesson opens the table in. */
export function placedState({ systems, columns, highlight, filter = {} }: Placed): CompareState {
  const { sort = '', held = '', equal = [], objective = '' } = filter;
  return {
    ...usualState,
    ...(systems && { systems }),
    ...(columns && { columns }),
    ...(highlight && { lit: highlight }),
    sort: sort.replace(/^-/, ''),
    isDown: sort.startsWith('-'),
    held,
    equal,
    objective: objective as ObjectiveName | '',
  };
}

/** What a lesson names that there is not; a test asks this of every lesson. */
export function unknownIn({ systems = [], columns = [], highlight = [], filter = {} }: Placed): readonly string[] {
  const isRow = (id: string) => rowOf(id) !== undefined;
  const isColumn = (id: string) => columnOf(id) !== undefined;
  const isLit = (id: string) => {
    const [row = '', column] = id.split('/');
    return column === undefined ? isRow(row) || isColumn(row) : isRow(row) && isColumn(column);
  };
  const { sort, held, equal = [] } = filter;
  return [
    ...systems.filter((id) => !isRow(id)),
    ...columns.filter((id) => !isColumn(id)),
    ...highlight.filter((id) => !isLit(id)),
    ...(sort === undefined || isColumn(sort.replace(/^-/, '')) ? [] : [sort]),
    ...(held === undefined || isRow(held) ? [] : [held]),
    ...equal.filter((id) => !isColumn(id)),
  ];
}
