import { AppError } from '../core/errors.ts';
import { blueprints } from '../models/catalog.ts';
import { type AnyNoising, type AnyOptions, type AnyPairing, noisings, pairings } from '../objectives/catalog.ts';
import { checkOptions } from '../objectives/options.ts';
import { corpora, tokenizers } from '../text/catalog.ts';
import type { RunConfig } from '../training/protocol.ts';
import { checkRun, defaultRun, noNoisingOptions, runFields } from '../training/run.ts';

type Choice = 'architecture' | 'corpus' | 'tokenizer' | 'pairing' | 'noising' | 'positions' | 'kernels';
type OptionGroup = 'pairingOptions' | 'noisingOptions' | 'architectureOptions' | 'evaluationOptions' | 'warmUpOptions';

const choices: Readonly<Record<Choice, readonly string[]>> = {
  architecture: Object.keys(blueprints),
  corpus: [...Object.keys(corpora), 'own'],
  tokenizer: Object.keys(tokenizers),
  pairing: Object.keys(pairings),
  noising: Object.keys(noisings),
  positions: ['normal', 'sinusoids'],
  kernels: ['fused', 'plain'],
};

/** How the options of a group begin in the address: `noising.rate=0.3`. */
const prefixes: Readonly<Record<OptionGroup, string>> = {
  pairingOptions: 'pairing.',
  noisingOptions: 'noising.',
  architectureOptions: 'model.',
  evaluationOptions: 'judged.',
  warmUpOptions: 'first.',
};
const groups = Object.keys(prefixes) as OptionGroup[];

const seedLength = 64;

/**
 * What an option group holds when the address does not speak of it; options of one objective mean nothing to another.
 */
function basis(group: OptionGroup, run: Pick<RunConfig, 'pairing' | 'noising'>): object {
  if (group === 'pairingOptions' && run.pairing !== defaultRun.pairing) return {};
  if (group in noNoisingOptions && run.noising !== defaultRun.noising) return {};
  return defaultRun[group];
}

/** Says that a group has no option at all, where the usual run has some. */
const noOption = 'none';

function isSame(a: object, b: object): boolean {
  const [one, other] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return one.size === other.size && [...one].every(([key, value]) => other.has(key) && other.get(key) === value);
}

/** Text as the JSON it spells, or as itself: `0.3`, `true`, `fixed`. */
function spelled(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? text : value;
  } catch {
    return text;
  }
}

const toyOf = (run: RunConfig): Readonly<Record<string, unknown>> => ({ ...blueprints[run.architecture]?.toy });
const objectiveOf = (group: OptionGroup, run: RunConfig): AnyPairing | AnyNoising | undefined =>
  group === 'pairingOptions' ? pairings[run.pairing] : noisings[run.noising];

/** Whether a group has an option of that name. */
function knows(group: OptionGroup, key: string, run: RunConfig): boolean {
  if (group !== 'architectureOptions')
    return key !== 'maxLength' && (objectiveOf(group, run)?.fields.some((field) => field.key === key) ?? false);
  const toy = toyOf(run);
  return Object.hasOwn(toy, key) && (typeof toy[key] === 'boolean' || typeof toy[key] === 'number');
}

/** The value of a known option; throws `AppError` if it cannot be meant. */
function option(group: OptionGroup, key: string, text: string, run: RunConfig): unknown {
  const value = spelled(text);
  if (group !== 'architectureOptions') {
    checkOptions<AnyOptions>(objectiveOf(group, run)?.fields ?? [], { [key]: value });
    return value;
  }
  const usual = typeof toyOf(run)[key];
  if (typeof value === usual) return value;
  const wanted = usual === 'boolean' ? 'true or false' : 'a number';
  throw new AppError('bad-address', `${key} is "${text}", but it must be ${wanted}.`, key);
}

/** The query of a run: only what departs from the default run. A visitor's own text stays with the visitor. */
export function encodeRun(run: RunConfig): URLSearchParams {
  const query = new URLSearchParams();
  for (const key of [...Object.keys(choices), ...runFields.map((field) => field.key), 'seed'] as (keyof RunConfig)[])
    if (run[key] !== defaultRun[key]) query.set(key, String(run[key]));
  for (const group of groups) {
    const options = Object.entries(run[group]).filter(([key]) => key !== 'maxLength');
    if (isSame(run[group], basis(group, run))) continue;
    for (const [key, value] of options) query.set(`${prefixes[group]}${key}`, String(value));
    if (options.length === 0) query.set(`${prefixes[group]}${noOption}`, '1');
  }
  return query;
}

/** The run of a query. Total: a value that cannot be meant falls back to its default and is named in `problems`. */
export function decodeRun(query: URLSearchParams): { readonly run: RunConfig; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const attempt = (run: RunConfig, change: () => Partial<RunConfig>): RunConfig => {
    try {
      const changed = { ...run, ...change() };
      checkRun({ ...changed, hidden: defaultRun.hidden, heads: defaultRun.heads });
      return changed;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      problems.push(`${error.message} The usual value is used instead.`);
      return run;
    }
  };
  let run: RunConfig = defaultRun;
  for (const [key, known] of Object.entries(choices)) {
    const value = query.get(key);
    if (value === null) continue;
    if (known.includes(value)) run = { ...run, [key]: value };
    else
      problems.push(`${key} is "${value}", but there are only ${known.join(', ')}. The usual value is used instead.`);
  }
  for (const { key } of runFields) {
    const value = query.get(key);
    if (value === null) continue;
    const number = value.trim() === '' ? Number.NaN : Number(value);
    run = attempt(run, () => ({ [key]: Number.isNaN(number) ? `"${value}"` : number }));
  }
  const seed = query.get('seed');
  if (seed !== null && seed.length > 0 && seed.length <= seedLength) run = { ...run, seed };
  else if (seed !== null)
    problems.push(`The seed must have 1 to ${seedLength} characters. The usual one is used instead.`);
  for (const group of groups) {
    const said = [...query]
      .filter(([name]) => name.startsWith(prefixes[group]))
      .map(([name, text]) => [name.slice(prefixes[group].length), text] as const)
      .filter(([key]) => key === noOption || knows(group, key, run));
    // An address that speaks of a group tells the whole of it.
    const usual = { ...run, [group]: basis(group, run) };
    run = { ...run, [group]: {} };
    for (const [key, text] of said) {
      if (key === noOption) continue;
      run = attempt(run, () => ({ [group]: { ...run[group], [key]: option(group, key, text, run) } }));
    }
    if (Object.keys(run[group]).length === 0 && !said.some(([key]) => key === noOption)) run = usual;
  }
  return { run: evenHeads(run, problems), problems };
}

function evenHeads(run: RunConfig, problems: string[]): RunConfig {
  try {
    checkRun(run);
    return run;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    problems.push(`${error.message} The usual width and heads are used instead.`);
    return { ...run, hidden: defaultRun.hidden, heads: defaultRun.heads };
  }
}
