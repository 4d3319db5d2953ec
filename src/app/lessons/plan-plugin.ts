import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import { reported } from './mistake.ts';
import { readPlan } from './plan.ts';
import { stepsIn } from './steps.ts';

/** Reads `lessons/<folder>/plan.yaml` as data; a mistake stops the build. */
export function plans(): Plugin {
  return {
    name: 'plans',
    transform: {
      filter: { id: /[\\/]lessons[\\/][^\\/]+[\\/]plan\.yaml$/ },
      handler(source, path) {
        const lesson = join(dirname(path), 'lesson.md');
        this.addWatchFile(lesson);
        const file = relative(join(dirname(path), '../..'), path)
          .split(sep)
          .join('/');
        const steps = new Set(stepsIn(readFileSync(lesson, 'utf8')));
        const plan = reported(this, path, () => readPlan(source, file, steps));
        return { code: `export default ${JSON.stringify(plan)};`, moduleType: 'js', map: null };
      },
    },
  };
}
