import { beforeAll, expect, it } from 'vitest';
import { difference, openBackends, random } from '../../../src/checks/fused.ts';
import { createRng } from '../../../src/core/rng.ts';
import type { Gpu } from '../../../src/nn/gpu/gpu.ts';
import { blockAttentionKernel, fusedBlockAttention } from '../../../src/nn/kernels/block-attention.ts';
import { type BlockPlan, countsOf, type Tile } from '../../../src/nn/kernels/block-plan.ts';
import type { Tensor } from '../../../src/nn/tf.ts';
import * as tf from '../../../src/nn/tf.ts';
import { describeRows } from '../../support/rows.ts';

const joint = (batch: number, seq: number, hidden: number) => () => [random('qkv', [batch, seq, 3 * hidden])];

/** Block b reads itself, some drawn blocks, each head others, and the first one twice; the last block reads all. */
function planOf(heads: number, blocks: number, blockSize: number): BlockPlan {
  const rng = createRng('plan');
  const tile = (key: number, i: number): Tile => ({ key, isMutual: i % 2 === 0 });
  const rows = Array.from({ length: heads }, () =>
    Array.from({ length: blocks }, (_, b) =>
      b === blocks - 1
        ? Array.from({ length: blocks }, (_, key) => tile(key, key))
        : [b, 0, 0, rng.int(blocks), ...(b % 3 === 1 ? [rng.int(blocks)] : [])].map(tile),
    ),
  );
  return { blockSize, rows };
}
const op = (plan: BlockPlan, keep?: () => Tensor) => (inputs: Tensor[]) =>
  fusedBlockAttention(inputs, { plan, keep: keep?.() });
/** Row b keeps all but its last 2 b tokens. */
const keep = (batch: number, seq: number) => () =>
  tf.tensor2d(Array.from({ length: batch }, (_, b) => Array.from({ length: seq }, (_, j) => Number(j < seq - 2 * b))));

describeRows('the fused attention over blocks with %i rows a fragment', (layers) => {
  beforeAll(() => openBackends(layers));

  it('equals the plain one, value and gradients', () => {
    expect(difference(op(planOf(2, 3, 8)), joint(2, 24, 16))).toBeLessThan(1e-5);
  });

  it('does so for blocks that fill no block of rows, and for texts that fill no block', () => {
    expect(difference(op(planOf(2, 6, 4)), joint(3, 24, 8))).toBeLessThan(1e-5);
    expect(difference(op(planOf(1, 4, 12)), joint(2, 48, 8))).toBeLessThan(1e-5);
    expect(difference(op(planOf(2, 5, 8)), joint(2, 37, 8))).toBeLessThan(1e-5);
    expect(difference(op(planOf(2, 3, 8)), joint(2, 20, 8))).toBeLessThan(1e-5);
  });

  it('does not see padding, and finds nothing for a query that is padding', () => {
    expect(difference(op(planOf(2, 3, 8), keep(3, 24)), joint(3, 24, 8))).toBeLessThan(1e-5);
    expect(difference(op(planOf(2, 6, 4), keep(3, 22)), joint(3, 22, 8))).toBeLessThan(1e-5);
  });

  it('takes queries, keys and values each by itself', () => {
    const apart = () => ['q', 'k', 'v'].map((name) => random(name, [2, 24, 8]));
    expect(difference(op(planOf(2, 3, 8), keep(2, 24)), apart)).toBeLessThan(1e-5);
  });

  it('leaves heads and blocks that are no multiple of four wide to the plain one', () => {
    expect(difference(op(planOf(2, 3, 8)), joint(2, 24, 6 * 2), 'webgl')).toBe(0);
    expect(difference(op(planOf(2, 4, 6)), joint(2, 24, 8), 'webgl')).toBe(0);
  });

  it('leaves more tiles than a texture is wide to the plain one', () => {
    const supports = (blocks: number) => {
      const [plan, gpu] = [planOf(1, blocks, 4), { layers, largest: 256 } as Gpu];
      return {
        tiles: countsOf(plan).tiles,
        isSupported: blockAttentionKernel.supports!(gpu, joint(1, 4 * blocks, 8)(), { plan }),
      };
    };
    expect(supports(46)).toEqual({ tiles: 241, isSupported: true });
    expect(supports(50)).toEqual({ tiles: 262, isSupported: false });
  });
});
