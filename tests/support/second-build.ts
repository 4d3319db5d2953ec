import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the site as a later version of it: its scripts, and so their names, are others. → its folder. */
export function buildSecond(): string {
  const folder = mkdtempSync(join(tmpdir(), 'unmask-second-'));
  const { VITEST: _, ...env } = process.env;
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/vite/bin/vite.js'),
      ...['build', '--config', join(root, 'tests/support/second-build.config.ts')],
      ...['--outDir', folder, '--emptyOutDir', '--logLevel', 'error'],
    ],
    { cwd: root, env: { ...env, NODE_ENV: 'production' }, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The second build failed:\n${stderr}`);
  return folder;
}
