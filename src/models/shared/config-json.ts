import { AppError, quoted } from '../../core/errors.ts';

/** A `config.json` as it is read. */
export type Json = Readonly<Record<string, unknown>>;

const refuse = (name: string, expected: string, found: unknown): never => {
  throw new AppError(
    'bad-file',
    `config.json says "${name}": ${quoted(JSON.stringify(found))}, but ${expected} is needed there. Correct the file or choose another model.`,
    name,
  );
};

/** A whole number of at least `least`; `absent` where the file is silent (the default of the reference class). */
export function whole(json: Json, name: string, absent: number, least = 1): number {
  const value = json[name] ?? absent;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least)
    return refuse(name, `a whole number from ${least} on`, value);
  return value;
}

/** A number from 0 on: a rate, a deviation, an epsilon. */
export function real(json: Json, name: string, absent: number): number {
  const value = json[name] ?? absent;
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
    return refuse(name, 'a number from 0 on', value);
  return value;
}

/** True or false. */
export function flag(json: Json, name: string, absent: boolean): boolean {
  const value = json[name] ?? absent;
  return typeof value === 'boolean' ? value : refuse(name, 'true or false', value);
}

/** One of the given words. */
export function word<T extends string>(json: Json, name: string, absent: T, choices: readonly T[]): T {
  const value = json[name] ?? absent;
  const found = choices.find((choice) => choice === value);
  return found ?? refuse(name, `one of ${choices.join(', ')}`, value);
}

/** Refuses a variant of an architecture that is not computed here: `name` must be absent, null or `only`. */
export function must(json: Json, name: string, only: unknown): void {
  const value = json[name];
  if (value !== undefined && value !== null && value !== only) refuse(name, JSON.stringify(only), value);
}

/** Refuses a number that another one does not divide: heads share the width evenly, groups the layers. */
export function divides(parts: number, whole: number, partsName: string, wholeName: string): void {
  if (whole % parts !== 0)
    throw new AppError(
      'bad-file',
      `config.json says ${wholeName} ${whole} and ${partsName} ${parts}, but the one is shared out evenly among the other. Choose a ${wholeName} that is a multiple of ${partsName}.`,
      partsName,
    );
}
