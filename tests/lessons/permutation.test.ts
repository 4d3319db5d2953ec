import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadLesson } from '../../src/app/lessons.ts';
import { storedOf } from '../../src/app/stored-runs.ts';
import { bitsOf, chainBits, productOf, strayShare } from '../../src/figures/joint.ts';
import { noisings } from '../../src/objectives/catalog.ts';
import { pack } from '../../src/objectives/make.ts';
import { type OrderState, orderExample, orderPicture } from '../../src/panels/stages/plm/order.ts';
import { readTwoHoles } from '../../src/panels/two-holes.ts';
import { readRecording } from '../../src/training/recording.ts';
import { tools } from '../panels/tape-tools.ts';
import { exact, toIds, vocabulary } from '../support/lost-and-found.ts';

const letter = 'on wednesday , a letter came to the forest from new york .';
const { ids, segments } = pack({ a: toIds(letter) }, vocabulary);
const text = { sequence: { ids, segments }, remarks: [] };
const noising = noisings.plm!;
/** The order that the lesson starts with, with a share of it predicted. */
const drawnOrder = (share: number) => {
  const state: OrderState = { seed: '1094', draw: 0, redraws: [], options: { ...noising.defaults, share } };
  const tokenizer = { ...tools.tokenizer, vocabulary };
  return orderExample(state, text, { ...tools, noising, tokenizer });
};
/** What the exact reader pays for each word along an order, in bits. */
function costs(order: readonly number[]): readonly number[] {
  const scene = exact.read(ids)!;
  const seen: (number | null)[] = ids.map(() => null);
  return order.map((position) => {
    const [posterior] = scene.posteriors(seen, [position]);
    seen[position] = ids[position]!;
    return -Math.log2(posterior![ids[position]!]!);
  });
}
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const words = (order: readonly number[]) => order.filter((position) => !vocabulary.isSpecial(ids[position]!));

describe('what the lesson on permuted orders says of its sentence', () => {
  test('the drawn order begins with wednesday and ends with the city, york first', () => {
    const { order = [], labels } = drawnOrder(1 / 6);
    expect([words(order)[0], ...order.slice(-2)]).toEqual([2, 12, 11]);
    expect(labels.flatMap((label, i) => (label >= 0 ? [i] : []))).toEqual([11, 12]);
  });
  test('in its two squares the rows of context are the same, the others differ on the diagonal alone', () => {
    const example = drawnOrder(0.5);
    const { content, query, order, predicted } = orderPicture(example, vocabulary);
    expect([order.length - predicted, predicted]).toEqual([7, 8]);
    const differences = (position: number) =>
      content[position]!.flatMap((seen, j) => (seen === query[position]![j] ? [] : [j]));
    expect(order.slice(0, 7).flatMap(differences)).toEqual([]);
    expect(order.slice(7).map(differences)).toEqual(order.slice(7).map((position) => [position]));
    // Context is read by all, whichever of it comes first in the order.
    expect(order.slice(0, 7).every((position) => order.slice(0, 7).every((seen) => query[position]![seen]))).toBe(true);
    expect(order.at(-1)).toBe(11);
  });
  test('its first word costs 2.96 bits, and the whole of it 10.18 in whatever order', () => {
    const order = words(drawnOrder(1).order!);
    expect(costs(order)[0]).toBeCloseTo(2.96, 2);
    expect(sum(costs(order))).toBeCloseTo(10.18, 2);
    expect(sum(costs(order.toSorted((a, b) => a - b)))).toBeCloseTo(sum(costs(order)), 9);
  });
  test.each([
    [letter, [10, 11], 3, 8],
    ['on thursday , leo felt as busy as a bee at the forest .', [6, 9], 3.32, 10],
  ] as const)('%s: a pair costs %f bits along an order and twice as much apart', (sentence, holes, bits, pairs) => {
    const found = readTwoHoles(exact, toIds(sentence), [holes[0], holes[1]], vocabulary.isSpecial)!;
    const joint = { ...found, rows: [], columns: [] };
    for (const first of [0, 1] as const) {
      const [begun, then] = chainBits(joint, first);
      expect(begun).toBeCloseTo(bits, 2);
      expect(then).toBeCloseTo(0, 9);
    }
    expect(bitsOf(productOf(joint))).toBeCloseTo(2 * Math.log2(pairs), 9);
    expect(strayShare(joint)).toBeCloseTo(1 - 1 / pairs, 9);
  });
});

describe('what it says of its stored run', () => {
  const stored = async () => storedOf((await loadLesson('permutation'))!.run)!;
  test('how many words of each kind are right, and how many can be', async () => {
    const [outcome] = (await (await stored()).load())!.outcomes;
    const best = outcome!.floors!.best!.plm!;
    const at = (step: number) => outcome!.evaluations.find((one) => one.step === step)!;
    const percent = (counts: Readonly<Record<string, { right: number; asked: number }>> | undefined, kind: string) =>
      Math.round((100 * counts![kind]!.right) / counts![kind]!.asked);
    expect(percent(at(100).classes, 'frame')).toBe(94);
    expect([percent(at(150).classes, 'city'), percent(best.classes, 'city')]).toEqual([73, 74]);
    expect([percent(at(500).classes, 'city'), at(500).classes!.city!.asked]).toEqual([76, 119]);
    expect(percent(at(250).classes, 'place')).toBe(85);
    expect([percent(at(250).classes, 'animal'), percent(best.classes, 'animal')]).toEqual([54, 55]);
    expect([percent(at(500).classes, 'weekday'), percent(best.classes, 'weekday')]).toEqual([14, 72]);
    expect([percent(at(500).classes, 'hero'), percent(best.classes, 'hero')]).toEqual([11, 76]);
    expect(at(500).losses.plm).toBeCloseTo(0.418, 3);
    expect(best.loss).toBeCloseTo(0.31, 3);
  });
  test('what it answers at the four places, and where it looks for it', async () => {
    const file = readFileSync('lessons/00-recipes/recordings/plm.frames.bin');
    const { frames } = await readRecording(new Uint8Array(file));
    const at = (step: number) => frames.find((frame) => frame.step === step)!;
    const [first, york, busy, bee] = at(500).guesses!;
    expect([first, busy, bee].map((guess) => Number(guess!.among.toFixed(1)))).toEqual([8.6, 10.2, 1.2]);
    expect(york!.truth.share).toBeGreaterThan(0.99);
    expect(bee!.truth.share).toBeCloseTo(0.98, 2);
    expect(Math.max(...at(101).guesses!.map(({ truth }) => truth.share))).toBeLessThan(0.15);
    expect(at(139).guesses![1]!.truth.share).toBeCloseTo(0.89, 2);
    expect([163, 192].map((step) => at(step).guesses![3]!.truth.share.toFixed(2))).toEqual(['0.45', '0.78']);
    const { shape, data, scale } = at(500).values['query.attention.1']!;
    const keys = shape.at(-1)!;
    const look = (head: number, target: number, key: number) =>
      data[(head * shape.at(-2)! + target) * keys + key]! * scale;
    expect(look(2, 1, 11)).toBeCloseTo(0.96, 2);
    expect(look(0, 3, 20)).toBeCloseTo(0.94, 2);
  });
});
