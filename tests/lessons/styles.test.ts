import { expect, it } from 'vitest';
import { renderMarkdown } from '../../src/app/lessons/markdown.ts';
import { styleSheet } from '../../src/app/lessons/styles.ts';
import type { Lesson } from '../../src/lesson.ts';

const setting = {
  firstLine: 1,
  scope: 'here',
  blame: (line: number, what: string): never => {
    throw new Error(`${line} ${what}`);
  },
  resolves: () => true,
};
const text = '| a |\n|--:|\n| $\\frac{1}{2}$ |\n\n`<b style="x">`';

it('markup of a lesson has no style attribute, and a rule for each of its styles', () => {
  const html = renderMarkdown(text, setting);
  expect(html).not.toMatch(/<[^>]*\sstyle=/);
  expect(html).toContain('&lt;b style=&quot;x&quot;&gt;');
  const acts = [{ title: '', steps: [{ id: '', title: '', parts: [{ kind: 'prose' as const, html }] }] }];
  const sheet = styleSheet({ acts } as unknown as Lesson);
  expect(sheet).toContain('[data-style="text-align:right"]{text-align:right !important}');
  const used = new Set([...html.matchAll(/data-style="([^"]*)"/g)].map((match) => match[1]));
  expect(used.size).toBeGreaterThan(3);
  expect(sheet.split('\n')).toHaveLength(used.size);
});
