import { defineConfig, mergeConfig } from 'vite';
import site from '../../vite.config.ts';

/** A later version of the site, told by a mark on its root element; all its scripts have other names. */
export default defineConfig(async (environment) =>
  mergeConfig(await site(environment), {
    build: { rolldownOptions: { output: { chunkFileNames: 'assets/[name]-second-[hash].js' } } },
    plugins: [
      {
        name: 'second-build',
        transform: {
          filter: { id: /src\/main\.ts$/ },
          handler: (code: string) => `${code}\ndocument.documentElement.dataset.build = 'second';\n`,
        },
      },
    ],
  }),
);
