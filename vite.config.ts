import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chunks } from './src/app/build/chunks.ts';
import { experiments } from './src/app/build/experiments.ts';
import { fetched } from './src/app/build/fetched.ts';
import { firstScript } from './src/app/build/first-script.ts';
import { formulaFonts } from './src/app/build/formula-fonts.ts';
import { licences } from './src/app/build/licences.ts';
import { offline } from './src/app/build/offline.ts';
import { contentPolicy } from './src/app/build/policy.ts';
import { references } from './src/app/build/references.ts';
import { smaller } from './src/app/build/smaller.ts';
import { plans } from './src/app/lessons/plan-plugin.ts';
import { lessons } from './src/app/lessons/plugin.ts';
import { findBrowser, flags } from './tests/support/chromium.ts';
import { lastLine } from './tests/support/reporter.ts';

// The engine's gradients are hundreds of small files; in node one bundle that holds them loads eight times faster.
const inNode = { '@tensorflow/tfjs-core/dist/register_all_gradients': '@tensorflow/tfjs' };

const shipped = licences(fileURLToPath(new URL('./node_modules', import.meta.url)));

export default defineConfig(async () => {
  // Tests that need no browser go on without one; the others fail, and this is why.
  const browser = process.env.VITEST
    ? await findBrowser().catch(({ message }) => void process.stderr.write(`${message}\n`))
    : undefined;
  const launchOptions = browser && {
    executablePath: browser.executablePath,
    args: [...flags],
    env: { ...process.env, ...browser.env },
  };
  return {
    root: 'src',
    publicDir: '../static',
    base: './',
    plugins: [
      svelte({
        configFile: false,
        compilerOptions: { discloseVersion: false },
        // Ours know runes only, so nothing of the ways before them is shipped; those of the test library do not.
        dynamicCompileOptions: ({ filename }) => (filename.includes('node_modules') ? undefined : { runes: true }),
      }),
      lessons(),
      plans(),
      fetched(),
      experiments(),
      references(),
      formulaFonts(),
      smaller(),
      shipped.collect(),
      shipped.write(),
      contentPolicy(),
      firstScript(),
      offline(),
    ],
    build: {
      outDir: '../dist',
      emptyOutDir: true,
      modulePreload: {
        // Browsers with WebGL 2 know it.
        polyfill: false,
        // A page is asked for with all it needs. Its parts come with their styles alone, for most of what they share is
        // there by then: naming it all in every page would make each a twentieth heavier.
        resolveDependencies: (_: string, files: string[], { hostId }: { readonly hostId: string }) =>
          /index(-[\w-]+\.js|\.html)$/.test(hostId) ? files : files.filter((file) => file.endsWith('.css')),
      },
      // The policy allows no data: addresses of fonts.
      assetsInlineLimit: 0,
      // What a lesson's picture does not name of the figures' door stays out of its script.
      rolldownOptions: {
        output: { codeSplitting: chunks },
        treeshake: { moduleSideEffects: [{ test: /[\\/]figures[\\/][\w-]+\.(svelte|ts)$/, sideEffects: false }] },
      },
    },
    server: { fs: { allow: ['..'] } },
    worker: {
      format: 'es' as const,
      plugins: () => [shipped.collect()],
      rolldownOptions: { output: { comments: false } },
    },
    optimizeDeps: {
      // The scanner does not look into workers.
      include: [
        '@tensorflow/tfjs-core',
        '@tensorflow/tfjs-core/dist/register_all_gradients',
        '@tensorflow/tfjs-backend-webgl',
        '@tensorflow/tfjs-backend-cpu',
        '@tensorflow/tfjs-backend-wasm',
        'd3',
        'axe-core',
        'idb-keyval',
      ],
    },
    test: {
      root: '.',
      testTimeout: 60_000,
      hookTimeout: 60_000,
      reporters: ['default', lastLine],
      projects: [
        {
          extends: true as const,
          resolve: { alias: inNode },
          test: {
            name: 'node',
            environment: 'node',
            pool: 'forks' as const,
            isolate: false,
            maxWorkers: 2,
            include: ['tests/**/*.test.ts'],
            exclude: ['tests/**/*.browser.test.ts', 'tests/e2e/**'],
            sequence: { groupOrder: 0 },
          },
        },
        {
          extends: true as const,
          optimizeDeps: { include: ['vitest-browser-svelte'] },
          test: {
            name: 'browser',
            include: ['tests/**/*.browser.test.ts'],
            setupFiles: ['tests/support/on-webgl.ts'],
            maxWorkers: 2,
            sequence: { groupOrder: 1 },
            browser: {
              enabled: true,
              headless: true,
              screenshotFailures: false,
              provider: playwright({ ...(launchOptions && { launchOptions }) }),
              instances: [{ browser: 'chromium' as const }],
            },
          },
        },
        {
          extends: true as const,
          test: {
            name: 'e2e',
            environment: 'node',
            pool: 'forks' as const,
            isolate: false,
            maxWorkers: 2,
            maxConcurrency: 4,
            globalSetup: ['tests/e2e/site.ts'],
            setupFiles: ['tests/support/site-built.ts'],
            include: ['tests/e2e/**/*.test.ts'],
            sequence: { groupOrder: 2 },
          },
        },
      ],
    },
  };
});
