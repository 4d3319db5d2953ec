import { zipSync } from 'fflate';
import type { Chosen } from './gathered.ts';

/** A small model's files as one zip, as runs begin with it. */
export async function asZip(chosen: readonly Chosen[]): Promise<Uint8Array> {
  const [first] = chosen;
  const bytesOf = async ({ blob }: Chosen) => new Uint8Array(await blob.arrayBuffer());
  if (first && chosen.length === 1) return bytesOf(first);
  const files = await Promise.all(chosen.map(async (one) => [one.path, await bytesOf(one)] as const));
  return zipSync(Object.fromEntries(files), { level: 0 });
}
