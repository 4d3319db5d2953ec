/** What a user can cause. The page decides by the code what to offer next. */
export type ErrorCode =
  | 'bad-option'
  | 'bad-text'
  | 'bad-address'
  | 'bad-file'
  | 'no-webgl2'
  | 'half-float'
  | 'too-large'
  | 'context-lost'
  | 'not-finite'
  | 'storage-full'
  | 'storage-corrupt'
  | 'unavailable'
  | 'internal';

/** An error whose message is a sentence for the person at the screen: what happened, why, what to do. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** The control the error is about, if it is about one. */
  readonly field?: string;
  constructor(code: ErrorCode, message: string, field?: string) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    if (field !== undefined) this.field = field;
  }
}

/** What only we can cause: throws a plain `Error` when `condition` does not hold. */
export function check(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** What a file says of itself, short enough for a sentence. */
export function quoted(value: unknown): string {
  const most = 60;
  // A list of a million numbers is not spelled out to be cut.
  const shown = Array.isArray(value) && value.length > 8 ? [...value.slice(0, 8), `${value.length} in all`] : value;
  const text = typeof shown === 'string' ? shown.slice(0, most + 1) : (JSON.stringify(shown) ?? 'nothing');
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
