import { type Folder, fromBlob, refuse } from './ranged.ts';
import { openZip } from './zip-folder.ts';

/** A file as a person chose or dropped it, with its path below what was chosen. */
export interface Chosen {
  readonly path: string;
  readonly blob: Blob;
}

const mostFiles = 2000;

/** What was chosen as a folder: files as they are, or one zip. */
export async function gather(chosen: readonly Chosen[]): Promise<Folder> {
  if (chosen.length === 0) refuse('There are no files in it. Choose a folder with config.json and model.safetensors.');
  if (chosen.length > mostFiles)
    refuse(`There are more than ${mostFiles} files in it. Choose the folder of one model alone.`);
  const zips = chosen.filter(({ path }) => /\.zip$/i.test(path));
  const [zip] = zips;
  if (zip && chosen.length === 1) return openZip(fromBlob(zip.blob, zip.path), zip.path);
  if (zip && !chosen.some(({ path }) => /(^|\/)config\.json$/.test(path)))
    refuse(`There are ${chosen.length} files, ${zips.length} of them zips. Choose one zip, or the files of one model.`);
  return new Map(chosen.map(({ path, blob }) => [path, fromBlob(blob, path)]));
}
