import { expect, it } from 'vitest';
import { page } from '../../../../src/app/pages/checks/page.ts';
import { describeReference, type Line, report, summarize } from '../../../../src/app/pages/checks/report.ts';

const finding = { worst: 'logits', difference: 2.34e-6, limit: 1e-4, outputs: 3, passed: true, ms: 12.4 };
const lines: readonly Line[] = [
  { group: 'g', title: 'one', finding },
  { group: 'g', title: 'two', finding: { ...finding, difference: Number.NaN, passed: false } },
  { group: 'g', title: 'three', problem: 'The file could not be fetched.' },
  { group: 'g', title: 'four' },
];

it('the folder of a reference is told as its system, what is special, and its kind', () => {
  expect(describeReference('bert-noise')).toBe('BERT, noisy weights');
  expect(describeReference('electra-discriminator-square-fresh')).toBe(
    'ELECTRA (discriminator square), weights as they begin',
  );
  expect(describeReference('xlnet-learning')).toBe('XLNet, loss and gradients');
});

it('the report names device, browser and time, and says of each check how it ended', () => {
  const text = report(lines, 'A card', 'A browser', new Date('2026-01-02T03:04:05Z'));
  expect(text.split('\n')).toEqual([
    'Unmask, checks of 2026-01-02T03:04:05.000Z',
    'A card',
    'A browser',
    '1 of 3 within their limits, 2 not',
    '',
    'pass\tg\tone\t2.3e-6 of 0.0001 allowed (logits), 12 ms',
    'fail\tg\ttwo\tnot a number of 0.0001 allowed (logits), 12 ms',
    'fail\tg\tthree\tThe file could not be fetched.',
    'not run\tg\tfour',
  ]);
});

it('what has not ended counts neither way', () => {
  expect(summarize(lines.slice(0, 1))).toBe('1 of 1 within their limits');
  expect(summarize(lines.slice(3))).toBe('0 of 0 within their limits');
});

it('the address keeps what is compared on what, and names what it cannot use', () => {
  for (const on of ['graphics', 'processor'] as const)
    for (const plain of [true, false]) {
      const query = new URLSearchParams(page.encode({ on, plain }).split('?')[1] ?? '');
      expect(page.decode([], query, [])).toEqual({ on, plain });
    }
  const problems: string[] = [];
  expect(page.decode([], new URLSearchParams('on=toaster'), problems)).toEqual({ on: 'graphics', plain: false });
  expect(problems).toEqual([expect.stringContaining('"toaster"')]);
});
