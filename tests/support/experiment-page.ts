import { writeEngine } from '../../src/training/engine.ts';
import type { Result } from '../../src/training/experiment.ts';
import { makeExperiment } from './experiment-made.ts';

/** What a page hands over: files as base64. */
export interface MadeInPage {
  readonly result: Result;
  readonly recording?: { readonly frames: string; readonly weights: string };
}

/** `data:…;base64,` and the rest. */
const base64 = (bytes: Uint8Array): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  });

/** The page's side of `npm run experiment`. */
export async function run(...which: [slug: string, id: string, command: string]): Promise<MadeInPage | undefined> {
  writeEngine('webgl');
  const made = await makeExperiment(which, Reflect.get(window, 'report'));
  if (!made?.recording) return made as MadeInPage | undefined;
  const { frames, weights } = made.recording;
  return { ...made, recording: { frames: await base64(frames), weights: await base64(weights) } };
}
