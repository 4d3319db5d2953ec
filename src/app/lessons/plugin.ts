import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { type Plugin, runnerImport } from 'vite';
import type { Lesson } from '../../lesson.ts';
import { compile } from './compile.ts';
import { LessonMistake } from './mistake.ts';

/** What the list of lessons and the experiments need of one: all but its prose. */
export type Summary = Omit<Lesson, 'acts' | 'probe'> & {
  readonly acts: readonly {
    readonly title: string;
    readonly steps: readonly { readonly id: string; readonly title: string }[];
  }[];
};

const lessonFile = /[\\/]lessons[\\/][^\\/]+[\\/]lesson\.md$/;

/**
 * `01-masked-language-modelling` → `masked-language-modelling`: the number orders the course and stands in no
 * address.
 */
const slugOf = (folder: string) => basename(folder).replace(/^\d+-/, '');

const summaryOf = ({ acts, probe: _, ...about }: Lesson): Summary => ({
  ...about,
  acts: acts.map(({ title, steps }) => ({ title, steps: steps.map(({ id, title: name }) => ({ id, title: name })) })),
});

/** The addresses that each lesson of the course has, read from its headings. */
function addressesIn(course: string): Set<string> {
  const addresses = new Set(['#/', '#/play', '#/credits', '#/gallery']);
  for (const folder of readdirSync(course)) {
    const file = join(course, folder, 'lesson.md');
    if (!existsSync(file)) continue;
    addresses.add(`#/lesson/${slugOf(folder)}`);
    for (const [, id] of readFileSync(file, 'utf8').matchAll(/^###\s.*\{#([\w-]+)\}\s*$/gm))
      addresses.add(`#/lesson/${slugOf(folder)}/${id}`);
  }
  return addresses;
}

/** What lessons may place, read from the sources in the project's folder by Vite itself; and the files that say so. */
const readPlaceable = (project: string) =>
  runnerImport<typeof import('./placeable.ts')>(join(project, 'src/app/lessons/placeable.ts'), {
    root: project,
    logLevel: 'error',
  });

/** Compiles `lessons/<folder>/lesson.md` to data, and with `?summary` to its outline; a mistake stops the build. */
export function lessons(): Plugin {
  let placeable: ReturnType<typeof readPlaceable> | undefined;
  const forget = () => {
    placeable = undefined;
  };
  return {
    name: 'lessons',
    buildStart: forget,
    watchChange: forget,
    transform: {
      filter: { id: /[\\/]lesson\.md(\?summary)?$/ },
      async handler(source, id) {
        const [path = '', query] = id.split('?');
        if (!lessonFile.test(path)) return null;
        const folder = dirname(path);
        const project = join(folder, '../..');
        placeable ??= readPlaceable(project);
        const { module, dependencies } = await placeable;
        for (const file of dependencies) this.addWatchFile(file);
        const addresses = addressesIn(dirname(folder));
        const around = {
          resolves: (address: string) => addresses.has(address),
          panels: module.panels,
          pictures: module.picturesOf(basename(folder)),
        };
        const file = relative(project, path).split(sep).join('/');
        try {
          const lesson = compile(source, file, around);
          const data = query === 'summary' ? summaryOf(lesson) : lesson;
          return { code: `export default ${JSON.stringify(data)};`, moduleType: 'js', map: null };
        } catch (error) {
          if (!(error instanceof LessonMistake)) throw error;
          return this.error({ message: error.message, id: path, loc: { file: path, line: error.line, column: 0 } });
        }
      },
    },
  };
}
