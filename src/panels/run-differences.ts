import type { AnyOptions } from '../objectives/facts.ts';
import type { Field } from '../objectives/objective.ts';
import { choicesOf, optionDefaultsOf, optionFieldsOf } from '../training/choices.ts';
import { type Run, type RunField, runFields } from '../training/run.ts';
import { spelling } from '../training/settings.ts';

/** One setting that two runs do not share, in words. */
export interface Difference {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

const shown = (value: unknown): string => {
  if (typeof value === 'string') return value.length > 24 ? `${value.slice(0, 21)}…` : value;
  return typeof value === 'object' && value !== null ? 'other' : String(value ?? 'none');
};

const shownOption = (field: Field<AnyOptions> | undefined, value: unknown): string => {
  if (field?.kind === 'flag') return value === true ? 'yes' : 'no';
  if (field?.kind === 'choice') return field.choices.find((one) => one.value === value)?.label ?? shown(value);
  return shown(value);
};

/**
 * The options that differ. Those of two objectives or two architectures cannot be held against each other; that they
 * are two is said by itself.
 */
function optionDifferences(of: 'pairing' | 'noising' | 'architecture', { get }: RunField, from: Run, to: Run) {
  const chosen = runFields.find(({ key }) => key === of);
  if (chosen && chosen.get(from) !== chosen.get(to)) return [];
  const [before, after] = [from, to].map(
    (run): AnyOptions => ({ ...optionDefaultsOf(of, run), ...(get(run) as object) }),
  );
  const fields = new Map([...optionFieldsOf(of, from), ...optionFieldsOf(of, to)].map((field) => [field.key, field]));
  const names = new Set([...Object.keys(before!), ...Object.keys(after!)]);
  return [...names].flatMap((name): Difference[] => {
    const [a, b] = [before, after].map((options) => options![name]);
    if (spelling(a) === spelling(b)) return [];
    const field = fields.get(name);
    const words = [a, b].map((value) => shownOption(field, value));
    return [{ name: field?.label.toLowerCase() ?? name, from: words[0]!, to: words[1]! }];
  });
}

/** What differs between the run on the chart and the one asked for; options are named one by one. */
export function differences(from: Run, to: Run): readonly Difference[] {
  return runFields.flatMap((field): readonly Difference[] => {
    const { label, kind, get } = field;
    const [a, b] = [get(from), get(to)];
    if (spelling(a) === spelling(b)) return [];
    if (kind.type === 'options') return optionDifferences(kind.of, field, from, to);
    const said = (value: unknown) =>
      (kind.type === 'choice' ? choicesOf(kind.of).find(({ id }) => id === value)?.name : undefined) ?? shown(value);
    return [{ name: label.toLowerCase(), from: said(a), to: said(b) }];
  });
}
