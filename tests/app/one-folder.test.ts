import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Component } from 'svelte';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lessons } from '../../src/app/lessons/plugin.ts';
import { copySources, type SourceCopy } from '../support/source-copy.ts';

let copy: SourceCopy;
const load = <M>(path: string) => copy.load<M>(`app/${path}`);

beforeAll(async () => {
  const added = {
    'tests/app/echo': 'src/app/pages/echo',
    'tests/lessons/echo': 'lessons/99-echo',
    'tests/lessons/echo-panel': 'src/panels',
  };
  copy = await copySources(added, [svelte({ configFile: false, prebundleSvelteLibraries: false }), lessons()]);
});
afterAll(() => copy.close());

/** Markup by the copy's own Svelte. */
async function html<Props extends object>(component: Component<Props>, props: Props): Promise<string> {
  const { render } = (await copy.server.ssrLoadModule('svelte/server')) as typeof import('svelte/server');
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
  const header = await html(SiteHeader, { page: 'echo', onskip: () => undefined, onshare: () => undefined });
  expect(header).toMatch(/>Playground<\/a>.*<a href="#\/echo" aria-current="page"[^>]*>Echo<\/a>/s);
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
  const file = join(copy.path, 'lessons/99-echo/lesson.md');
  const right = readFileSync(file, 'utf8');
  const saidOf = async (text: string) => {
    writeFileSync(file, text);
    copy.server.moduleGraph.invalidateAll();
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

test('no file of the sources is edited for them', () => {
  expect(copy.differences()).toEqual([
    'lessons/99-echo/Echo.props.ts',
    'lessons/99-echo/Echo.svelte',
    'lessons/99-echo/lesson.md',
    'src/app/pages/echo/Page.svelte',
    'src/app/pages/echo/page.ts',
    'src/panels/EchoPanel.props.ts',
    'src/panels/EchoPanel.svelte',
  ]);
});
