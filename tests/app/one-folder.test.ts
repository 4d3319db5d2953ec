import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Component } from 'svelte';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lessons } from '../../src/app/lessons/plugin.ts';

// A copy of the sources with a page, a lesson with a picture of its own and a panel more: each is a folder or a pair of
// files, and no other file is edited.
const repository = fileURLToPath(new URL('../..', import.meta.url));
let copy: string;
let server: ViteDevServer;

/** Puts a folder of the tests into the copy, its imports of the sources as they must be there. */
function add(from: string, to: string): void {
  cpSync(join(repository, from), join(copy, to), { recursive: true });
  for (const name of readdirSync(join(repository, from))) {
    const file = join(copy, to, name);
    if (!statSync(file).isFile()) continue;
    const sources = relative(dirname(file), join(copy, 'src'));
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll("'../../../src/", `'${sources}/`));
  }
}

beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), 'one-folder-'));
  cpSync(join(repository, 'src'), join(copy, 'src'), { recursive: true });
  cpSync(join(repository, 'lessons'), join(copy, 'lessons'), { recursive: true });
  add('tests/app/echo', 'src/app/pages/echo');
  add('tests/lessons/echo', 'lessons/99-echo');
  add('tests/lessons/echo-panel', 'src/panels');
  symlinkSync(join(repository, 'node_modules'), join(copy, 'node_modules'));
  server = await createServer({
    root: join(copy, 'src'),
    configFile: false,
    logLevel: 'silent',
    appType: 'custom',
    server: { middlewareMode: true, ws: false, watch: null, fs: { allow: [copy] } },
    optimizeDeps: { noDiscovery: true, include: [] },
    plugins: [svelte({ configFile: false }), lessons()],
  });
});

afterAll(async () => {
  await server?.close();
  if (copy) rmSync(copy, { recursive: true });
});

/** A module of the copy, typed as the one it was copied from. */
const load = <M>(path: string) => server.ssrLoadModule(`/app/${path}`) as Promise<M>;
/** Markup by the copy's own Svelte. */
async function html<Props extends object>(component: Component<Props>, props: Props): Promise<string> {
  const { render } = (await server.ssrLoadModule('svelte/server')) as typeof import('svelte/server');
  const { body } = render(component as unknown as Component, { props: props as Record<string, never> });
  return body.replaceAll(/<!--.*?-->/gs, '');
}

test('a page that is one folder has its address, its link and what it shows', async () => {
  const { decode, encode, loadPage } = await load<typeof import('../../src/app/url.ts')>('url.ts');
  expect(decode('#/echo/hello?loud')).toEqual({
    page: 'echo',
    state: { word: 'hello' },
    isAlone: false,
    problems: ['An echo is never loud.'],
  });
  expect(encode('echo', { word: 'hello' })).toBe('#/echo/hello');
  const Page = (await loadPage('echo'))!;
  expect(await html(Page, { state: { word: 'hello' }, go: () => undefined })).toContain('hello, hello');
  const { default: SiteHeader } = await load<typeof import('../../src/app/SiteHeader.svelte')>('SiteHeader.svelte');
  const header = await html(SiteHeader, { page: 'echo' });
  expect(header).toMatch(
    /<a href="#\/play"[^>]*>Playground<\/a>\s*<a href="#\/echo" aria-current="page"[^>]*>Echo<\/a>/,
  );
});

type Lessons = typeof import('../../src/app/lessons.ts');
type Placing = typeof import('../../src/app/pages/lesson/placed.ts');

test('a lesson that is one folder places its own picture and a panel that is two files', async () => {
  const { course, loadLesson } = await load<Lessons>('lessons.ts');
  const { loadPlaced } = await load<Placing>('pages/lesson/placed.ts');
  expect(course.at(-1)).toMatchObject({ slug: 'echo', title: 'Echo' });
  const [picture, panel] = (await loadLesson('echo'))!.acts[0]!.steps[0]!.parts.filter((part) => part.kind !== 'prose');
  expect(picture).toMatchObject({ kind: 'figure', name: 'Echo', props: { words: ['the', 'cat', 'sat'] } });
  expect(panel).toMatchObject({ kind: 'panel', name: 'echo', props: { word: 'cat' } });
  const Picture = (await loadPlaced(picture!, 'echo'))!;
  expect(await html(Picture, picture!.props)).toMatch(
    /3 words<\/p>\s*<svg [^>]*aria-label="3 query rows by 3 key columns/,
  );
  const Panel = (await loadPlaced(panel!, 'echo'))!;
  expect(await html(Panel, { ...panel!.props, lab: { run: { text: { corpus: 'stories' } } } })).toContain(
    'cat in stories',
  );
});

test('what its fences say is checked against the schemas beside the components, and blamed on its line', async () => {
  const file = join(copy, 'lessons/99-echo/lesson.md');
  const right = readFileSync(file, 'utf8');
  const saidOf = async (text: string) => {
    writeFileSync(file, text);
    server.moduleGraph.invalidateAll();
    return load<Lessons>('lessons.ts').then(
      () => 'no mistake',
      (error: Error) => error.message,
    );
  };
  expect(await saidOf(right.replace('[the, cat, sat]', '[the, 2]'))).toContain(
    'lessons/99-echo/lesson.md:16 words.1: Invalid type: Expected string but received 2',
  );
  expect(await saidOf(right.replace('word: cat', 'wort: cat'))).toContain(
    'lessons/99-echo/lesson.md:21 word: Invalid key',
  );
  expect(await saidOf(right.replace('(#/echo)', '(#/ecko)'))).toContain('lessons/99-echo/lesson.md:13 has a link');
  expect(await saidOf(right)).toBe('no mistake');
});
