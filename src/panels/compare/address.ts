import { equalities } from './choosing.ts';
import { columnOf, type Group, groups } from './columns.ts';
import { rowOf } from './rows.ts';
import { tiers } from './size.ts';
import { type CompareState, usualState } from './state.ts';
import { objectiveNames } from './who.ts';

/** What sizes may be asked for. */
export const sizeChoices = { each: 'one of each system', ...tiers, every: 'every published size' } as const;

const keys = (record: object): readonly string[] => Object.keys(record);

/** The address of a state, from `#` on; what is usual is left out. */
export function addressOf(state: CompareState): string {
  const query = new URLSearchParams();
  const put = (name: string, value: string, usual = '') => {
    if (value !== usual) query.set(name, value);
  };
  put('show', state.show, usualState.show);
  put('size', state.size, usualState.size);
  put('at', state.at.join('+'));
  put('objective', state.objective);
  put('sort', state.sort && `${state.isDown ? '-' : ''}${state.sort}`);
  put('held', state.held);
  put('equal', state.equal.join('+'));
  put('pick', state.picked.join('+'));
  put('cell', state.cell);
  return `#/compare${query.size > 0 ? `?${query}` : ''}`;
}

/** What a query may say. */
export const queryKeys = ['show', 'size', 'at', 'objective', 'sort', 'held', 'equal', 'pick', 'cell'];

/** Reads a query. Total: what cannot be meant is left out and named in `problems`. */
export function stateOf(query: URLSearchParams, problems: string[]): CompareState {
  const one = (name: string, known: readonly string[], usual: string): string => {
    const said = query.get(name);
    if (said === null || said === usual) return usual;
    if (known.includes(said)) return said;
    problems.push(`${name} is "${said}", but there are only ${known.join(', ')}. It is left out.`);
    return usual;
  };
  const several = (name: string, isKnown: (id: string) => boolean, most = 12): readonly string[] => {
    // A plus that was typed as it is reads as a space.
    const said = (query.get(name) ?? '').split(/[+ ]/).filter(Boolean);
    const good = [...new Set(said)].filter(isKnown).slice(0, most);
    if (good.length < said.length)
      problems.push(`${name} names something that is not in the table, or too much of it. That is left out.`);
    return good;
  };
  const isRow = (id: string) => rowOf(id) !== undefined;
  const said = query.get('sort') ?? '';
  const [sort] = several('sort', (id) => columnOf(id.replace(/^-/, '')) !== undefined, 1);
  const [held = ''] = several('held', isRow, 1);
  const isCell = (id: string) => {
    const [row = '', column = ''] = id.split('/');
    return isRow(row) && columnOf(column) !== undefined;
  };
  const [cell = ''] = several('cell', isCell, 1);
  return {
    show: one('show', keys(groups), usualState.show) as Group,
    size: one('size', keys(sizeChoices), usualState.size),
    at: several('at', isRow),
    objective: one('objective', keys(objectiveNames), '') as CompareState['objective'],
    sort: sort?.replace(/^-/, '') ?? '',
    isDown: said.startsWith('-'),
    held,
    equal: held === '' ? [] : several('equal', (id) => Object.hasOwn(equalities, id)),
    picked: several('pick', isRow, 2),
    cell,
  };
}
