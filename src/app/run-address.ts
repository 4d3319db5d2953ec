import { AppError } from '../core/errors.ts';
import { blueprints } from '../models/catalog.ts';
import { noisingFacts } from '../objectives/facts.ts';
import { checkOptions } from '../objectives/options.ts';
import { choicesOf, choose, fittingFor, optionFieldsOf } from '../training/choices.ts';
import { type Run, type RunField, runFields } from '../training/run.ts';
import { checkRun, checkVocabulary } from '../training/run-checks.ts';
import { defaultRun, keyOf, noNoisingOptions, spelling, startingRun, withSettings } from '../training/settings.ts';

/**
 * What an option group holds when the address does not speak of it; options of one objective mean nothing to another.
 */
function basis({ key, get }: RunField, { recipe }: Run): object {
  if (key === 'pairingOptions' && recipe.pairing !== defaultRun.recipe.pairing) return {};
  if (key in noNoisingOptions && recipe.noising !== defaultRun.recipe.noising) return {};
  return get(defaultRun) as object;
}

/** Says that a group has no option at all, where the usual run has some. */
const noOption = 'none';

/** Text as the JSON it spells, or as itself: `0.3`, `true`, `fixed`. */
function spelled(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? text : value;
  } catch {
    return text;
  }
}

/** An address that says nothing of a run means the one that a visitor begins with; the default run says this much. */
const usual = runFields.find(({ key }) => key === 'optimizer')!;

/** The query of a run: only what departs from the default run. A visitor's own text stays with the visitor. */
export function encodeRun(run: Run): URLSearchParams {
  const query = new URLSearchParams();
  if (keyOf(run) === keyOf(startingRun)) return query;
  for (const field of runFields) {
    const { key, kind, get } = field;
    const value = get(run);
    if (kind.type === 'private') continue;
    if (kind.type === 'options') {
      if (spelling(value) === spelling(basis(field, run))) continue;
      const options = Object.entries(value as object);
      for (const [name, option] of options) query.set(`${kind.prefix}${name}`, String(option));
      if (options.length === 0) query.set(`${kind.prefix}${noOption}`, '1');
    } else if (spelling(value) !== spelling(get(defaultRun)))
      query.set(key, kind.type === 'data' ? JSON.stringify(value) : String(value));
  }
  if (query.size === 0) query.set(usual.key, String(usual.usual));
  return query;
}

/** Whether an entry of a query speaks of the run at all. */
const isOfRun = (name: string): boolean =>
  runFields.some(({ key, kind }) => (kind.type === 'options' ? name.startsWith(kind.prefix) : name === key));

/** Names in a query that are no setting of a run, nor an option of what it chooses. */
export const strangersOf = (query: URLSearchParams, run: Run): readonly string[] =>
  [...query.keys()].filter((name) => {
    const of = runFields.find(({ key, kind }) =>
      kind.type === 'options' ? name.startsWith(kind.prefix) : name === key,
    );
    if (of?.kind.type !== 'options') return of === undefined;
    const option = name.slice(of.kind.prefix.length);
    return option !== noOption && !optionFieldsOf(of.kind.of, run).some(({ key }) => key === option);
  });

/** What an address says of a setting; throws `AppError` where it cannot be meant. */
function readValue({ key, label, kind }: RunField, text: string): unknown {
  if (kind.type === 'number') {
    const number = text.trim() === '' ? Number.NaN : Number(text);
    return Number.isNaN(number) ? `"${text}"` : number;
  }
  if (kind.type === 'choice') {
    const known = choicesOf(kind.of).map(({ id }) => id);
    if (known.includes(text)) return text;
    throw new AppError('bad-address', `${key} is "${text}", but there are only ${known.join(', ')}.`, key);
  }
  if (kind.type === 'text') {
    if (text.length > 0 && text.length <= kind.longest) return text;
    throw new AppError('bad-address', `The ${label.toLowerCase()} must have 1 to ${kind.longest} characters.`, key);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('bad-address', `${label} is no JSON.`, key);
  }
}

/** The run of a query. Total: a value that cannot be meant falls back to its default and is named in `problems`. */
export function decodeRun(query: URLSearchParams): { readonly run: Run; readonly problems: readonly string[] } {
  if (![...query.keys()].some(isOfRun)) return { run: startingRun, problems: [] };
  const names = [...query.keys()].filter(isOfRun);
  const twice = new Set(names.filter((name, i) => names.indexOf(name) < i));
  const problems = twice.size > 0 ? [`Given more than once, so the first one counts: ${[...twice].join(', ')}.`] : [];
  /** A run with a setting changed, or the run as it was. Width and heads are judged together at the end. */
  const attempt = (run: Run, { key }: RunField, value: () => unknown): Run => {
    try {
      const changed = withSettings(run, { [key]: value() });
      checkRun(
        withSettings(changed, key === 'vocabSize' ? { ...usualSize, tokenizer } : { ...usualSize, vocabSize: roomy }),
      );
      return changed;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      problems.push(`${error.message} The usual value is used instead.`);
      return run;
    }
  };
  const isSaid = ({ key, kind }: RunField) => kind.type !== 'private' && kind.type !== 'options' && query.has(key);
  const read = (from: Run, fits: (field: RunField) => boolean) =>
    runFields
      .filter((field) => isSaid(field) && fits(field))
      .reduce((run, field) => attempt(run, field, () => readValue(field, query.get(field.key)!)), from);
  const isData = ({ kind }: RunField) => kind.type === 'data';
  const plain = read(defaultRun, (field) => !isData(field));
  const chosen = runFields.reduce((sofar, field) => withOptions(sofar, field, query, attempt), plain);
  // Phases say more than the settings of a first one, so they come last.
  const run = read(chosen, isData);
  return { run: fitting(evenHeads(withRoom(run, problems), problems), problems), problems };
}

/** A run with the options that an address says of a group: it tells the whole of it, or nothing. */
function withOptions(
  run: Run,
  field: RunField,
  query: URLSearchParams,
  attempt: (run: Run, field: RunField, value: () => unknown) => Run,
): Run {
  const { kind, get, set } = field;
  if (kind.type !== 'options') return run;
  const known = optionFieldsOf(kind.of, run);
  const said = [...query]
    .filter(([name]) => name.startsWith(kind.prefix))
    .map(([name, text]) => [name.slice(kind.prefix.length), text] as const)
    .filter(([name]) => name === noOption || known.some(({ key }) => key === name));
  let told = set(run, {});
  for (const [name, text] of said) {
    if (name === noOption) continue;
    told = attempt(told, field, () => {
      const value = spelled(text);
      checkOptions(known, { [name]: value });
      return { ...(get(told) as object), [name]: value };
    });
  }
  const isTold = Object.keys(get(told) as object).length > 0 || said.some(([name]) => name === noOption);
  return isTold ? told : set(run, basis(field, run));
}

/** Tokens that every tokenizer can learn; a tokenizer and its size are judged together at the end. */
const roomy = 4096;

/** A run whose tokenizer has room: where the address leaves the size out, or gives too little, that of its menu. */
function withRoom(run: Run, problems: string[]): Run {
  try {
    checkVocabulary(run);
    return run;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const next = choose(run, { key: 'tokenizer' }, run.text.tokenizer);
    problems.push(`${error.message} ${next.text.vocabSize} is used instead.`);
    return next;
  }
}

const { tokenizer } = defaultRun.text;
const { hidden, heads } = defaultRun.model.size;
const usualSize = { hidden, heads };

/** A run whose architecture can learn what it is asked. */
function fitting(run: Run, problems: string[]): Run {
  const able = fittingFor(run);
  const { architecture } = run.model;
  if (able.id === architecture) return run;
  const { name } = noisingFacts[run.recipe.noising] ?? { name: run.recipe.noising };
  const asked = blueprints[architecture]?.name ?? architecture;
  problems.push(`${asked} lacks what "${name.toLowerCase()}" needs. ${able.name} is used instead.`);
  return withSettings(run, { architecture: able.id });
}

function evenHeads(run: Run, problems: string[]): Run {
  try {
    checkRun(run);
    return run;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    problems.push(`${error.message} The usual width and heads are used instead.`);
    return withSettings(run, usualSize);
  }
}
