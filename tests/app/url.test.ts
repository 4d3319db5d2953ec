import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode, type PageState } from '../../src/app/url.ts';
import type { RunConfig } from '../../src/training/protocol.ts';
import { defaultRun, runFields } from '../../src/training/run.ts';

const run: fc.Arbitrary<RunConfig> = fc.record({
  ...Object.fromEntries(Object.entries(defaultRun).map(([key, value]) => [key, fc.constant(value)])),
  ...Object.fromEntries(
    runFields.map(({ key, min, max, whole }) => [
      key,
      whole ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true }).map((value) => value + 0),
    ]),
  ),
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
}) as fc.Arbitrary<RunConfig>;

const state: fc.Arbitrary<PageState> = fc.oneof(
  fc.record({ page: fc.constantFrom('home' as const, 'gallery' as const, 'credits' as const) }),
  fc.record({
    page: fc.constant('lesson' as const),
    slug: fc.string({ minLength: 1 }),
    step: fc.string(),
    presenting: fc.boolean(),
    sample: fc.record(
      {
        sentence: fc.string(),
        seed: fc.string({ minLength: 1 }),
        draw: fc.nat(999),
        at: fc.nat(99),
        redraws: fc.array(fc.nat(40), { minLength: 1, maxLength: 9 }),
        options: fc.constantFrom({ rate: 0.3, count: 'fixed', wholeWords: true }, { seed: '7' }),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({ page: fc.constant('play' as const), run }),
);

describe('the address', () => {
  it('gives back the state it was made from', () => {
    fc.assert(fc.property(state, (one) => void expect(decode(encode(one))).toEqual({ state: one, problems: [] })));
  });

  it('is read whatever it says', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => void expect(decode(`#${text}`).state.page).toBeTypeOf('string'),
      ),
    );
    fc.assert(
      fc.property(fc.webQueryParameters(), (text) => void expect(decode(`#/play?${text}`).state.page).toBe('play')),
    );
  });

  it('is short: what is as usual is left out', () => {
    expect(encode({ page: 'play', run: defaultRun })).toBe('#/play');
    expect(
      encode({
        page: 'play',
        run: { ...defaultRun, layers: 4, noisingOptions: { maskShare: 1, randomShare: 0 } },
      }),
    ).toBe('#/play?layers=4&noising.maskShare=1&noising.randomShare=0');
    expect(encode({ page: 'lesson', slug: 'masked-language-modelling', step: '', presenting: false, sample: {} })).toBe(
      '#/lesson/masked-language-modelling',
    );
  });

  it('falls back to the usual value and says so when a value cannot be meant', () => {
    const { state: found, problems } = decode(
      '#/play?layers=many&steps=300&corpus=bible&noising.rate=7&judged.count=some&model.causal=5',
    );
    expect(found).toEqual({ page: 'play', run: { ...defaultRun, steps: 300 } });
    expect(problems).toEqual([
      'corpus is "bible", but there are only lost-and-found, moby-dick, pocket-stories, own. The usual value is used instead.',
      'Layers is "many", but it must be a whole number from 1 to 12. The usual value is used instead.',
      'Masking rate (rate) is 7, but it must be between 0 and 1. The usual value is used instead.',
      'causal is "5", but it must be true or false. The usual value is used instead.',
      'How many (count) is "some", but it must be one of fixed, rounded, independent, content. The usual value is used instead.',
    ]);
  });

  it('can be written for any state', () => {
    const slug = fc.string({ unit: 'binary', minLength: 1 });
    fc.assert(
      fc.property(slug, slug, (one, other) => {
        expect(
          decode(encode({ page: 'lesson', slug: one, step: other, presenting: false, sample: {} })).state.page,
        ).toBe('lesson');
        expect(decode(encode({ page: 'missing', address: `/x/${one}` })).state.page).toBe('missing');
      }),
    );
    expect(encode({ page: 'missing', address: '/\ud800' })).toBe('#/%EF%BF%BD');
  });

  it('keeps width and heads together', () => {
    const { state: found, problems } = decode('#/play?hidden=30&heads=4');
    expect(found).toEqual({ page: 'play', run: defaultRun });
    expect(problems).toHaveLength(1);
  });

  it('ignores what it does not know', () => {
    expect(decode('#/play?utm_source=mail&noising.colour=red&__proto__=1&model.__proto__=1')).toEqual({
      state: { page: 'play', run: defaultRun },
      problems: [],
    });
  });

  it('keeps a mangled address to show it', () => {
    expect(decode('#/leson/x')).toEqual({ state: { page: 'missing', address: '/leson/x' }, problems: [] });
    expect(decode('#/lesson/a/b/c').state.page).toBe('missing');
    expect(decode('#/lesson/%E0%A4%A/x').state).toEqual({
      page: 'lesson',
      slug: '%E0%A4%A',
      step: 'x',
      presenting: false,
      sample: {},
    });
    expect(decode('').state).toEqual({ page: 'home' });
  });

  it("says which of a reader's changes to an example it could not use", () => {
    expect(decode('#/lesson/mlm/mix?draw=-1&redraws=1.x&seed=9&option.rate=[1]&option.cap=3')).toEqual({
      state: {
        page: 'lesson',
        slug: 'mlm',
        step: 'mix',
        presenting: false,
        sample: { seed: '9', options: { cap: 3 } },
      },
      problems: [
        'option.rate must be a number, true, false or a text in quotes. It is left out.',
        'draw must be a whole number. It is left out.',
        'redraws must be whole numbers with dots between them. It is left out.',
      ],
    });
  });

  it("leaves a visitor's own text out", () => {
    expect(encode({ page: 'play', run: { ...defaultRun, corpus: 'own', ownText: 'secret' } })).toBe(
      '#/play?corpus=own',
    );
  });
});
