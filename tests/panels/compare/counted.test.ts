import { beforeAll, expect, test } from 'vitest';
import { loadPictures } from '../../../src/models/pictures.ts';
import { countOf } from '../../../src/panels/compare/counted.ts';
import { rowOf, rows, withCounts } from '../../../src/panels/compare/rows.ts';

beforeAll(loadPictures);

const counted = (id: string) => countOf(rowOf(id)!.size)!;

// As many as the reference's own classes have at these sizes: without the heads of pretraining, and with them.
test.each([
  ['bert.base', 109_482_240, 110_106_428],
  ['bert.large', 335_141_888, 336_226_108],
  ['xlnet.base', undefined, 116_750_336],
  ['xlnet.large', undefined, 360_300_800],
  // The reference's class for masked tokens has no pooler.
  ['roberta.base', 124_645_632 - (768 * 768 + 768), 124_697_433],
  ['roberta.large', undefined, 355_412_057],
  ['albert.base', 11_683_584, 11_813_810],
  ['albert.large', 17_683_968, 17_847_474],
  ['albert.xlarge', 58_724_864, 59_021_490],
  ['albert.xxlarge', 222_595_584, 223_158_450],
  ['distilbert.base', 66_362_880, 66_985_530],
  ['bart.base', 139_420_416, 139_420_416],
  ['bart.large', 406_291_456, 406_291_456],
  ['electra.small', 13_483_008, 13_549_057],
  ['electra.base', 108_891_648, 109_483_009],
  ['electra.large', undefined, 335_142_913],
  ['mobilebert.base', 24_581_888, 36_597_564],
  ['mobilebert.tiny', 15_485_696, 27_501_372],
  ['deberta.base', 138_601_728, 139_244_121],
  ['bigbird.base', 127_468_800, 128_112_824],
  ['bigbird.large', 359_123_968, 360_228_024],
  ['convbert.small', 13_143_768, undefined],
  ['convbert.medium', 17_475_888, undefined],
  ['convbert.base', 105_680_520, undefined],
  // With one softmax instead of three groups of words, each of which has a row and a bias of its own.
  ['transfo-xl.base', undefined, 151_119_838 - 3 * 411],
] as const)('%s has %s weights without heads, %s with them, as the reference has', (id, bare, withHeads) => {
  const { weights, heads } = counted(id);
  if (bare !== undefined) expect(weights).toBe(bare);
  if (withHeads !== undefined) expect(weights + heads).toBe(withHeads);
});

test('parts add up, and the word table of DeBERTa is what its paper leaves out', () => {
  const { weights, wordTable, tables, layers } = counted('deberta.base');
  expect(wordTable + tables + layers).toBe(weights);
  expect(weights - wordTable).toBe(99_998_208);
});

test('what papers give and nobody has counted before agrees to the digits they print', () => {
  expect(Math.round(counted('transfo-xl.enwik8').weights / 1e6)).toBe(41);
  expect(counted('deberta.1b5').weights / 1e9).toBeCloseTo(1.5, 0);
});

test('reading costs what the maps and the scores cost: BERT base by hand', () => {
  const maps = 12 * 12 * 768 * 768;
  const scores = (length: number) => 12 * 2 * length * 768;
  const { multiplyAdds } = counted('bert.base');
  expect([128, 512].map(multiplyAdds)).toEqual([maps + scores(128), maps + scores(512)]);
});

test('shared weights save no arithmetic, half of the layers save half of it', () => {
  const at512 = (id: string) => counted(id).multiplyAdds(512);
  expect(at512('albert.base') / at512('bert.base')).toBeCloseTo(1, 2);
  expect(at512('distilbert.base')).toBe(at512('bert.base') / 2);
});

test('a permuted order is read by one stream, and a text that is long in blocks costs less than in full', () => {
  // Five maps of the state instead of four, of which one maps places, and scores by distance: no second stream.
  expect(counted('xlnet.base').multiplyAdds(128) / counted('bert.base').multiplyAdds(128)).toBeLessThan(1.2);
  const bigbird = counted('bigbird.base').multiplyAdds;
  expect(bigbird(4096)).toBeLessThan(bigbird(512) * 1.3);
});

test('training with Adam keeps four numbers of four bytes for each weight', () => {
  expect(counted('bert.base').trainBytes).toBe(16 * 110_106_428);
});

test('a size that is not built here says why, and every other is counted', () => {
  const open = rows.filter(({ size }) => countOf(size) === undefined);
  expect(open.map(({ id }) => id)).toEqual(['transfo-xl.large', 'mobilebert.teacher']);
  for (const { size } of open) expect(size.config).toMatch(/not built here/);
  expect(withCounts(rowOf('bert.base')!).facts.weights).toMatchObject({
    text: '109.5M',
    number: 109_482_240,
    from: [],
  });
});
