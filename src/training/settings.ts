import { digest } from '../core/digest.ts';
import { AppError } from '../core/errors.ts';
import { type Run, type RunField, runFields, type Settings, type TextChoice } from './run.ts';

/**
 * A run with some of its settings changed; keys that are no setting change nothing. Throws `bad-option` for data of
 * another shape; all other values are judged by `checkRun`.
 */
export const withSettings = (run: Run, settings: Settings): Run =>
  runFields.reduce((sofar, field) => {
    const { key, kind, set } = field;
    if (!Object.hasOwn(settings, key)) return sofar;
    const value = settings[key];
    if (kind.type === 'data' && value !== undefined && !kind.fits(value)) refuse(field, value);
    return set(sofar, value);
  }, run);

/** All settings of a run. */
export const settingsOf = (run: Run): Settings => Object.fromEntries(runFields.map(({ key, get }) => [key, get(run)]));

/**
 * The run everything starts from: BERT on Lost and found, content words preferred, windows of two sentences.
 * Small enough to learn to copy within some hundred steps. Departs from Devlin et al. 2019 in how wide the weights
 * start (0.1, not 0.02): at width 64 the smaller one leaves attention even for a thousand steps.
 */
export const defaultRun: Run = withSettings(
  { phases: [{ steps: 1, schedule: {} }] } as unknown as Run,
  Object.fromEntries(runFields.map(({ key, usual }) => [key, usual])),
);

/** The run of some settings, all others as usual. */
export const runFrom = (settings: Settings): Run => withSettings(defaultRun, settings);

/**
 * What a visitor begins with: the same task, learned with Muon in a third of the steps. Addresses and keys go on
 * telling runs by how they depart from `defaultRun`, so that old ones mean what they did.
 */
export const startingRun: Run = runFrom({
  optimizer: 'muon',
  heads: 4,
  batchSize: 64,
  steps: 400,
  learningRate: 0.004,
  warmup: 20,
  evaluateEvery: 25,
  architectureOptions: { initStd: 0.07 },
});

/** Settings of the noising fall with it: options of one mean nothing to another. */
export const noNoisingOptions = { noisingOptions: {}, evaluationOptions: {}, warmUpOptions: {} } as const;

/** Longer texts are told apart by their digests. */
const longestInKey = 1000;

/** A text differs from what it is not, without being spelled out. */
const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a !== 'string' && typeof b !== 'string' && spelling(a) === spelling(b));

/** A text choice is flat; comparing it by its parts spares a long text from being spelled out. */
export const isSameText = (a: TextChoice, b: TextChoice): boolean =>
  (Object.keys({ ...a, ...b }) as (keyof TextChoice)[]).every((key) => a[key] === b[key]);

/** Plain data as one text: the same for the same data, in whatever order its keys stand. */
export const spelling = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  ) ?? '';

/** The settings in which a run departs from another, in the order of the table. */
export const departures = (run: Run, from: Run = defaultRun): Settings =>
  Object.fromEntries(
    runFields.flatMap(({ key, get }) => (isSame(get(run), get(from)) ? [] : [[key, get(run)] as const])),
  );

/**
 * Two runs have one key when all that fixes their numbers is the same; a setting that comes later changes no key. Of a
 * long text of one's own the key holds a digest: a browser takes most of a second to look for a key of 5 MB.
 */
export const keyOf = (run: Run): string => {
  const { ownText } = run.text;
  const isShort = ownText === undefined || ownText.length <= longestInKey;
  return `run ${spelling(departures(isShort ? run : withSettings(run, { ownText: digest(ownText) })))}`;
};

/** The run of a key, all of it but a long text of one's own. */
export const runOfKey = (key: string): Run => runFrom(JSON.parse(key.slice('run '.length)) as Settings);

/** Throws `bad-option` with the field and its range. */
export function refuse({ key, label, kind }: RunField, value: unknown): never {
  const said = typeof value === 'object' ? 'something else' : Number.isNaN(value) ? 'no number' : String(value);
  if (kind.type === 'number') {
    const { min, max, whole } = kind;
    const range = `${whole ? 'a whole number from' : 'between'} ${min} ${whole ? 'to' : 'and'} ${max}`;
    throw new AppError('bad-option', `${label} is ${said}, but it must be ${range}.`, key);
  }
  throw new AppError('bad-option', `${label} is ${said}, which cannot be meant.`, key);
}
