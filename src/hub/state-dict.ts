import { AppError } from '../core/errors.ts';
import type { Leaf } from '../core/params.ts';
import type { NumberArray } from './safetensors.ts';

/** How many names a message lists of each kind before it only counts them. */
const listed = 12;
/** Letters of a name that are shown. */
const longest = 200;

/** Buffers that files hold and no forward pass here reads. */
const ignored = /(^|\.)(embeddings\.position_ids|token_type_ids|encoder\.version|decoder\.version|pos_emb\.inv_freq)$/;

/** Names as of today: files converted from TensorFlow call a norm's gain `gamma` and its shift `beta`. */
const modernName = (name: string) =>
  name.replace(/LayerNorm\.gamma$/, 'LayerNorm.weight').replace(/LayerNorm\.beta$/, 'LayerNorm.bias');

/** Which tensor of a file each wanted name is read from. */
export interface Names {
  /** Wanted name → name in the file. */
  readonly from: ReadonlyMap<string, string>;
  /** Tensors that must hold the numbers of a wanted name too: tied names that stand in the file beside their source. */
  readonly twins: readonly { readonly name: string; readonly file: string; readonly source: string }[];
}

/** Everything that does not fit, by name. */
export interface Problems {
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  readonly misshaped: readonly string[];
  readonly untied: readonly string[];
}

/**
 * Fits the names of a file to those that a spec wants. Old names are renamed, a file of the bare body gets its prefix,
 * tied names are dropped or taken for their source, names that begin like one of `optional` may be absent.
 */
export function planNames(
  wanted: ReadonlyMap<string, Leaf>,
  file: ReadonlyMap<string, Pick<NumberArray, 'shape'>>,
  tied: Readonly<Record<string, string>>,
  optional: readonly string[] = [],
): Names & { readonly problems: Problems } {
  const prefix = bodyPrefix(wanted);
  const bare = ![...file.keys()].some((name) => name.startsWith(prefix));
  /** Name as of today → name in the file. */
  const found = new Map<string, string>();
  for (const name of file.keys()) if (!ignored.test(name)) found.set((bare ? prefix : '') + modernName(name), name);
  const twins = untie(found, tied);
  const missing: string[] = [];
  const misshaped: string[] = [];
  for (const [name, { shape }] of wanted) {
    const own = file.get(found.get(name) ?? '');
    if (!own) {
      if (!optional.some((start) => name.startsWith(start))) missing.push(name);
    } else if (own.shape.join() !== shape.join())
      misshaped.push(`expected ${name} [${shape.join(', ')}], found [${own.shape.join(', ')}]`);
  }
  const unexpected = [...found.keys()].filter((name) => !wanted.has(name));
  const from = new Map([...wanted.keys()].flatMap((name) => (found.has(name) ? [[name, found.get(name)!]] : [])));
  return { from, twins, problems: { missing, unexpected, misshaped, untied: [] } };
}

/**
 * The numbers of a file under the names that a spec wants, as `planNames` fits them. Throws `AppError` that names
 * everything missing, unexpected and mis-shaped at once.
 */
export function fitNames(
  wanted: ReadonlyMap<string, Leaf>,
  file: ReadonlyMap<string, NumberArray>,
  tied: Readonly<Record<string, string>>,
  optional: readonly string[] = [],
): Map<string, Float32Array> {
  const { from, twins, problems } = planNames(wanted, file, tied, optional);
  const numbers = (name: string | undefined) => file.get(name ?? '')?.data;
  const untied = twins.flatMap((twin) => {
    const [own, original] = [numbers(twin.file), numbers(from.get(twin.source))];
    return own && original && !sameNumbers(own, original) ? [differs(twin)] : [];
  });
  report({ ...problems, untied });
  return new Map([...from].map(([name, own]) => [name, numbers(own)!]));
}

/** That a tied name has numbers of its own. */
export const differs = ({ name, source }: Names['twins'][number]): string => `${name} differs from ${source}`;

/** What most names begin with: `bert.`; the heads stand outside it. */
function bodyPrefix(wanted: ReadonlyMap<string, Leaf>): string {
  const counts = new Map<string, number>();
  for (const name of wanted.keys()) {
    const first = name.slice(0, name.indexOf('.') + 1);
    counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

/** Removes tied names from `found`; where only the tied name stands there, it is taken for its source. */
function untie(found: Map<string, string>, tied: Readonly<Record<string, string>>): Names['twins'] {
  const twins: { name: string; file: string; source: string }[] = [];
  for (const [name, source] of Object.entries(tied)) {
    const file = found.get(name);
    if (file === undefined) continue;
    found.delete(name);
    if (found.has(source)) twins.push({ name, file, source });
    else found.set(source, file);
  }
  return twins;
}

export function sameNumbers(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** Throws `AppError` with everything that does not fit, if anything does not: up to `most` names of each kind. */
export function report({ missing, unexpected, misshaped, untied }: Problems, most = listed): void {
  const list = (title: string, names: readonly string[]) => {
    const rest = names.length > most ? ` and ${names.length - most} more` : '';
    const shown = names.slice(0, most).map((name) => (name.length > longest ? `${name.slice(0, longest)}…` : name));
    return names.length > 0 ? [`${title} (${names.length}): ${shown.join(', ')}${rest}.`] : [];
  };
  const lines = [
    ...list('Missing', missing),
    ...list('Unexpected', unexpected),
    ...list('Of another shape', misshaped),
    ...list('Tied here, but with numbers of their own', untied),
  ];
  if (lines.length > 0)
    throw new AppError(
      'bad-file',
      `The weights do not fit the model that config.json describes. Choose weights and config.json of the same folder. ${lines.join(' ')}`,
    );
}
