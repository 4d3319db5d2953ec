import { minify } from 'terser';
import type { Plugin } from 'vite';

/** Texts and the engine are large and gain nothing. */
const most = 120_000;

/**
 * Minifies the scripts of the pages once more. Compressed they are a hundredth smaller than what the bundler makes of
 * them; pages are weighed, and this is what a catalog of twelve architectures costs them.
 */
export function smaller(): Plugin {
  return {
    name: 'smaller',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      // Behind what writes the names of files into those that ask for them.
      order: 'post',
      async handler(_, bundle) {
        for (const one of Object.values(bundle)) {
          if (one.type !== 'chunk' || one.code.length > most) continue;
          const { code } = await minify(one.code, {
            module: true,
            ecma: 2020,
            // Reading a property is how a page says that it depends on it: no getter is taken for pure.
            compress: { passes: 3, ecma: 2020, pure_getters: false },
          });
          if (code !== undefined && code.length < one.code.length) one.code = code;
        }
      },
    },
  };
}
