import { deviceLimits } from '../../src/nn/device.ts';
import { useBackend } from '../../src/nn/tf.ts';
import { loadModel } from '../../src/training/opened.ts';

/** What a page that opened a checkpoint found. */
export interface Opened {
  readonly logits: readonly number[];
  readonly openMs: number;
  readonly firstMs: number;
  readonly againMs: number;
}

/** Opens the files of the page's input and reads one sentence: the logits of the hidden place. */
export async function openInPage(ids: readonly number[], hidden: number): Promise<Opened> {
  await useBackend('webgl');
  const files = [...(document.querySelector('input')?.files ?? [])].map((file) => ({ path: file.name, blob: file }));
  const times = [performance.now()];
  const model = await loadModel(files, deviceLimits(), () => undefined);
  times.push(performance.now());
  const example = { inputIds: ids, segments: ids.map(() => 0), labels: ids.map(() => -100) };
  const read = async () => (await model.inspect(example, ['logits.prediction_logits']))['logits.prediction_logits']!;
  const { data, shape } = await read();
  times.push(performance.now());
  await read();
  times.push(performance.now());
  const width = shape.at(-1) ?? 1;
  const [openMs, firstMs, againMs] = [1, 2, 3].map((i) => Math.round(times[i]! - times[i - 1]!));
  const logits = [...data.subarray(hidden * width, (hidden + 1) * width)];
  return { logits, openMs: openMs!, firstMs: firstMs!, againMs: againMs! };
}
