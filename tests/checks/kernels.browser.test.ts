import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkKernel, kernelCases } from '../../src/checks/checks.ts';
import { openBackends } from '../../src/checks/fused.ts';
import { setKernels } from '../../src/nn/kernels/kernel.ts';
import { describeRows } from '../support/rows.ts';

afterAll(() => setKernels('fused'));

describeRows('what a visitor compares, with %i rows a fragment', (layers) => {
  beforeAll(() => openBackends(layers));

  it.each(kernelCases.map(({ title }) => title))('%s: fused equals plain, value and gradients', (title) => {
    const { difference, passed, outputs } = checkKernel(title);
    expect(passed).toBe(true);
    expect(outputs).toBeGreaterThan(1);
    // Less than a visitor's own device is allowed.
    expect(difference).toBeLessThan(1e-5);
  });
});
