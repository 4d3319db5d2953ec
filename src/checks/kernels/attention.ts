import { createRng } from '../../core/rng.ts';
import { fusedAttention } from '../../nn/kernels/attention.ts';
import { fusedRelativeAttention } from '../../nn/kernels/relative-attention.ts';
import type { Mask } from '../../nn/layers.ts';
import * as tf from '../../nn/tf.ts';
import { type KernelCase, random } from '../fused.ts';

const joint = (batch: number, seq: number, hidden: number) => () => [random('qkv', [batch, seq, 3 * hidden])];
const op =
  (heads: number, mask: () => Mask = () => ({}), rate = 0): KernelCase['op'] =>
  (inputs) =>
    fusedAttention(inputs, { heads, mask: mask(), dropout: { rate, rng: createRng('attention') } });
const table = (rows: number, columns: number, at: (row: number, column: number) => boolean) =>
  tf.tensor2d(Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => Number(at(i, j)))));

const byDistance = (query: number, key: number) => () => [
  random('q', [2, query, 8]),
  random('k', [2, key, 8]),
  random('v', [2, key, 8]),
  random('r', [key + query, 8]),
  random('u', [2, 4]),
  random('w', [2, 4]),
];

export const cases: readonly KernelCase[] = [
  { title: 'attention, 3 rows of 16', op: op(2), make: joint(3, 16, 16) },
  { title: 'attention, rows of 13', op: op(2), make: joint(3, 13, 8) },
  {
    title: 'attention that does not see padding',
    op: op(2, () => ({ keep: table(3, 10, (row, key) => key < 10 - row) })),
    make: joint(3, 10, 8),
  },
  {
    title: 'attention that sees only what came before',
    op: op(2, () => ({ visible: table(16, 16, (query, key) => key <= query) })),
    make: joint(2, 16, 8),
  },
  { title: 'attention with dropout', op: op(2, undefined, 0.2), make: joint(2, 12, 8) },
  ...[8, 9].map((key) => ({
    title: `attention by distance, ${key === 8 ? 8 : 5} queries, ${key} keys`,
    op: (given: Parameters<KernelCase['op']>[0]) =>
      fusedRelativeAttention(given, { heads: 2, mask: {}, dropout: { rate: 0, rng: createRng('relative') } }),
    make: byDistance(key === 8 ? 8 : 5, key),
  })),
];
