import * as tf from '../../src/nn/tf.ts';
import type { Settings } from '../../src/training/run.ts';
import { createTrainer } from '../../src/training/trainer.ts';
import { madeData } from './made-data.ts';
import { type Point, runAt } from './points.ts';

type Shaped = Pick<tf.TensorInfo, 'shape'>;

/** Stands in for the matrix product on the CPU: adds up its multiply-adds and gives zeros of the right shape. */
function countProducts(): { readonly counted: () => number; readonly stop: () => void } {
  const real = tf.getKernel('BatchMatMul', 'cpu')!;
  let total = 0;
  tf.unregisterKernel('BatchMatMul', 'cpu');
  tf.registerKernel({
    ...real,
    kernelFunc({ inputs, attrs, backend }) {
      const { a, b } = inputs as unknown as { a: Shaped; b: Shaped };
      const { transposeA, transposeB } = attrs as unknown as { transposeA: boolean; transposeB: boolean };
      const [rows, inner] = transposeA ? a.shape.slice(-2).toReversed() : a.shape.slice(-2);
      const cols = b.shape.at(transposeB ? -2 : -1)!;
      const batch = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
      const shape = [...batch, rows!, cols];
      const size = shape.reduce((product, n) => product * n, 1);
      total += size * inner!;
      const cpu = backend as { makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): tf.TensorInfo };
      return cpu.makeTensorInfo(shape, 'float32', new Float32Array(size));
    },
  });
  return {
    counted: () => total,
    stop() {
      tf.unregisterKernel('BatchMatMul', 'cpu');
      tf.registerKernel(real);
    },
  };
}

/**
 * Multiplications with an addition of a step, forward and backward: counted from the shapes of all matrix products that
 * the step makes in plain ops, of one row and of two, as what a row more adds is the same for every row.
 */
export async function multiplyAddsOf(point: Point, more: Settings = {}): Promise<number> {
  await tf.useBackend('cpu');
  const { counted, stop } = countProducts();
  const ofRows = async (batchSize: number): Promise<number> => {
    const trainer = await createTrainer(
      runAt({ ...point, batchSize }, { kernels: 'plain', ...more }),
      madeData(point.vocabSize),
    );
    const before = counted();
    await trainer.advance();
    trainer.dispose();
    return counted() - before;
  };
  try {
    const one = await ofRows(1);
    const more = (await ofRows(2)) - one;
    return one + (point.batchSize - 1) * more;
  } finally {
    stop();
  }
}
