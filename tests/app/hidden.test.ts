import { describe, expect, it } from 'vitest';
import { hideable, takeHidden, withHidden } from '../../src/app/hidden.ts';
import { decode } from '../../src/app/url.ts';

const hiddenIn = (query: string) => {
  const problems: string[] = [];
  return { hidden: takeHidden(new URLSearchParams(query), problems), problems };
};

describe('what a link hides', () => {
  it('stands in its address and is read back from any page', () => {
    for (const address of ['#/', '#/play', '#/play?layers=3', '#/lesson/denoising/start?at=300&present=1', '#/nowhere'])
      expect(decode(withHidden(address, ['header', 'run']))).toEqual({
        ...decode(address),
        hidden: ['header', 'run'],
      });
  });

  it('is nothing where the address says nothing, and all is shown where it says so', () => {
    expect(hiddenIn('at=3').hidden).toBeUndefined();
    expect(hiddenIn('hide=').hidden).toEqual([]);
    expect(hiddenIn('hide=4.10')).toEqual({ hidden: undefined, problems: [] });
    expect(decode('#/look?hide=4.10')).toMatchObject({ page: 'look', state: { hidden: [4, 10] }, problems: [] });
    expect(withHidden('#/play', [])).toBe('#/play');
  });

  it('is named once and in one order, and what cannot be hidden is told with what can', () => {
    expect(hiddenIn('hide=run,header,run')).toEqual({ hidden: ['header', 'run'], problems: [] });
    const { hidden, problems } = hiddenIn('hide=run,loss');
    expect(hidden).toEqual(['run']);
    expect(problems.join()).toMatch(/“loss”.*header, settings/);
  });

  it('is marked on the site for every name that can be given', async () => {
    const { readdirSync, readFileSync } = await import('node:fs');
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.svelte'));
    const marked = files.flatMap((name) =>
      [...readFileSync(`src/${name}`, 'utf8').matchAll(/data-hideable="(\w+)"/g)].map(([, part]) => part!),
    );
    expect([...new Set(marked)].sort()).toEqual([...hideable].sort());
    const rules = readFileSync('src/app/style.css', 'utf8');
    for (const part of hideable) expect(rules).toContain(`[data-hide~="${part}"] [data-hideable="${part}"]`);
  });
});
