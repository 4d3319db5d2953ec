import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { parse } from 'yaml';
import { fetchedModule } from './fetched.ts';

const name = 'virtual:experiments';

/** Where the experiments of all lessons lie, below the project, in the order of their names. */
function filesIn(project: string): readonly string[] {
  return readdirSync(join(project, 'lessons'))
    .map((lesson) => `lessons/${lesson}/experiments`)
    .filter((folder) => existsSync(join(project, folder)))
    .flatMap((folder) => readdirSync(join(project, folder)).map((file) => `${folder}/${file}`))
    .filter((path) => path.endsWith('.json'))
    .sort();
}

/** What the front matter of a lesson's file says of its run; nothing where a folder holds runs alone. */
function runOfLesson(file: string): object {
  if (!existsSync(file)) return {};
  const [, head = ''] = /^---\n(.*?)\n---/s.exec(readFileSync(file, 'utf8')) ?? [];
  return (parse(head) as { readonly run?: object } | null)?.run ?? {};
}

/**
 * What the folders of the lessons say of their experiments, by path, each with the run of its
 * lesson. In the built site it is one file of data, fetched with the first page that asks for a stored run: there are
 * many, and no script need be parsed for them.
 */
export function experiments(): Plugin {
  let isBuild = false;
  let project = '';
  return {
    name: 'experiments',
    configResolved({ command, root }) {
      isBuild = command === 'build';
      // The site is rooted in its sources, the tests beside them.
      project = basename(root) === 'src' ? dirname(root) : root;
    },
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      const found = filesIn(project).map((path) => {
        this.addWatchFile(join(project, path));
        const lesson = join(project, dirname(dirname(path)), 'lesson.md');
        if (existsSync(lesson)) this.addWatchFile(lesson);
        const said = JSON.parse(readFileSync(join(project, path), 'utf8')) as object;
        return [path, { ...said, lessonRun: runOfLesson(lesson) }] as const;
      });
      const json = JSON.stringify(Object.fromEntries(found));
      return isBuild ? fetchedModule(this, 'experiments.json', json) : `export default ${json};`;
    },
  };
}
