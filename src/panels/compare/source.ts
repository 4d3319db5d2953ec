import { papers } from '../../core/papers.ts';
import { columnOf } from './columns.ts';
import { type Fact, markWords, type Origin } from './fact.ts';
import type { Row } from './rows.ts';
import { systems } from './who.ts';

/** A source in words, and where to read it. */
export interface Said {
  readonly text: string;
  readonly address: string;
}

const nameOf = (paper: Origin[0]): string =>
  systems.find(({ facts }) => facts.first.from[0]?.[0] === paper)?.name ?? papers[paper].title;

export const saidBy = ([paper, where]: Origin): Said => ({
  text: /^(code|readme)\b/.test(where)
    ? `the ${where.replace(', ', ' and ')} published with ${nameOf(paper)}`
    : `${nameOf(paper)} (${papers[paper].authors.split(',')[0]} et al. ${papers[paper].year}), ${where}`,
  address: `https://arxiv.org/abs/${papers[paper].arxiv}`,
});

/** What `from` says where it is empty. */
export const countedHere = 'counted here, from the shapes of the model that this site builds at the published size';

/** The marks of a fact in words; that of a result which only one model gave goes without saying elsewhere. */
export const marksOf = ({ marks = [] }: Fact): readonly string[] => marks.map((mark) => markWords[mark]);

/** Why a cell is empty. */
export function absence(row: Row, column: string): string {
  const isCounted = columnOf(column)?.group === 'counted';
  if (isCounted && typeof row.size.config === 'string') return row.size.config;
  return 'Not given in the sources of this table.';
}

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The rows and columns as a file of comma-separated values: of each column its words, number, source and remarks. */
export function toCsv(rows: readonly Row[], columns: readonly string[]): string {
  const titles = columns.flatMap((id) => {
    const title = columnOf(id)?.title ?? id;
    return [title, `${title}: number`, `${title}: source`, `${title}: remarks`];
  });
  const lines = rows.map(({ name, facts }) => [
    name,
    ...columns.flatMap((id) => {
      const one = facts[id];
      if (!one) return ['', '', '', ''];
      const source = one.from.length > 0 ? one.from.map((origin) => saidBy(origin).text).join('; ') : countedHere;
      const remarks = [...marksOf(one), one.note, one.told && `often told: ${one.told}`].filter(Boolean).join('; ');
      return [one.text, one.number === undefined ? '' : String(one.number), source, remarks];
    }),
  ]);
  return [['System', ...titles], ...lines].map((line) => line.map(quoted).join(',')).join('\r\n');
}
