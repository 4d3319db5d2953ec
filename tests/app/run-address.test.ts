import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRun, encodeRun } from '../../src/app/run-address.ts';
import { type Run, runFields } from '../../src/training/run.ts';
import { checkRun } from '../../src/training/run-checks.ts';
import { defaultRun, runFrom, settingsOf, startingRun } from '../../src/training/settings.ts';

const anyNumber = runFields.flatMap(({ key, kind }) => {
  if (kind.type !== 'number') return [];
  const { min, max, whole } = kind;
  return [[key, whole ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true }).map((value) => value + 0)]];
});
const anyRun: fc.Arbitrary<Run> = fc
  .record({
    ...Object.fromEntries(anyNumber),
    steps: fc.integer({ min: 50_001, max: 100_000 }),
    warmUpSteps: fc.integer({ min: 0, max: 50_000 }),
    seed: fc.string({ minLength: 1, maxLength: 64 }),
    hidden: fc.constantFrom(16, 32, 64, 128),
    heads: fc.constantFrom(1, 2, 4, 8),
    corpus: fc.constantFrom('lost-and-found', 'pocket-stories', 'own'),
    kernels: fc.constantFrom('fused', 'plain'),
    pairingOptions: fc.integer({ min: 0, max: 4 }).map((sentences) => ({ sentences })),
    noisingOptions: fc.record(
      {
        maskShare: fc.double({ min: 0, max: 1, noNaN: true }).map((share) => share + 0),
        count: fc.constantFrom('fixed', 'content'),
        wholeWords: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
    architectureOptions: fc.constantFrom({}, { causal: true }, { initStd: 0.1 }, { initStd: 0.02, causal: false }),
    start: fc.constantFrom(undefined, { run: { layers: 3, noisingOptions: {} } }, { run: {}, step: 500 }),
  })
  .map(runFrom);

/** Known names with any values, among names that mean nothing. */
const names = [
  ...runFields.map(({ key }) => key),
  ...['noising.rate', 'judged.rate', 'first.rate', 'pairing.sentences', 'model.initStd', 'model.layers', 'stage.at'],
  ...['noising.none', 'model.none', 'judged.__proto__', 'toString', 'noising.'],
];
const said = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '1',
    '-1',
    '7',
    '1e9',
    '0.5',
    'NaN',
    'null',
    '{}',
    '[]',
    'true',
    'rtd',
    'bart',
    'own',
    'sop',
  ),
  fc.constantFrom('{"run":{}}', '{"run":{"layers":"x"}}', '[{"steps":3}]', '{"file":1}', '%', '\ud800'),
  fc.string(),
);
const mangled = fc
  .array(fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string()), said), { maxLength: 8 })
  .map((pairs) => new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString());

const read = (query: string) => decodeRun(new URLSearchParams(query));
const written = (run: Run) => encodeRun(run).toString();

describe('the address of a run', () => {
  it('gives back the run it was made from', () => {
    fc.assert(
      fc.property(anyRun, (one) => {
        const { run, problems } = read(written(one));
        expect(problems).toEqual([]);
        expect(settingsOf(run)).toEqual(settingsOf(one));
      }),
    );
  });

  it('is read whatever it says, and what it gives can be carried out', { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(mangled, (query) => {
        const { run } = read(query);
        expect(() => checkRun(run)).not.toThrow();
        expect(read(written(run))).toEqual({ run, problems: [] });
      }),
      { numRuns: Number(process.env.ADDRESSES ?? 2_000) },
    );
  });

  it('says what is wrong with each setting; what a size or a text fixes is no option of a model', () => {
    expect(read('noising.rate=7&judged.rate=7').problems).toHaveLength(2);
    const { run, problems } = read('model.layers=100000000&model.vocabSize=3&model.padId=9');
    expect({ run, problems }).toEqual({ run: defaultRun, problems: [] });
    expect(read('model.initStd=7').problems).toEqual([
      'Start width (initStd) is 7, but it must be between 0 and 1. The usual value is used instead.',
    ]);
  });

  it('that says nothing of a run means the one a visitor begins with, with Muon', () => {
    for (const query of ['', 'utm_source=mail&stage.draw=3']) expect(read(query).run).toEqual(startingRun);
    expect(startingRun.training.optimizer).toBe('muon');
    expect(read('optimizer=adamw').run).toEqual(defaultRun);
    expect(read('steps=300').run).toEqual(runFrom({ steps: 300 }));
  });

  it('is short: what is as usual is left out', () => {
    expect(written(startingRun)).toBe('');
    expect(written(defaultRun)).toBe('optimizer=adamw');
    expect(written(runFrom({ layers: 4, noisingOptions: { maskShare: 1, randomShare: 0 } }))).toBe(
      'layers=4&noising.maskShare=1&noising.randomShare=0',
    );
  });

  it('falls back to the usual value and says so when a value cannot be meant', () => {
    expect(read('layers=many&steps=300&corpus=bible&noising.rate=7&judged.count=some&model.causal=5')).toEqual({
      run: runFrom({ steps: 300 }),
      problems: [
        'corpus is "bible", but there are only lost-and-found, lost-and-found-days, moby-dick, pocket-stories, where-it-stands, own. The usual value is used instead.',
        'Layers is "many", but it must be a whole number from 1 to 12. The usual value is used instead.',
        'Masking rate (rate) is 7, but it must be between 0 and 1. The usual value is used instead.',
        'Left to right (causal) is 5, but it must be true or false. The usual value is used instead.',
        'How many (count) is "some", but it must be one of fixed, rounded, independent, content. The usual value is used instead.',
      ],
    });
  });

  it('gives a tokenizer the room it needs, and says so before anything is learned', () => {
    const { run, problems } = read('tokenizer=bytes');
    expect(run.text).toMatchObject({ tokenizer: 'bytes', vocabSize: 768 });
    expect(problems).toEqual([
      'Byte pieces (BPE) need a vocabulary of at least 261 tokens; it is 192. Choose a larger one. 768 is used instead.',
    ]);
    expect(read('tokenizer=bytes&vocabSize=300').problems).toEqual([]);
    expect(read('tokenizer=unigram').problems).toEqual([]);
  });

  it('keeps width and heads together', () => {
    const { run, problems } = read('hidden=30&heads=4');
    expect(run).toEqual(defaultRun);
    expect(problems).toHaveLength(1);
  });

  it('takes the first of what it is given twice, and says so', () => {
    const { run, problems } = read('layers=3&seed=1&layers=1&layers=2');
    expect(run.model.size.layers).toBe(3);
    expect(problems).toEqual(['Given more than once, so the first one counts: layers.']);
  });

  it('ignores what it does not know', () => {
    expect(read('seed=1&utm_source=mail&noising.colour=red&__proto__=1&model.__proto__=1')).toEqual({
      run: defaultRun,
      problems: [],
    });
  });

  it("leaves a visitor's own text out", () => {
    expect(written(runFrom({ corpus: 'own', ownText: 'secret' }))).toBe('corpus=own');
  });
});
