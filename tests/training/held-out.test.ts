import { expect, test } from 'vitest';
import { cities, foods, heroes, places, weekdays } from '../../src/text/corpora/lost-and-found/grammar.ts';
import { type HeldOut, heldOutBatches } from '../../src/training/batches.ts';
import { prepare } from '../../src/training/data.ts';
import { floorsOf } from '../../src/training/floors.ts';
import { milestonesOf } from '../../src/training/milestones.ts';
import type { Run } from '../../src/training/run.ts';
import { defaultRun, startingRun, withSettings } from '../../src/training/settings.ts';

const small = withSettings(defaultRun, { batchSize: 8 });
const recipes: readonly (readonly [string, Run])[] = [
  ['masked', small],
  ['in an order', withSettings(small, { noising: 'plm', architecture: 'xlnet', noisingOptions: {} })],
  ['the next one', withSettings(small, { noising: 'causal', noisingOptions: {} })],
];

/** How often each class is asked for. */
function countsOf(batches: readonly HeldOut[]): Readonly<Record<string, number>> {
  const all = batches.flatMap(({ classes = [] }) => classes.flatMap((one) => one ?? []));
  return Object.fromEntries([...new Set(all)].map((id) => [id, all.filter((one) => one === id).length]));
}

test.each(recipes)('the class of a slot is that of the word asked for, %s', async (_, run) => {
  const data = await prepare(run.text);
  const asked = new Map<string, Set<string>>();
  for (const { arrays, classes } of heldOutBatches(data, run)) {
    expect(classes).toHaveLength(arrays.weights.length);
    classes!.forEach((one, slot) => {
      expect(one === undefined).toBe(arrays.weights[slot] === 0);
      if (one === undefined) return;
      asked.set(one, (asked.get(one) ?? new Set()).add(data.vocabulary.tokens[arrays.labels[slot]!]!));
    });
  }
  const among = (id: string) => expect([...asked.get(id)!], id);
  among('place').toSatisfy((words: string[]) => words.every((word) => places.includes(word)));
  among('hero').toSatisfy((words: string[]) => words.every((word) => heroes.includes(word)));
  among('food').toSatisfy((words: string[]) => words.every((word) => foods.includes(word)));
  among('weekday').toSatisfy((words: string[]) => words.every((word) => weekdays.includes(word)));
  among('city').toSatisfy((words: string[]) => words.every((word) => cities.some(([, second]) => second === word)));
});

test('where the noising writes text, or the text has no grammar, there are no classes', async () => {
  const written = withSettings(small, { noising: 'denoise', architecture: 'bart', noisingOptions: {} });
  const plain = withSettings(small, { corpus: 'pocket-stories', vocabSize: 1000 });
  for (const run of [written, plain])
    for (const batch of heldOutBatches(await prepare(run.text), run)) expect('classes' in batch).toBe(false);
});

test('the run that a visitor begins with asks for enough words of every class that a milestone counts', async () => {
  const data = await prepare(startingRun.text);
  const counts = countsOf(heldOutBatches(data, startingRun));
  const best = floorsOf(data, startingRun).best.mlm!.classes!;
  expect(Object.fromEntries(Object.entries(best).map(([id, { asked }]) => [id, asked]))).toEqual(counts);
  for (const milestone of milestonesOf(startingRun))
    for (const id of milestone.by === 'classes' ? milestone.classes : [])
      expect(counts[id], id).toBeGreaterThanOrEqual(20);
});
