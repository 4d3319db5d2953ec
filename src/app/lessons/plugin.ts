import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import type { Lesson } from '../../lesson.ts';
import { compile, type Surroundings } from './compile.ts';
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

/** Compiles `lessons/<folder>/lesson.md` to data, and with `?summary` to its outline; a mistake stops the build. */
export function lessons(): Plugin {
  return {
    name: 'lessons',
    transform: {
      filter: { id: /[\\/]lesson\.md(\?summary)?$/ },
      handler(source, id) {
        const [path = '', query] = id.split('?');
        if (!lessonFile.test(path)) return null;
        const folder = dirname(path);
        const addresses = addressesIn(dirname(folder));
        const around: Surroundings = {
          resolves: (address) => addresses.has(address),
          own: readdirSync(folder)
            .filter((name) => name.endsWith('.svelte'))
            .map((name) => basename(name, '.svelte')),
        };
        const file = relative(join(folder, '../..'), path).split(sep).join('/');
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
