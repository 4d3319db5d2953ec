import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { createPaced, type Paced } from '../../src/panels/paced.svelte.ts';

const picture = () => new Promise(requestAnimationFrame);

/** A value that somebody moves, and what was drawn of it; drawing takes `drawMs`. */
function moved(drawMs: number) {
  let value = $state(0);
  let paced: Paced<number> | undefined;
  const drawn: number[] = [];
  const end = $effect.root(() => {
    paced = createPaced(() => value);
    $effect(() => {
      drawn.push(paced!.current);
      for (const until = performance.now() + drawMs; performance.now() < until; );
    });
  });
  flushSync();
  const move = (to: number) => {
    value = to;
    flushSync();
  };
  return { paced: paced!, drawn, move, end };
}

test('what follows a value at rest follows it at once, and is at rest again without another change', async () => {
  const { paced, drawn, move, end } = moved(0);
  expect([paced.current, paced.isMoving]).toEqual([0, false]);
  move(5);
  expect([paced.current, paced.isMoving, drawn]).toEqual([5, true, [0, 5]]);
  await expect.poll(() => paced.isMoving).toBe(false);
  expect(drawn).toEqual([0, 5]);
  end();
});

test('a value that moves at every picture is drawn at each second at most, at fewer where that is slow, and where it stops', async () => {
  const counts: number[] = [];
  for (const drawMs of [0, 40]) {
    const { paced, drawn, move, end } = moved(drawMs);
    for (let i = 1; i <= 40; i++) {
      await picture();
      move(i);
      expect(paced.isMoving).toBe(true);
    }
    // The first stood there before.
    counts.push(drawn.length - 1);
    await expect.poll(() => paced.isMoving).toBe(false);
    expect(drawn.at(-1)).toBe(40);
    expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
    end();
  }
  expect(counts[0]).toBeLessThanOrEqual(21);
  expect(counts[1]).toBeLessThan(counts[0]!);
});
