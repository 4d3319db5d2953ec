import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** In Node there is no site to fetch from: addresses below the project are read from the disk. */
export function fetchFromDisk(): void {
  const fetchElsewhere = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const path = /^(?:file:\/\/)?.*?(\/lessons\/.+\.bin)$/.exec(String(input))?.[1];
    return path ? new Response(await readFile(join(process.cwd(), path))) : fetchElsewhere(input, init);
  };
}
