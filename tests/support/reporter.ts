import type { Reporter, TestModule } from 'vitest/node';
import { describeBrowser, findBrowser } from './chromium.ts';

const inBrowser: readonly string[] = ['browser', 'e2e'];

/**
 * Ends the run with `N passed, N failed` alone on a line; a file that did not load counts as one failure. Where tests
 * ran in a browser, the line before says in which.
 */
export const lastLine: Reporter = {
  async onTestRunEnd(modules: readonly TestModule[], unhandled) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    const failed = tests.filter((test) => test.result().state === 'failed').length;
    const broken = modules.flatMap((module) => [...module.errors()]).length + unhandled.length;
    const needed = modules.some(({ project }) => inBrowser.includes(project.name));
    const used = needed ? `Browser: ${describeBrowser(await findBrowser())}\n` : '';
    process.stdout.write(`\n${used}${passed} passed, ${failed + broken} failed\n`);
  },
};
