import { fusedLinear, type LinearOptions } from '../../nn/kernels/linear.ts';
import { project } from '../../nn/kernels/project.ts';
import { type KernelCase, random } from '../fused.ts';

const inputs = (rows: number, width: number, out: number) => () => [
  random('x', [rows, width]),
  random('w', [out, width], 0.3),
  random('b', [out]),
];
const op =
  (options: Partial<LinearOptions> = {}): KernelCase['op'] =>
  (given) =>
    fusedLinear(given, { parts: 1, bias: true, activation: 'none', ...options });

export const cases: readonly KernelCase[] = [
  { title: 'linear map, 48 rows, 32 to 64', op: op(), make: inputs(48, 32, 64) },
  { title: 'linear map at odd sizes', op: op(), make: inputs(13, 7, 10) },
  { title: 'linear map, 1,000 rows', op: op(), make: inputs(1000, 8, 12) },
  { title: 'linear map with relu', op: op({ activation: 'relu' }), make: inputs(11, 6, 9) },
  { title: 'linear map with tanh', op: op({ activation: 'tanh' }), make: inputs(11, 6, 9) },
  {
    title: 'projection by a weight kept the other way round',
    op: ([x, weight]) => project(x!, weight!),
    make: () => [random('x', [3, 7, 8]), random('w', [8, 12])],
  },
];
