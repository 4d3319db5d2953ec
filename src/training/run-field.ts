/** Where the choices of a setting are listed. */
export type Catalog = 'architectures' | 'corpora' | 'tokenizers' | 'pairings' | 'noisings';

/** What values a setting can have. */
export type FieldKind =
  | { readonly type: 'number'; readonly min: number; readonly max: number; readonly whole: boolean }
  | { readonly type: 'choice'; readonly of: Catalog | readonly { readonly id: string; readonly name: string }[] }
  | { readonly type: 'text'; readonly longest: number }
  /** A visitor's own text: it stays with the visitor and stands in no address. */
  | { readonly type: 'private' }
  /** Options of what another setting names; `prefix` begins their names in an address. */
  | { readonly type: 'options'; readonly of: 'pairing' | 'noising' | 'architecture'; readonly prefix: string }
  /** Plain data of its own shape, as JSON in an address; absent: there is none. */
  | { readonly type: 'data'; readonly fits: (value: unknown) => boolean };

/** Reads and replaces a part of a run. */
export interface Lens<R> {
  readonly get: (run: R) => unknown;
  readonly set: (run: R, value: unknown) => R;
}

/** What else is told of a setting. */
export interface Told {
  readonly hint?: string;
  /** Where a menu has it; absent: in none. */
  readonly menu?: 'objective' | 'model';
  /** Only where the architecture's own configuration has an entry of this name it does anything. */
  readonly needs?: string;
}

/** One setting of a run: address, menus, differences and checks are made from it. */
export interface Field<R> extends Lens<R>, Told {
  /** Its name in addresses, lessons and experiments. */
  readonly key: string;
  readonly label: string;
  readonly kind: FieldKind;
  /** What it is where nothing is said. */
  readonly usual: unknown;
  /** Under which other settings it does anything; always, if absent. */
  readonly when?: (run: R) => boolean;
}

type Tree = Readonly<Record<string, unknown>>;

export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** Whether a value is a whole number from `least` on. */
export const isCount = (value: unknown, least: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= least;

/** Whether a value is a list of words. */
export const areWords = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');

/** Whether a value is a `ModelRef`. */
export const isRef = (value: unknown): boolean =>
  isTree(value) &&
  (typeof value.file === 'string' ||
    typeof value.stored === 'string' ||
    (isTree(value.run) && (value.step === undefined || isCount(value.step, 0))));

/** Whether a value is a `TeacherRef`. */
export const isTeacherRef = (value: unknown): boolean => (isTree(value) && value.exact === true) || isRef(value);

const put = (tree: Tree, [first = '', ...rest]: readonly string[], value: unknown): Tree => ({
  ...tree,
  [first]: rest.length > 0 ? put((tree[first] ?? {}) as Tree, rest, value) : value,
});

/** What lies at a path: `model.size.layers`. */
export function at<R extends object>(path: string): Lens<R> {
  const names = path.split('.');
  return {
    get: (run) => names.reduce<unknown>((tree, name) => (tree as Tree)[name], run),
    set: (run, value) => put(run as unknown as Tree, names, value) as unknown as R,
  };
}

export const whole = (min: number, max: number): FieldKind => ({ type: 'number', min, max, whole: true });
export const real = (min: number, max: number): FieldKind => ({ type: 'number', min, max, whole: false });
/** One of a catalog, or one of a few by id and name. */
export const choice = (of: Catalog | Readonly<Record<string, string>>): FieldKind => ({
  type: 'choice',
  of: typeof of === 'string' ? of : Object.entries(of).map(([id, name]) => ({ id, name })),
});
export const optionsOf = (of: 'pairing' | 'noising' | 'architecture', prefix: string): FieldKind => ({
  type: 'options',
  of,
  prefix,
});
