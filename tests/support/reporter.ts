import type { Reporter, TestModule } from 'vitest/node';

/** Ends the run with `N passed, N failed` alone on a line; a file that did not load counts as one failure. */
export const lastLine: Reporter = {
  onTestRunEnd(modules: readonly TestModule[], unhandled) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    const failed = tests.filter((test) => test.result().state === 'failed').length;
    const broken = modules.flatMap((module) => [...module.errors()]).length + unhandled.length;
    process.stdout.write(`\n${passed} passed, ${failed + broken} failed\n`);
  },
};
