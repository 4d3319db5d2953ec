import { AppError } from '../core/errors.ts';
import type { Vocabulary } from '../text/document.ts';
import type { Field, PairingOptions } from './objective.ts';

/** The range of a field in words, as menus and error messages say it. */
export function rangeOf<Options>(field: Field<Options>): string {
  switch (field.kind) {
    case 'rate':
      return `between ${field.min ?? 0} and ${field.max ?? 1}`;
    case 'count':
      return `a whole number from ${field.min} to ${field.max}`;
    case 'number':
      return `between ${field.min} and ${field.max}`;
    case 'choice':
      return `one of ${field.choices.map(({ value }) => value).join(', ')}`;
    case 'flag':
      return 'true or false';
  }
}

function fits<Options>(field: Field<Options>, value: unknown): boolean {
  const within = (min: number, max: number) => typeof value === 'number' && value >= min && value <= max;
  switch (field.kind) {
    case 'rate':
      return within(field.min ?? 0, field.max ?? 1);
    case 'count':
      return within(field.min, field.max) && Number.isInteger(value);
    case 'number':
      return within(field.min, field.max);
    case 'choice':
      return field.choices.some((choice) => choice.value === value);
    case 'flag':
      return typeof value === 'boolean';
  }
}

/** Throws `AppError('bad-option')` for the first value outside its field's range and for a name that is no field. */
export function checkOptions<Options extends object>(fields: readonly Field<Options>[], options: Options): void {
  for (const [key, value] of Object.entries(options)) {
    const field = fields.find((one) => one.key === key);
    if (!field) {
      const known = fields.map((one) => one.key).join(', ');
      throw new AppError('bad-option', `There is no option "${key}" here; the options are ${known}.`, key);
    }
    if (!fits(field, value)) {
      const shown = Number.isNaN(value) ? 'no number' : (JSON.stringify(value) ?? String(value));
      const message = `${field.label} (${key}) is ${shown}, but it must be ${rangeOf(field)}.`;
      throw new AppError('bad-option', message, key);
    }
  }
}

/** The defaults with `options` put over them, checked. */
export function completeOptions<Options extends object>(
  { defaults, fields }: { readonly defaults: Options; readonly fields: readonly Field<Options>[] },
  options: object,
): Options {
  const complete = { ...defaults, ...options };
  checkOptions(fields, complete);
  return complete;
}

type SpecialId = 'padId' | 'unknownId' | 'classifyId' | 'separateId' | 'maskId';

const spelling: Readonly<Record<SpecialId, string>> = {
  padId: '[PAD]',
  unknownId: '[UNK]',
  classifyId: '[CLS]',
  separateId: '[SEP]',
  maskId: '[MASK]',
};

/** Throws `AppError('bad-option')` when the vocabulary lacks a special token that is needed. */
export function requireSpecials(vocabulary: Vocabulary, needed: readonly SpecialId[]): void {
  for (const name of needed) {
    const id = vocabulary[name];
    if (Number.isInteger(id) && id >= 0 && id < vocabulary.size) continue;
    throw new AppError(
      'bad-option',
      `The vocabulary has no ${spelling[name]} token, which this objective needs; choose a tokenizer that has one.`,
      'tokenizer',
    );
  }
}

/** How long the sequences of a pairing may become. */
export const maxLengthField = {
  key: 'maxLength',
  label: 'Sequence length',
  hint: 'Tokens, special ones included.',
  kind: 'count',
  min: 8,
  max: 1024,
} as const satisfies Field<PairingOptions>;
