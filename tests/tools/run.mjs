// Runs a TypeScript tool of this folder: `node tests/tools/run.mjs <tool> [arguments]` calls `main(arguments)` of `<tool>.ts`.
// The module goes through Vite, so that `import.meta.glob` (the catalogs) works as on the site.
import { createServer } from 'vite';

// In Node the engine's gradients come from one bundle. An alias would lead Vite to the bundle for browsers instead.
const gradientsInOneBundle = {
  name: 'gradients-in-one-bundle',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('/nn/tf.ts')
      ? code.replace('@tensorflow/tfjs-core/dist/register_all_gradients', '@tensorflow/tfjs')
      : undefined,
};

const [tool, ...args] = process.argv.slice(2);
const server = await createServer({
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true, include: [] },
  plugins: [gradientsInOneBundle],
});
let code = 1;
try {
  const { main } = await server.ssrLoadModule(`/../tests/tools/${tool}.ts`);
  code = (await main(args)) ?? 0;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
} finally {
  await server.close();
}
process.exitCode = code;
