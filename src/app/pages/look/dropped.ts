import type { Chosen } from '../../../hub/gathered.ts';

/** More than a model's folder holds: the rest is not even listed. */
const mostFiles = 2001;
const deepest = 4;

/** Files that were chosen, by their paths below what was chosen. */
export const chosenFiles = (files: Iterable<File>): readonly Chosen[] =>
  [...files].map((file) => ({ path: file.webkitRelativePath || file.name, blob: file }));

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

/** Everything in a folder; it is handed out a hundred at a time. */
async function entriesIn(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  while (all.length < mostFiles) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    all.push(...some);
  }
  return all;
}

async function collect(entry: FileSystemEntry, found: Chosen[], depth: number): Promise<void> {
  if (found.length >= mostFiles || entry.name.startsWith('.')) return;
  if (entry.isFile) found.push({ path: entry.fullPath.slice(1), blob: await fileOf(entry as FileSystemFileEntry) });
  else if (depth < deepest)
    for (const one of await entriesIn(entry as FileSystemDirectoryEntry)) await collect(one, found, depth + 1);
}

/** Files and folders that were dropped. The list is gone once the event is over: what it holds is taken at once. */
export async function droppedFiles({ items, files }: DataTransfer): Promise<readonly Chosen[]> {
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  if (entries.length === 0) return chosenFiles(files);
  const found: Chosen[] = [];
  for (const entry of entries) await collect(entry, found, 0);
  return found;
}
