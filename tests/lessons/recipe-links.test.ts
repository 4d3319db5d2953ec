import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { encodeRun } from '../../src/app/run-address.ts';
import { recipes } from '../../src/app/stored-runs.ts';
import { lessonFolders } from '../support/lesson-folders.ts';

test('every link of a lesson to a recipe of the playground opens the recipe of that name', () => {
  const addresses = new Map(recipes.map(({ card, run }) => [card, encodeRun(run).toString()]));
  let links = 0;
  for (const { folder } of lessonFolders()) {
    const prose = readFileSync(`lessons/${folder}/lesson.md`, 'utf8');
    for (const [, card, address] of prose.matchAll(/\[\*([^*\]]+)\*\]\(#\/play\?([^)]*)\)/g)) {
      expect(address, `${folder}: ${card}`).toBe(addresses.get(card!));
      links++;
    }
    expect(prose.match(/\]\(#\/play\?/g)?.length ?? 0, folder).toBe([...prose.matchAll(/\*\]\(#\/play\?/g)].length);
  }
  expect(links).toBeGreaterThan(8);
});
