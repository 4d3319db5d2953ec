import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { modulesIn } from './support/modules.ts';

const widest = 120;

/** A file's text with everything but its scripts blanked out where it is Svelte, so that places stay the same. */
function scriptsOf(file: string, text: string): string {
  if (!file.endsWith('.svelte')) return text;
  const blank = (part: string) => part.replace(/[^\n]/g, ' ');
  let [scripts, end] = ['', 0];
  for (const found of text.matchAll(/(<script[^>]*>)(.*?)<\/script>/gs)) {
    const start = found.index + found[1]!.length;
    scripts += blank(text.slice(end, start)) + found[2];
    end = start + found[2]!.length;
  }
  return scripts + blank(text.slice(end));
}

/** Where strings, templates and regular expressions begin and end. */
function literals(file: string, text: string): (readonly [number, number])[] {
  const source = ts.createSourceFile(file, scriptsOf(file, text), ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const found: (readonly [number, number])[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isTemplateLiteral(node) || ts.isRegularExpressionLiteral(node))
      found.push([node.getStart(), node.end]);
    else ts.forEachChild(node, visit);
  };
  visit(source);
  // In markup a string is one of an attribute or of an expression, on one line.
  if (file.endsWith('.svelte'))
    for (const { 0: one, index } of text.matchAll(/"[^"\n]*"|'[^'\n]*'|`[^`\n]*`/g))
      found.push([index, index + one.length]);
  return found;
}

/** Lines wider than allowed, but for those that a literal carries over the edge: it cannot be broken. */
function wideLines(file: string, text: string): string[] {
  const unbroken = literals(file, text);
  let start = 0;
  return text.split('\n').flatMap((line, i) => {
    const edge = start + widest;
    start += line.length + 1;
    if (line.length <= widest) return [];
    const comment = /^\s*(\/\*|\*|\/\/|<!--)/.test(line);
    const carried = unbroken.some(([from, to]) => from < edge && to >= edge);
    return carried && !comment ? [] : [`${file}:${i + 1}`];
  });
}

const files = [...modulesIn('src'), ...modulesIn('lessons')];

test('no line is wider than 120 columns, but for a string, a template or a pattern that reaches over the edge', () => {
  expect(files.flatMap((file) => wideLines(file, readFileSync(file, 'utf8')))).toEqual([]);
});

test('a comment and a statement are told from a long string', () => {
  const long = 'word '.repeat(30).trim();
  expect(wideLines('a.ts', `// ${long}\n`)).toEqual(['a.ts:1']);
  expect(wideLines('a.ts', `/** ${long} "${long}" */\n`)).toEqual(['a.ts:1']);
  expect(wideLines('a.ts', `const a = [${'12, '.repeat(40)}];\n`)).toEqual(['a.ts:1']);
  expect(wideLines('a.ts', `const a =\n  '${long}';\n`)).toEqual([]);
  expect(wideLines('a.ts', `const a = \`\n  ${long}\n\`;\n`)).toEqual([]);
  expect(wideLines('A.svelte', `<p title="${long}">a</p>\n<p>${long}</p>\n`)).toEqual(['A.svelte:2']);
});

/** Places in markup where punctuation begins a line: a break before it is a space that a reader sees. */
function setOff(file: string, text: string): string[] {
  const blank = (part: string) => part.replace(/[^\n]/g, '');
  const markup = text.replace(/<(script|style)[^>]*>.*?<\/\1>/gs, blank);
  return markup
    .split('\n')
    .flatMap((line, i) => (/^\s*(<\w+[^>]*>)?[,;.](\s|$)/.test(line) ? [`${file}:${i + 1}`] : []));
}

test('no comma, semicolon or full stop in markup stands behind a space', () => {
  const components = files.filter((file) => file.endsWith('.svelte'));
  expect(components.flatMap((file) => setOff(file, readFileSync(file, 'utf8')))).toEqual([]);
  expect(setOff('A.svelte', '<p>\n  a\n  <b>, then b</b>\n  .\n</p>\n')).toEqual(['A.svelte:3', 'A.svelte:4']);
  expect(setOff('A.svelte', '<p>a, b</p>\n{#each all\n  .map((x) => x) as y}{y}{/each}\n')).toEqual([]);
});
