import { kernels, setKernels } from '../nn/kernels/kernel.ts';
import * as tf from '../nn/tf.ts';
import { agrees } from './comparison.ts';
import { differences, type KernelCase } from './fused.ts';
import { compare, type Reference } from './reference.ts';

const found = import.meta.glob<readonly KernelCase[]>('./kernels/*.ts', { eager: true, import: 'cases' });

/** The ops that are computed in two ways, found by folder. */
export const kernelCases: readonly KernelCase[] = Object.values(found).flat();

/** How far a fused op may be from its plain meaning, as a share of the largest number. */
const kernelLimit = 1e-4;

/** What came of it. */
export interface Finding {
  /** The output that is farthest from what it should be, for its limit. */
  readonly worst: string;
  readonly difference: number;
  readonly limit: number;
  /** How many outputs were compared. */
  readonly outputs: number;
  readonly passed: boolean;
  /** Milliseconds. */
  readonly ms: number;
  /** What was wrong, where nothing could be compared. */
  readonly problem?: string;
}

/**
 * A reference's logits, hidden states and attentions, or its loss and gradients, against ours on the backend of now.
 */
export async function checkReference(reference: Reference, mode: 'fused' | 'plain'): Promise<Finding> {
  const before = kernels();
  setKernels(mode);
  const from = performance.now();
  try {
    const comparisons = await compare(reference);
    const share = ({ difference, limit }: (typeof comparisons)[number]) =>
      Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference / limit;
    const [worst] = [...comparisons].sort((a, b) => share(b) - share(a));
    if (!worst) throw new Error('expected outputs to compare, found none');
    return {
      worst: worst.output,
      difference: worst.difference,
      limit: worst.limit,
      outputs: comparisons.length,
      passed: comparisons.every(agrees),
      ms: performance.now() - from,
      ...(worst.note && { problem: `${worst.output} ${worst.note}` }),
    };
  } finally {
    setKernels(before);
  }
}

/** An op's value and gradients, fused against plain; both backends must be there. */
export function checkKernel(title: string): Finding {
  const one = kernelCases.find((other) => other.title === title);
  if (!one) throw new Error(`expected an op called ${title}, found none`);
  const from = performance.now();
  try {
    const apart = differences(one.op, one.make, one.where);
    const difference = Math.max(...apart);
    const at = apart.indexOf(difference);
    return {
      worst: at === 0 ? 'value' : `gradient ${at}`,
      difference,
      limit: kernelLimit,
      outputs: apart.length,
      passed: difference <= kernelLimit,
      ms: performance.now() - from,
    };
  } finally {
    void tf.setBackend('webgl');
  }
}
