import type { Reporter, TestModule } from 'vitest/node';
import { describeBrowser, findBrowser } from './chromium.ts';
import { describeFirefox } from './firefox.ts';

const inBrowser: readonly string[] = ['browser', 'e2e'];

/**
 * Ends the run with `N passed, N failed` alone on a line; a file that did not load counts as one failure. Where tests
 * ran in a browser, the line before says in which. Where those of Firefox were asked for, the line after, the last one,
 * says in which Firefox, or why in none.
 */
export const lastLine: Reporter = {
  async onTestRunEnd(modules: readonly TestModule[], unhandled) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    const failed = tests.filter((test) => test.result().state === 'failed').length;
    const broken = modules.flatMap((module) => [...module.errors()]).length + unhandled.length;
    const needed = modules.some(({ project }) => inBrowser.includes(project.name));
    const used = needed ? `Browser: ${describeBrowser(await findBrowser())}\n` : '';
    const inFirefox = modules.some(({ moduleId }) => moduleId.endsWith('e2e/firefox.test.ts'));
    const firefox = inFirefox ? `Firefox: ${describeFirefox()}\n` : '';
    process.stdout.write(`\n${used}${passed} passed, ${failed + broken} failed\n${firefox}`);
  },
};
