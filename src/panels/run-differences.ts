import { type Run, runFields } from '../training/run.ts';
import { spelling } from '../training/settings.ts';

/** One setting that two runs do not share, in words. */
export interface Difference {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

const shown = (value: unknown): string => {
  if (typeof value === 'string') return value.length > 24 ? `${value.slice(0, 21)}…` : value;
  return typeof value === 'object' ? 'other' : String(value);
};

/** What differs between the run on the chart and the one asked for; options are named one by one. */
export function differences(from: Run, to: Run): readonly Difference[] {
  return runFields.flatMap(({ label, kind, get }) => {
    const [a, b] = [get(from), get(to)];
    if (spelling(a) === spelling(b)) return [];
    if (kind.type !== 'options')
      return [{ name: label.toLowerCase(), from: shown(a ?? 'none'), to: shown(b ?? 'none') }];
    const before = new Map<string, unknown>(Object.entries(a as object));
    const after = new Map<string, unknown>(Object.entries(b as object));
    return [...new Set([...before.keys(), ...after.keys()])]
      .filter((name) => spelling(before.get(name)) !== spelling(after.get(name)))
      .map((name) => ({
        name,
        from: shown(before.get(name) ?? 'default'),
        to: shown(after.get(name) ?? 'default'),
      }));
  });
}
