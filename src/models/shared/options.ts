import type { Field } from '../../objectives/objective.ts';

/** Entries of a configuration that a person may set, as controls and as checks. */
export type ConfigOption = Field<Readonly<Record<string, unknown>>>;

/** How widely the weights are drawn at the start. */
export const initStdOption: ConfigOption = {
  key: 'initStd',
  label: 'Start width',
  hint: 'Standard deviation of the weights before the first step.',
  kind: 'number',
  min: 0,
  max: 1,
  step: 0.01,
};

/** A whole number from `min` to `max`. */
export const countOption = (key: string, label: string, hint: string, min: number, max: number): ConfigOption => ({
  key,
  label,
  hint,
  kind: 'count',
  min,
  max,
});
export const realOption = (key: string, label: string, hint: string, min: number, max: number): ConfigOption => ({
  key,
  label,
  hint,
  kind: 'number',
  min,
  max,
  step: 0.1,
});
export const flagOption = (key: string, label: string, hint: string): ConfigOption => ({
  key,
  label,
  hint,
  kind: 'flag',
});
/** One of a few words; `choices` says what each is called. */
export const choiceOption = (
  key: string,
  label: string,
  hint: string,
  choices: Readonly<Record<string, string>>,
): ConfigOption => ({
  key,
  label,
  hint,
  kind: 'choice',
  choices: Object.entries(choices).map(([value, name]) => ({ value, label: name })),
});
