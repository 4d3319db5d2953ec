import { adapterName, isContextLost, textureProblem, useBackend } from '../nn/device.ts';
import { checkKernel, checkReference, kernelCases } from './checks.ts';
import { openBackends } from './fused.ts';
import type { Asked, AskedReference, Told } from './protocol.ts';

const tell = (told: Told) => self.postMessage(told);

const sentenceOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
const bytes = (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** Fetches a reference and compares it. */
async function follow({ url, kernels }: AskedReference) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`The file of this check could not be fetched (${answer.status}). Try again.`);
  const { config, weights, io } = (await answer.json()) as Record<'config' | 'weights' | 'io', string>;
  return checkReference({ config: new TextEncoder().encode(config), weights: bytes(weights), io }, kernels);
}

/** Makes ready what computes, says what it is, and which ops there are two ways to compute on it. */
async function open(wanted: Asked['on']): Promise<readonly string[]> {
  const problem = wanted === 'graphics' ? textureProblem() : undefined;
  const onGraphics = wanted === 'graphics' && !problem;
  await (onGraphics ? openBackends() : useBackend('cpu'));
  const kernels = onGraphics ? kernelCases.map(({ title }) => title) : [];
  tell({ type: 'device', name: adapterName(), kernels, ...(problem && { problem: problem.message }) });
  return kernels;
}

/** Checks one after the other, telling each; once the graphics card is lost, the rest is left out. */
async function run({ on, references }: Asked): Promise<void> {
  const kernels = (await open(on)).map((title) => ({ title, check: async () => checkKernel(title) }));
  const outputs = references.map((reference) => ({ title: reference.title, check: () => follow(reference) }));
  for (const { title, check } of [...kernels, ...outputs]) {
    tell({ type: 'begun', title });
    try {
      const finding = await check();
      if (isContextLost()) return tell({ type: 'lost' });
      tell({ type: 'found', title, finding });
    } catch (error) {
      if (isContextLost()) return tell({ type: 'lost' });
      tell({ type: 'broke', title, problem: sentenceOf(error) });
    }
  }
  tell({ type: 'done' });
}

self.addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  run(data).catch((error: unknown) => tell({ type: 'failed', problem: sentenceOf(error) }));
});
