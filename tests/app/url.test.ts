import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode, type PageState, stepAddress } from '../../src/app/url.ts';

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
        options: fc.constantFrom<Readonly<Record<string, string | number | boolean>>>(
          { rate: 0.3, count: 'fixed', wholeWords: true },
          { seed: '7' },
        ),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({ page: fc.constant('play' as const), run: fc.constantFrom('', 'layers=3', 'seed=a%26b&x=1') }),
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

  it('is short', () => {
    expect(encode({ page: 'play', run: '' })).toBe('#/play');
    expect(stepAddress('masked-language-modelling')).toBe('#/lesson/masked-language-modelling');
    expect(stepAddress('masked-language-modelling', 'mix')).toBe('#/lesson/masked-language-modelling/mix');
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
});
