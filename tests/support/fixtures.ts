import type { Reference } from '../../src/checks/reference.ts';

const configs = import.meta.glob<string>('../fixtures/*/config.json', { query: '?raw', import: 'default' });
const ios = import.meta.glob<string>('../fixtures/*/io.json', { query: '?raw', import: 'default' });
const weights = import.meta.glob<string>('../fixtures/*/model.safetensors', {
  query: '?url&inline',
  import: 'default',
});

/** A case of `tests/fixtures`, in Node and in the browser alike. */
export async function fixture(name: string): Promise<Reference> {
  const file = (table: Record<string, () => Promise<string>>, path: string) => table[`../fixtures/${name}/${path}`]!();
  const url = await file(weights, 'model.safetensors');
  return {
    config: new TextEncoder().encode(await file(configs, 'config.json')),
    weights: new Uint8Array(await (await fetch(url)).arrayBuffer()),
    io: await file(ios, 'io.json'),
  };
}
