import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadPicture } from '../../src/models/pictures.ts';
import { costsOf, exponentOf } from '../../src/panels/cost.ts';
import { measuredLengths } from '../../src/panels/measured-lengths.ts';
import { readAnew, readOn } from '../../src/panels/reading-cost.ts';
import { multiplyAddsOf } from '../../src/training/multiply-adds.ts';
import { runFrom } from '../../src/training/settings.ts';

const toy = { layers: 2, hidden: 128, vocab: 192, segment: 32 };

describe('what something costs', () => {
  test('a word read with a memory of 128 costs a seventieth of one whose window is read anew', () => {
    expect(readAnew(toy, 128) / readOn(toy, 128)).toBeCloseTo(69.45, 2);
    const { lines } = costsOf({ of: 'reading' });
    expect(lines.map(({ points }) => points.find(({ x }) => x === 128)!.y)).toEqual([
      readAnew(toy, 128),
      readOn(toy, 128),
    ]);
  });
  test('its sums are those of a training step, but for what the way back adds', async () => {
    await loadPicture('transfo-xl');
    const run = runFrom({
      architecture: 'transfo-xl',
      pairing: 'following',
      pairingOptions: {},
      noising: 'causal',
      noisingOptions: {},
      maxLength: 32,
      batchSize: 1,
      hidden: 128,
      architectureOptions: { memoryLength: 128 },
    });
    const step = multiplyAddsOf(run, 192);
    const forward = 32 * readOn(toy, 128);
    // Forward and twice back; of distances, which do not learn, once back; every query meets each distance of both.
    expect(step / forward).toBeGreaterThan(2.9);
    expect(step / forward).toBeLessThan(3);
  });
  test('scores grow with the square of a text read in full, and in proportion in blocks', () => {
    const arm = (attention: string) => ({
      label: attention,
      change: { architecture: 'bigbird', architectureOptions: { attention, blockSize: 4, parts: 'paper' } },
    });
    const [full, blocks] = costsOf({ of: 'scores', arms: [arm('original_full'), arm('block_sparse')] }).lines;
    expect(exponentOf(full!.points)).toBeCloseTo(2, 9);
    const shares = blocks!.points.slice(1).map(({ y }, i) => (100 * y) / full!.points[i + 1]!.y);
    expect(shares.map((share) => Number(share.toPrecision(2)))).toEqual([45, 24, 12, 6.2, 3.1]);
  });
  test('weights and bytes are counted for every arm', () => {
    const arms = ['bert', 'albert'].map((architecture) => ({ label: architecture, change: { architecture } }));
    const over = { key: 'layers', label: 'layers', values: [1, 2, 4] };
    const [bert, albert] = costsOf({ of: 'parameters', over, arms }).lines;
    expect(bert!.points[2]!.y - bert!.points[1]!.y).toBe(2 * (bert!.points[1]!.y - bert!.points[0]!.y));
    expect(new Set(albert!.points.map(({ y }) => y)).size).toBe(1);
    expect(costsOf({ of: 'bytes', over, arms }).lines[0]!.points[0]!.y).toBeGreaterThan(1e6);
  });
  test('stored times are those of the README, with the exponents it tells', () => {
    const readme = readFileSync('README.md', 'utf8');
    const rows = { stepTime: 'a step', attentionTime: 'attention alone' } as const;
    const ways = { blocks: 'in blocks', full: 'in full' } as const;
    for (const [of, what] of Object.entries(rows) as [keyof typeof rows, string][])
      for (const [way, how] of Object.entries(ways) as [keyof typeof ways, string][]) {
        const points = measuredLengths[of][way].map((y, i) => ({ x: measuredLengths.lengths[i]!, y }));
        const cells = points.map(({ y }) => y.toLocaleString('en')).join(' | ');
        const row = `| ${what}, ${how} | ${cells} | `;
        const at = readme.indexOf(row);
        expect(at, row).toBeGreaterThan(0);
        // The README's are of times before they were rounded.
        expect(exponentOf(points)).toBeCloseTo(Number.parseFloat(readme.slice(at + row.length)), 1);
      }
  });
});
