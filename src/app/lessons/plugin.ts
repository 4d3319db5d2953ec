import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { type Plugin, runnerImport } from 'vite';
import type { Lesson } from '../../lesson.ts';
import type { Settings } from '../../training/run.ts';
import { departures } from '../../training/settings.ts';
import { fetchedModule } from '../build/fetched.ts';
import { compile } from './compile.ts';
import { reported } from './mistake.ts';
import { slugOf } from './slug.ts';
import { stepsIn } from './steps.ts';
import { styleSheet } from './styles.ts';

/**
 * What the list of lessons needs of one, and its page before it has the whole: what it is about, and of its run what is
 * unusual.
 */
export type Summary = Omit<Lesson, 'acts' | 'probe' | 'run'> & { readonly settings: Settings };

/** The headings of a lesson. */
export type Headings = readonly {
  readonly title: string;
  readonly steps: readonly { readonly id: string; readonly title: string }[];
}[];

const lessonFile = /[\\/]lessons[\\/][^\\/]+[\\/]lesson\.md$/;

const summaryOf = ({ acts: _, run, probe: __, ...about }: Lesson): Summary => ({ ...about, settings: departures(run) });
const headingsOf = ({ acts }: Lesson): Headings =>
  acts.map(({ title, steps }) => ({ title, steps: steps.map(({ id, title: name }) => ({ id, title: name })) }));

/** The addresses that lessons of the course have, read from their headings. */
function addressesIn(course: string): Set<string> {
  const addresses = new Set<string>();
  for (const folder of readdirSync(course)) {
    const file = join(course, folder, 'lesson.md');
    if (!existsSync(file)) continue;
    addresses.add(`#/lesson/${slugOf(folder)}`);
    for (const id of stepsIn(readFileSync(file, 'utf8'))) addresses.add(`#/lesson/${slugOf(folder)}/${id}`);
  }
  return addresses;
}

/** What lessons may refer to, which only Vite can find by folder; and the files that say so. */
const readSite = (project: string) =>
  runnerImport<typeof import('./site.ts')>(join(project, 'src/app/lessons/site.ts'), {
    root: project,
    logLevel: 'error',
  });

/**
 * Compiles `lessons/<folder>/lesson.md` to data, with `?summary` to what it is about and with `?headings` to those of
 * its steps; a mistake stops the build.
 */
export function lessons(): Plugin {
  let site: ReturnType<typeof readSite> | undefined;
  let isBuild = false;
  /** By the name under which a lesson imports its own. */
  const styleSheets = new Map<string, string>();
  const forget = () => {
    site = undefined;
  };
  return {
    name: 'lessons',
    configResolved({ command }) {
      isBuild = command === 'build';
    },
    buildStart: forget,
    watchChange: forget,
    resolveId: (id) => (styleSheets.has(id) ? id : undefined),
    load: (id) => styleSheets.get(id),
    transform: {
      filter: { id: /[\\/]lesson\.md(\?(summary|headings))?$/ },
      async handler(source, id) {
        const [path = '', query] = id.split('?');
        if (!lessonFile.test(path)) return null;
        const folder = dirname(path);
        const project = join(folder, '../..');
        site ??= readSite(project);
        const { module, dependencies } = await site;
        for (const file of dependencies) this.addWatchFile(file);
        const addresses = addressesIn(dirname(folder));
        const around = {
          resolves: (address: string) =>
            address.startsWith('#/lesson/') ? addresses.has(address) : module.isPage(address),
          panels: module.panels,
          pictures: module.picturesOf(basename(folder)),
        };
        const file = relative(project, path).split(sep).join('/');
        const lesson = reported(this, path, () => compile(source, file, around));
        const write = (data: Lesson | Summary | Headings) => `export default ${JSON.stringify(data)};`;
        if (query === 'headings') return { code: write(headingsOf(lesson)), moduleType: 'js', map: null };
        if (query === 'summary') return { code: write(summaryOf(lesson)), moduleType: 'js', map: null };
        const styles = `virtual:${basename(folder)}/lesson.css`;
        styleSheets.set(styles, styleSheet(lesson));
        const data = isBuild ? fetchedModule(this, 'lesson.json', JSON.stringify(lesson)) : write(lesson);
        return { code: `import '${styles}';\n${data}`, moduleType: 'js', map: null };
      },
    },
  };
}
