import { count } from '../../src/core/params.ts';
import { adapterName, rebuildBackend, startPlain, useBackend } from '../../src/nn/device.ts';
import * as tf from '../../src/nn/tf.ts';
import { multiplyAdds, nextTokens, sizes, textOf } from './causal.ts';
import { countDraws } from './draws.ts';
import { alternate, type Figures, fusedSteps, onWasm, plainSteps, type Step } from './measure.ts';
import type { nanogpt } from './nanogpt.ts';

export interface OthersReport {
  readonly adapter: string;
  readonly tokens: number;
  readonly multiplyAdds: number;
  readonly ways: Readonly<Record<Way, Figures & { readonly parameters: number }>>;
  /** Multiply-adds a second of TensorFlow.js's packed product of two matrices [512, 512]. */
  readonly rate: number;
}
/** `wasm`: ours where the site's own probe leads it when WebGL is only software: plain kernels on WebAssembly. */
export type Way = 'ours' | 'wasm' | 'plain' | 'nanogpt';

/** Side of the product that the rate of the device is measured with, and how many make a chain. */
const side = 512;
const chain = 4;

/** A chain of packed products [512, 512] · [512, 512] of TensorFlow.js, as a step of its own. */
function products(): Step {
  const [a, b] = [tf.randomNormal<tf.Rank.R2>([side, side], 0, 1 / side), tf.eye(side)];
  return () =>
    tf.tidy(() => {
      let product: tf.Tensor2D = a;
      for (let i = 0; i < chain; i++) product = tf.matMul(product, b);
      return tf.sum(product);
    });
}

/**
 * The package in a frame of the page: engines of TensorFlow.js that share a window share their kernels and gradients,
 * and the last one loaded would put its own in place of ours.
 */
async function inFrame(...given: Parameters<typeof nanogpt>): ReturnType<typeof nanogpt> {
  const frame = document.createElement('iframe');
  frame.src = location.href;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  await loaded;
  const { document: inside } = frame.contentWindow!;
  const script = inside.createElement('script');
  script.type = 'module';
  script.textContent = `import { nanogpt } from ${JSON.stringify(new URL('./nanogpt.ts', import.meta.url).pathname)};
dispatchEvent(new CustomEvent('made', { detail: nanogpt }));`;
  const made = new Promise<typeof nanogpt>((resolve) =>
    frame.contentWindow!.addEventListener('made', (event) => resolve((event as CustomEvent).detail), { once: true }),
  );
  inside.body.append(script);
  return (await made)(...given);
}

/**
 * Milliseconds from the start of one way to its first loss, in a page where nothing was computed before, or where a
 * step of the same model was made and thrown away: so the site makes the engine ready while its page is read.
 */
export async function firstStepOf(way: Way, isReady = false): Promise<number> {
  await useBackend('webgl');
  await rebuildBackend();
  const text = textOf(sizes.vocab, 2 ** 16);
  const task = nextTokens(sizes, text);
  const other = way === 'nanogpt' ? await inFrame(sizes, text) : undefined;
  if (way === 'wasm') await startPlain();
  if (isReady) await fusedSteps(task, { clip: 0 })(0).data();
  const started = performance.now();
  const step = other?.step ?? (way === 'plain' ? plainSteps(task) : fusedSteps(task, { clip: 0 }));
  const loss = step(0);
  await loss.data();
  return performance.now() - started;
}

/** Ours, plain TensorFlow.js and `@genai-fi/nanogpt` on one task in one page. */
export async function reportOthers(rounds: number): Promise<OthersReport> {
  await useBackend('webgl');
  await rebuildBackend();
  const text = textOf(sizes.vocab, 2 ** 16);
  const task = nextTokens(sizes, text);
  const other = await inFrame(sizes, text);
  const ways = {
    ours: fusedSteps(task, { clip: 0 }),
    wasm: await onWasm(() => fusedSteps(task, { clip: 0 })),
    plain: plainSteps(task),
    nanogpt: other.step,
    products: products(),
  };
  const counted = countDraws();
  const figures = await alternate(ways, rounds, () => counted() + other.counted());
  const own = count(task.spec);
  return {
    adapter: adapterName(),
    tokens: sizes.batch * sizes.seq,
    multiplyAdds: multiplyAdds(sizes),
    ways: {
      ours: { ...figures.ours, parameters: own },
      wasm: { ...figures.wasm, parameters: own },
      plain: { ...figures.plain, parameters: own },
      nanogpt: { ...figures.nanogpt, parameters: other.parameters },
    },
    rate: (1000 * chain * side ** 3) / figures.products.stepMs.min,
  };
}
