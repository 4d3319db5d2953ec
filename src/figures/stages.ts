import { monoWidth } from './palette.ts';
import { counted, listed, type Table } from './table.ts';

/** A token on its way through the noise: which original places it stands for; none if it was put in. */
export interface StageItem {
  readonly token: string;
  readonly origins: readonly number[];
  readonly special?: boolean;
}
/** The text after one kind of noise. */
export interface Stage {
  readonly name: string;
  readonly items: readonly StageItem[];
}

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}
export interface StageLayout {
  /** Whether the text runs down the page and the stages from left to right: where a line has no room. */
  readonly upright: boolean;
  readonly box: number;
  readonly size: number;
  readonly places: readonly (readonly Place[])[];
  readonly heads: readonly { readonly x: number; readonly y: number }[];
  readonly height: number;
}

/** Type of the numbers of places. */
export const placeSize = 12;

/** A row a stage where the longest fits into `width` with type of at least 12 px; else a column a stage. */
export function layoutStages(stages: readonly Stage[], width: number, size: number): StageLayout {
  const chip = (token: string, type: number) => token.length * monoWidth * type + type * 0.7;
  const line = (items: readonly StageItem[], type: number) =>
    items.reduce((sum, { token }) => sum + chip(token, type) + type * 0.25, 0);
  const fitting = [size, size * 0.9, size * 0.8, 12].filter((type) => type >= 12 && type <= size);
  const type = fitting.find((one) => stages.every(({ items }) => line(items, one) <= width));
  if (type !== undefined) {
    const box = type * 1.75;
    // The places of the text stand above its tokens.
    const lead = placeSize * 1.2;
    const stride = type * 1.5 + box + type * 3;
    const places = stages.map(({ items }, s) => {
      let x = 1;
      return items.map(({ token }) => {
        const place = { x, y: lead + s * stride + type * 1.5, width: chip(token, type) };
        x += place.width + type * 0.25;
        return place;
      });
    });
    const heads = stages.map((_, s) => ({ x: 0, y: (s > 0 ? lead : 0) + s * stride + type }));
    return { upright: false, box, size: type, places, heads, height: lead + stages.length * stride - type * 3 + 4 };
  }
  const small = 12;
  const box = small * 1.75;
  const column = width / Math.max(1, stages.length);
  const most = Math.max(1, ...stages.map(({ items }) => items.length));
  const top = small * 4.4;
  const places = stages.map(({ items }, s) =>
    items.map(({ token }, i) => ({
      x: s * column + 1,
      y: top + i * (box + 3),
      width: Math.min(column - small, chip(token, small)),
    })),
  );
  const heads = stages.map((_, s) => ({ x: s * column, y: small }));
  return { upright: true, box, size: small, places, heads, height: top + most * (box + 3) };
}

export interface Link {
  readonly from: number;
  readonly to: number;
  readonly origin: number;
}

/** Which item of a stage came from which of the stage before, by the places they stand for. */
export function linksBetween(before: Stage, after: Stage): readonly Link[] {
  const holder = new Map(before.items.flatMap(({ origins }, i) => origins.map((origin) => [origin, i] as const)));
  const links = after.items.flatMap(({ origins }, to) =>
    origins.flatMap((origin) => {
      const from = holder.get(origin);
      return from === undefined ? [] : [{ from, to, origin }];
    }),
  );
  return links.filter((link, i) => links.findIndex((other) => other.from === link.from && other.to === link.to) === i);
}

/** The links that cross others: what they join has changed its order, and has not only closed up or been pushed on. */
export const crossingOf = (links: readonly Link[]): ReadonlySet<Link> =>
  new Set(links.filter((one) => links.some((other) => (one.from - other.from) * (one.to - other.to) < 0)));

/** What happened between two stages, in words. */
export function describeChange(before: Stage, after: Stage): string {
  const places = (stage: Stage) => new Set(stage.items.flatMap(({ origins }) => origins));
  const left = places(after);
  const gone = [...places(before)].filter((origin) => !left.has(origin)).length;
  const put =
    after.items.filter(({ origins }) => origins.length === 0).length -
    before.items.filter(({ origins }) => origins.length === 0).length;
  const merged =
    after.items.filter(({ origins }) => origins.length > 1).length -
    before.items.filter(({ origins }) => origins.length > 1).length;
  const tokenAt = new Map(
    before.items.flatMap(({ origins, token }) => origins.map((origin) => [origin, token] as const)),
  );
  const swapped = after.items.filter(
    ({ origins, token }) => origins.length === 1 && tokenAt.get(origins[0]!) !== token,
  ).length;
  const heads = after.items.flatMap(({ origins }) => origins.slice(0, 1));
  const moved =
    heads.some((origin, i) => i > 0 && origin < heads[i - 1]!) &&
    !before.items.some(({ origins }, i) => i > 0 && (origins[0] ?? 0) < (before.items[i - 1]!.origins[0] ?? 0));
  const parts = [
    gone > 0 && `${gone} removed`,
    merged > 0 && `${counted(merged, 'span')} closed up`,
    swapped > 0 && `${swapped} shown as something else`,
    put > 0 && `${put} put in`,
    moved && 'order changed',
  ].filter((part): part is string => typeof part === 'string');
  return `${after.name}: ${parts.length > 0 ? listed(parts) : 'nothing changed'}`;
}

/** One sentence that is true of the pipeline. */
export function describeStages(stages: readonly Stage[]): string {
  const [first, ...rest] = stages;
  if (!first) return 'No text.';
  const head = `${counted(first.items.length, 'token')} on the way through ${counted(rest.length, 'stage')}.`;
  return [head, ...rest.map((stage, i) => `${describeChange(stages[i]!, stage)}.`)].join(' ');
}

export const tabulateStages = (stages: readonly Stage[]): Table => ({
  columns: ['Stage', 'Tokens', 'Text'],
  rows: stages.map(({ name, items }) => [name, items.length, items.map(({ token }) => token).join(' ')]),
});
