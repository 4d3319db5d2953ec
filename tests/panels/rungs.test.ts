import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { headPairs } from '../../src/panels/rungs.ts';
import { readRecording } from '../../src/training/recording.ts';

const bytes = (rows: readonly (readonly number[])[]) => ({
  shape: [1, rows.length, rows[0]!.length],
  data: Uint8Array.from(rows.flat()),
  scale: 1 / 255,
});

test('a head is apart from itself by nothing, and from one that looks elsewhere by much', () => {
  const [left, right] = [bytes([[255, 0]]), bytes([[0, 255]])];
  expect(headPairs(left, left)[0]!.apart).toBe(0);
  expect(headPairs(left, right)[0]!.apart).toBeGreaterThan(5);
  const [{ maps }] = headPairs(left, right) as [ReturnType<typeof headPairs>[number]];
  expect(Array.from(maps[0]).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
});

test('what the lesson says of the fourth and the second head of floor 2', async () => {
  const read = (id: string) => readRecording(readFileSync(`lessons/11-narrow-and-deep/recordings/${id}.frames.bin`));
  const [teacher, student] = [await read('teacher'), await read('student')];
  const apart = (head: number) =>
    [83, 161, 600].map((step) => {
      const now = student.frames.find((frame) => frame.step === step)!.values['attention.1']!;
      return headPairs(teacher.frames.at(-1)!.values['attention.1']!, now)[head - 1]!.apart.toFixed(2);
    });
  expect(apart(4)).toEqual(['0.85', '0.54', '0.39']);
  expect(apart(2)).toEqual(['0.71', '0.58', '1.20']);
});
