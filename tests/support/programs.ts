import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs of these names in the folders of `PATH`, those of the first name first. */
export function onPath(names: readonly string[]): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).filter(existsSync);
}
