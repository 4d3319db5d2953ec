import { existsSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LessonState, stepAddress } from '../../src/app/pages/lesson/page.ts';
import { decode, encode, links } from '../../src/app/url.ts';

const lesson: fc.Arbitrary<LessonState> = fc.record({
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
});

/** Any state of every page that has an address of its own. */
const states: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  home: fc.constant({}),
  gallery: fc.constant({}),
  credits: fc.constant({}),
  lesson,
  teach: fc.record({ slug: fc.constantFrom('', 'permutation', 'ü/?') }),
  handout: fc.record({ slug: fc.string({ minLength: 1 }), answers: fc.boolean(), seed: fc.string() }),
  play: fc.record({ run: fc.constantFrom('', 'layers=3', 'seed=a%26b&x=1') }),
};
const folders = readdirSync('src/app/pages').filter((page) => existsSync(`src/app/pages/${page}/page.ts`));
const missing = (address: string) => ({ page: 'missing', state: { address }, isAlone: false, problems: [] });

describe('the address', () => {
  it.each(Object.keys(states))('of the page %s gives back the state it was made from', (page) => {
    fc.assert(
      fc.property(
        states[page]!,
        (state) => void expect(decode(encode(page, state))).toMatchObject({ page, state, problems: [] }),
      ),
    );
  });

  it.each(folders)('of the page %s, whatever it says, comes to a state that an address can say', (page) => {
    const rest = fc.tuple(fc.array(fc.webSegment(), { maxLength: 3 }), fc.webQueryParameters());
    fc.assert(
      fc.property(rest, ([pieces, query]) => {
        const read = decode(`#/${[page, ...pieces].join('/')}?${query}`);
        if (read.page === page) expect(decode(encode(page, read.state))).toEqual({ ...read, problems: [] });
        else expect(read.page).toBe('missing');
      }),
    );
  });

  it('is read whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => void expect(decode(`#${text}`).page).toBeTypeOf('string')),
    );
    fc.assert(fc.property(fc.webQueryParameters(), (text) => void expect(decode(`#/play?${text}`).page).toBe('play')));
  });

  it('is short', () => {
    expect(encode('home', {})).toBe('#/');
    expect(encode('credits', {})).toBe('#/credits');
    expect(encode('play', { run: '' })).toBe('#/play');
    expect(stepAddress('masked-language-modelling')).toBe('#/lesson/masked-language-modelling');
    expect(stepAddress('masked-language-modelling', 'mix')).toBe('#/lesson/masked-language-modelling/mix');
  });

  it('can be written for any step', () => {
    const text = fc.string({ unit: 'binary', minLength: 1 });
    fc.assert(
      fc.property(text, text, (slug, step) => void expect(decode(stepAddress(slug, step)).page).toBe('lesson')),
    );
    expect(stepAddress('\ud800')).toBe('#/lesson/%EF%BF%BD');
  });

  it('keeps a mangled address to show it', () => {
    expect(decode('#/leson/x')).toEqual(missing('/leson/x'));
    expect(decode('#/missing')).toEqual(missing('/missing'));
    expect(decode('#/lesson')).toEqual(missing('/lesson'));
    expect(decode('#/lesson/a/b/c')).toEqual(missing('/lesson/a/b/c'));
    expect(decode('#/play/x?layers=3')).toEqual(missing('/play/x'));
    expect(decode('#/constructor').page).toBe('missing');
    expect(decode('#/lesson/%E0%A4%A/x').state).toEqual({ slug: '%E0%A4%A', step: 'x', presenting: false, sample: {} });
  });

  it('is that of the course when it is empty', () => {
    for (const hash of ['', '#', '#/', '#//', '#/home'])
      expect(decode(hash)).toMatchObject({ page: 'home', state: {} });
  });

  it("says which of a reader's changes to an example it could not use", () => {
    expect(decode('#/lesson/mlm/mix?draw=-1&redraws=1.x&seed=9&option.rate=[1]&option.cap=3')).toEqual({
      page: 'lesson',
      state: { slug: 'mlm', step: 'mix', presenting: false, sample: { seed: '9', options: { cap: 3 } } },
      isAlone: false,
      problems: [
        'option.rate must be a number, true, false or a text in quotes. It is left out.',
        'draw must be a whole number. It is left out.',
        'redraws must be whole numbers with dots between them. It is left out.',
      ],
    });
  });

  it('keeps only the beginning of a name that no page could repeat in a line', () => {
    const { state } = decode(`#/lesson/mlm/${'x'.repeat(20_000)}`);
    expect(state).toMatchObject({ slug: 'mlm', step: 'x'.repeat(80) });
  });

  it('gives a lesson the screen to itself while it is presented', () => {
    expect(decode('#/lesson/mlm/mix?present=1').isAlone).toBe(true);
    expect(decode('#/lesson/mlm/mix').isAlone).toBe(false);
  });
});

it('the header links to the course, then to the playground, then to where checkpoints are looked into', () => {
  expect(links).toEqual([
    { page: 'home', address: '#/', label: 'Course', order: 1 },
    { page: 'play', address: '#/play', label: 'Playground', order: 2 },
    { page: 'look', address: '#/look', label: 'Look', order: 3 },
  ]);
});
