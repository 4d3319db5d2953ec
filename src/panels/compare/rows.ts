import { type Counted, countOf } from './counted.ts';
import { type Fact, fact } from './fact.ts';
import { pretrained } from './pretrained.ts';
import { results } from './results.ts';
import type { Size } from './size.ts';
import { sizes2019 } from './sizes-2019.ts';
import { sizes2020 } from './sizes-2020.ts';
import { type System, systems } from './who.ts';

/** A published size of a system, with all that is known of it. */
export interface Row {
  /** `bert.base` */
  readonly id: string;
  readonly name: string;
  readonly system: System;
  readonly size: Size;
  /** By the ids of columns; a fact without a source is counted here. */
  readonly facts: Readonly<Record<string, Fact | undefined>>;
}

const scaled = (n: number, units: readonly (readonly [number, string])[]): string => {
  const [unit, name] = units.find(([least]) => n >= least) ?? [1, ''];
  return `${(n / unit).toFixed(unit === 1 ? 0 : 1)}${name}`;
};
const amount = (n: number): string =>
  scaled(n, [
    [1e9, 'B'],
    [1e6, 'M'],
    [1e3, 'K'],
  ]);
const bytes = (n: number): string =>
  scaled(n, [
    [1e9, ' GB'],
    [1e6, ' MB'],
  ]);

const counted = (number: number, text: string, note: string): Fact => fact(text, [], { number, note });
const exactly = (number: number): Fact => counted(number, amount(number), `${number.toLocaleString('en')} exactly.`);

/** What is counted here, as facts. */
function factsOf(count: Counted): Row['facts'] {
  const { weights, wordTable, tables, layers, heads, trainBytes, multiplyAdds } = count;
  return {
    weights: exactly(weights),
    wordTable: exactly(wordTable),
    tables: exactly(tables),
    layers: exactly(layers),
    heads: exactly(heads),
    adds128: exactly(Math.round(multiplyAdds(128))),
    adds512: exactly(Math.round(multiplyAdds(512))),
    trainBytes: counted(trainBytes, bytes(trainBytes), `16 bytes for each of its weights, heads included.`),
  };
}

const systemOf = (id: string): System => systems.find((one) => one.id === id.split('.')[0])!;

/** Every published size, in the order in which they came out. */
export const rows: readonly Row[] = [...sizes2019, ...sizes2020].map((size): Row => {
  const system = systemOf(size.id);
  const { id, shape, paperWeights } = size;
  return {
    id,
    name: `${system.name} ${size.name}`,
    system,
    size,
    facts: { ...system.facts, shape, paperWeights, ...pretrained[system.id], ...pretrained[id], ...results[id] },
  };
});

export const rowOf = (id: string): Row | undefined => rows.find((one) => one.id === id);
export const rowsOfSystem = (system: string): readonly Row[] => rows.filter((one) => one.system.id === system);

const counts = new Map<string, Row['facts']>();

/** A row with what is counted here; the pictures of its architecture have to be loaded. */
export function withCounts(row: Row): Row {
  const known = counts.get(row.id);
  if (known) return { ...row, facts: { ...row.facts, ...known } };
  const count = countOf(row.size);
  const own = count ? factsOf(count) : {};
  counts.set(row.id, own);
  return { ...row, facts: { ...row.facts, ...own } };
}
