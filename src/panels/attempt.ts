import { AppError } from '../core/errors.ts';

/** What came of an attempt: a value, or a sentence for the reader and the control it is about. */
export type Outcome<T> =
  | { readonly value: T; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: { readonly text: string; readonly field?: string } };

/** Makes a value; what the reader can cause becomes a sentence, all else is thrown on. */
export function attempt<T>(make: () => T): Outcome<T> {
  try {
    return { value: make() };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { problem: { text: error.message, field: error.field } };
  }
}
