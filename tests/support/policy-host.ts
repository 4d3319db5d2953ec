import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { type Host, startHost } from './host.ts';

/** The policy that the built site asks hosts to send with a path. */
export const policyOf = (folder: string, path: string): string =>
  readFileSync(join(folder, '_headers'), 'utf8')
    .split(/^(?=\/)/m)
    .filter((rule) => rule.startsWith(`${path}\n`))
    .map((rule) => /Content-Security-Policy: (.*)/.exec(rule)?.[1] ?? '')
    .join();

/** A host of the built site that sends its policy with every file, so that workers are bound too. */
export async function startPolicyHost(folder: string): Promise<Host> {
  const host = await startHost((file) => ({
    'Content-Security-Policy': policyOf(folder, file.includes(`${sep}assets${sep}`) ? '/assets/*' : '/'),
  }));
  host.put('/', folder);
  return host;
}
