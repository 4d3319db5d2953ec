import { AppError } from '../core/errors.ts';
import type { Leaf } from '../core/params.ts';
import type { NumberArray } from './safetensors.ts';

/** How many names a message lists of each kind before it only counts them. */
const listed = 12;

/** Buffers that files hold and no forward pass here reads. */
const ignored = /(^|\.)(embeddings\.position_ids|token_type_ids|encoder\.version|decoder\.version|pos_emb\.inv_freq)$/;

/** Names as of today: files converted from TensorFlow call a norm's gain `gamma` and its shift `beta`. */
const modernName = (name: string) =>
  name.replace(/LayerNorm\.gamma$/, 'LayerNorm.weight').replace(/LayerNorm\.beta$/, 'LayerNorm.bias');

/**
 * The numbers of a file under the names that a spec wants. Old names are renamed, a file of the bare body gets its
 * prefix, tied names are dropped or taken for their source, names that begin like one of `optional` may be absent.
 * Throws `AppError` that names everything missing, unexpected and mis-shaped at once.
 */
export function fitNames(
  wanted: ReadonlyMap<string, Leaf>,
  file: ReadonlyMap<string, NumberArray>,
  tied: Readonly<Record<string, string>>,
  optional: readonly string[] = [],
): Map<string, Float32Array> {
  const prefix = bodyPrefix(wanted);
  const bare = ![...file.keys()].some((name) => name.startsWith(prefix));
  const found = new Map<string, NumberArray>();
  for (const [name, array] of file) if (!ignored.test(name)) found.set((bare ? prefix : '') + modernName(name), array);
  const problems = untie(found, tied);

  for (const [name, { shape }] of wanted) {
    const array = found.get(name);
    if (!array) {
      if (!optional.some((start) => name.startsWith(start))) problems.missing.push(name);
    } else if (array.shape.join() !== shape.join())
      problems.misshaped.push(`expected ${name} [${shape.join(', ')}], found [${array.shape.join(', ')}]`);
  }
  for (const name of found.keys()) if (!wanted.has(name)) problems.unexpected.push(name);
  report(problems);
  const fitting = [...wanted.keys()].filter((name) => found.has(name));
  return new Map(fitting.map((name) => [name, found.get(name)!.data]));
}

interface Problems {
  readonly missing: string[];
  readonly unexpected: string[];
  readonly misshaped: string[];
  readonly untied: string[];
}

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
function untie(found: Map<string, NumberArray>, tied: Readonly<Record<string, string>>): Problems {
  const untied: string[] = [];
  for (const [name, source] of Object.entries(tied)) {
    const array = found.get(name);
    if (!array) continue;
    found.delete(name);
    const original = found.get(source);
    if (!original) found.set(source, array);
    else if (!sameNumbers(array.data, original.data)) untied.push(`${name} differs from ${source}`);
  }
  return { missing: [], unexpected: [], misshaped: [], untied };
}

export function sameNumbers(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

function report({ missing, unexpected, misshaped, untied }: Problems): void {
  const list = (title: string, names: readonly string[]) => {
    const rest = names.length > listed ? ` and ${names.length - listed} more` : '';
    return names.length > 0 ? [`${title} (${names.length}): ${names.slice(0, listed).join(', ')}${rest}.`] : [];
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
      `The weights do not fit the model that config.json describes. ${lines.join(' ')} Choose weights and config.json of the same folder.`,
    );
}
