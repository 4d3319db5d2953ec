import { AppError } from '../../../core/errors.ts';
import { type Chosen, gather } from '../../../hub/gathered.ts';
import { type ModelFolder, openModel } from '../../../hub/model-folder.ts';
import { type ModelTokenizer, openTokenizer } from '../../../hub/model-tokenizer.ts';
import { type Fit, viewFitOf } from '../../../panels/device-fit.ts';
import { createClient, type Viewer } from '../../../training/client.ts';
import type { Frame } from '../../../training/probed.ts';
import type { Message } from '../../../training/protocol.ts';

/** A model that came in files: what is known of it before its weights are read. */
export interface Found {
  readonly chosen: readonly Chosen[];
  readonly folder: ModelFolder;
  readonly tokenizer: ModelTokenizer;
  /** What is to be said of it on this device, if anything. */
  readonly fit: Fit | undefined;
}

/** The same with its weights where they are computed with. */
export interface Held extends Found {
  readonly view: Viewer['view'];
  close(): void;
}

export type OnStage = (text: string, done: number, of: number) => void;

/** Reads headers and small files. Throws `AppError` with everything that does not fit. */
export async function find(chosen: readonly Chosen[]): Promise<Found> {
  const folder = await openModel(await gather(chosen));
  const { blueprint, config } = folder;
  const { vocabSize } = config as { readonly vocabSize: number };
  return { chosen, folder, tokenizer: await openTokenizer(folder.rest, vocabSize), fit: viewFitOf(blueprint, config) };
}

/** Whether a model says something of each place it was asked about. */
function areNumbers({ guesses = [], verdicts = [], judged = [], written = [] }: Frame): boolean {
  const shares = [...guesses.map(({ truth }) => truth), ...judged, ...written].map(({ share }) => share);
  return [...shares, ...verdicts].every(Number.isFinite);
}

/** Reads the weights, in a worker; an abort ends that at once. */
export async function hold(found: Found, onStage: OnStage, signal: AbortSignal): Promise<Held> {
  let fail: (error: unknown) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => {
    fail = reject;
  });
  broken.catch(() => undefined);
  const client = createClient((message: Message) => {
    if (message.type === 'stage') onStage(message.text, message.done, message.of);
    if (message.type === 'failed') fail(new AppError(message.code, message.text, message.field));
  });
  signal.addEventListener('abort', () => fail(signal.reason), { once: true });
  const close = () => void client.close();
  try {
    await Promise.race([client.open(found.chosen), broken]);
  } catch (error) {
    close();
    throw error;
  }
  const view: Held['view'] = async (example) => {
    const frame = await Promise.race([client.view(example), broken]);
    if (areNumbers(frame)) return frame;
    throw new AppError(
      'bad-file',
      'What the model answers are no numbers: some of its weights are infinite, or no numbers themselves. Choose the files of another model.',
    );
  };
  return { ...found, view, close };
}
