import { endOf } from '../core/stacks.ts';
import { flatWidth } from '../core/textures.ts';
import { allocateFlat, releaseFlat, uploadFlat } from './gpu/flat.ts';
import type { Gpu } from './gpu/gpu.ts';
import type { Flat } from './gpu/layout.ts';
import { release } from './gpu/sheet.ts';
import { wrap } from './gpu/tensors.ts';
import { type Adam, fusedAdamW, type Moving, plainAdamW, plainCut, squareSum } from './kernels/adamw.ts';
import { gatherGradient, type Piece } from './kernels/gather-gradient.ts';
import { fusedOn } from './kernels/kernel.ts';
import type { Muon } from './kernels/muon-settings.ts';
import type { Tensor } from './tf.ts';
import * as tf from './tf.ts';

/** A weight in the vector. */
export interface Place extends Piece {
  readonly shape: readonly number[];
}

/** Muon's own programs: fetched only where a run has it. */
export type MuonKernel = typeof import('./kernels/muon.ts');

/** Weights in one vector with the running means that move them; on the GPU they never leave it. */
export interface MovingWeights {
  /** Each piece as a tensor of its shape: a view, valid until `update`, `write` or `dispose`. */
  views(): Tensor[];
  /** One update; a gradient for each piece, where there is one. Without `muon` AdamW moves everything. */
  update(
    gradients: readonly (Tensor | undefined)[],
    adam: Adam,
    muon?: readonly [kernel: MuonKernel, muon: Muon],
  ): void;
  read(): Promise<Moving<Float32Array>>;
  write(numbers: Moving<Float32Array>): void;
  dispose(): void;
}

/** Pieces are in the order of their offsets, each a multiple of four; `length` numbers in all. */
export function createWeights(pieces: readonly Place[], numbers: Moving<Float32Array>): MovingWeights {
  const gpu = fusedOn();
  return gpu ? fusedWeights(gpu, pieces, numbers) : plainWeights(pieces, numbers);
}

async function readAll({ weights, first, second }: Moving<Tensor>): Promise<Moving<Float32Array>> {
  const [p, m, v] = await Promise.all(
    [weights, first, second].map(async (tensor) => Float32Array.from(await tensor.data())),
  );
  return { weights: p!, first: m!, second: v! };
}

function plainWeights(pieces: readonly Place[], numbers: Moving<Float32Array>): MovingWeights {
  const upload = ({ weights, first, second }: Moving<Float32Array>): Moving<Tensor> => ({
    weights: tf.keep(tf.tensor1d(weights)),
    first: tf.keep(tf.tensor1d(first)),
    second: tf.keep(tf.tensor1d(second)),
  });
  let now = upload(numbers);
  let views = look();

  function look(): Tensor[] {
    return pieces.map(({ offset, size, shape }) =>
      tf.keep(tf.tidy(() => tf.reshape(tf.slice(now.weights, offset, size), [...shape]))),
    );
  }
  function drop(): void {
    tf.dispose([...views, now.weights, now.first, now.second]);
  }

  return {
    views: () => views,
    update(gradients, adam, muon) {
      const next = tf.tidy(() => {
        const together = pieces.flatMap(({ offset, size }, i) => {
          const gap = (pieces[i + 1]?.offset ?? now.weights.size) - offset - size;
          const gradient = gradients[i];
          const piece = gradient ? tf.reshape(gradient, [size]) : tf.zeros([size]);
          return gap > 0 ? [piece, tf.zeros([gap])] : [piece];
        });
        const gradient = plainCut(tf.concat(together), adam.clip);
        const adamed = plainAdamW(now, gradient, adam);
        return { ...(muon ? muon[0].plainMuon(now, adamed, gradient, muon[1]) : adamed) };
      });
      drop();
      now = next;
      for (const tensor of [now.weights, now.first, now.second]) tf.keep(tensor);
      views = look();
    },
    read: () => readAll(now),
    write(next) {
      drop();
      now = upload(next);
      views = look();
    },
    dispose: drop,
  };
}

/** Three flats that one program writes at once. */
interface Triple extends Moving<Flat> {
  readonly framebuffer: WebGLFramebuffer;
  /** Of the weights alone. */
  readonly weightsBuffer: WebGLFramebuffer;
}

function attach(gpu: Gpu, flats: readonly Flat[]): WebGLFramebuffer {
  const { gl } = gpu;
  const framebuffer = gl.createFramebuffer()!;
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  flats.forEach(({ texture }, i) => {
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0 + i, gl.TEXTURE_2D, texture, 0);
  });
  gl.drawBuffers(flats.map((_, i) => gl.COLOR_ATTACHMENT0 + i));
  return framebuffer;
}

function fusedWeights(gpu: Gpu, pieces: readonly Place[], numbers: Moving<Float32Array>): MovingWeights {
  const { length } = numbers.weights;
  const triple = (make: (values: Float32Array) => Flat, of: Moving<Float32Array>): Triple => {
    const [weights, first, second] = [make(of.weights), make(of.first), make(of.second)];
    const framebuffer = attach(gpu, [weights, first, second]);
    return { weights, first, second, framebuffer, weightsBuffer: attach(gpu, [weights]) };
  };
  const upload = (of: Moving<Float32Array>) => triple((values) => uploadFlat(gpu, values), of);
  let now = upload(numbers);
  let spare = triple((values) => allocateFlat(gpu, values.length), numbers);
  const gradient = uploadFlat(gpu, new Float32Array(length));
  const gradientTarget = { framebuffer: attach(gpu, [gradient]), width: flatWidth, height: gradient.height };
  let views = look();

  function look(): Tensor[] {
    return pieces.map(({ offset, shape }) => tf.keep(wrap({ kind: 'flat', flat: now.weights, offset }, shape)));
  }
  function free({ weights, first, second, framebuffer, weightsBuffer }: Triple): void {
    for (const flat of [weights, first, second]) releaseFlat(gpu, flat);
    gpu.gl.deleteFramebuffer(framebuffer);
    gpu.gl.deleteFramebuffer(weightsBuffer);
  }

  return {
    views: () => views,
    update(gradients, adam, muon) {
      gatherGradient(gpu, pieces, gradients, gradientTarget);
      const { clip } = adam;
      const norm = clip > 0 ? squareSum(gpu, gradient) : undefined;
      const target = { framebuffer: spare.framebuffer, width: flatWidth, height: gradient.height };
      const [kernel, settings] = muon ?? [];
      const apart = settings && { end: endOf(settings.stacks), momentum: settings.momentum };
      fusedAdamW(gpu, now, gradient, target, adam, norm, apart);
      if (kernel && settings) {
        const inputs = { weights: now.weights, gradient, mean: spare.first, norm, clip };
        kernel.fusedMuon(gpu, inputs, { ...target, framebuffer: spare.weightsBuffer }, settings);
      }
      if (norm) release(gpu, norm);
      // What was copied of the views in a rehearsal holds no numbers, so they are made anew then, too.
      if (!gpu.isRehearsing) [now, spare] = [spare, now];
      tf.dispose(views);
      views = look();
    },
    async read() {
      const [weights, first, second] = [now.weights, now.first, now.second].map((flat) =>
        wrap({ kind: 'flat', flat, offset: 0 }, [length]),
      );
      const reading = readAll({ weights: weights!, first: first!, second: second! });
      tf.dispose([weights!, first!, second!]);
      return reading;
    },
    write(next) {
      tf.dispose(views);
      free(now);
      now = upload(next);
      views = look();
    },
    dispose() {
      tf.dispose(views);
      free(now);
      free(spare);
      releaseFlat(gpu, gradient);
      gpu.gl.deleteFramebuffer(gradientTarget.framebuffer);
    },
  };
}
