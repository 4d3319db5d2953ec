import type { Gpu } from '../gpu/gpu.ts';
import type { Sheet } from '../gpu/layout.ts';
import { draw, each, outputs } from '../gpu/program.ts';
import { allocate } from '../gpu/sheet.ts';
import { sheetOf, wrapSheet } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import { fuse, type Kernel } from './kernel.ts';

/**
 * `exact` by the error function: Abramowitz & Stegun 1964, formula 7.1.26, whose error is below 1.5·10⁻⁷, because
 * fragment programs have none. `tanh` as in ALBERT.
 */
export type GeluForm = 'exact' | 'tanh';

const source: Record<GeluForm, { readonly value: string; readonly slope: string }> = {
  exact: {
    value: '0.5 * x * (1.0 + erf)',
    // The density of the normal distribution is e^(−x²/2) / √(2π).
    slope: '0.5 * (1.0 + erf) + x * e * 0.3989422804014327',
  },
  tanh: {
    value: '0.5 * x * (1.0 + t)',
    slope: '0.5 * (1.0 + t) + 0.5 * x * (1.0 - t * t) * 0.7978845608028654 * (1.0 + 0.134145 * x * x)',
  },
};

const prepare: Record<GeluForm, string> = {
  exact: `vec4 z = abs(x) * 0.7071067811865476;
  vec4 e = exp(-z * z);
  vec4 t = 1.0 / (1.0 + 0.3275911 * z);
  vec4 erf = 1.0 - ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * e;
  erf *= sign(x);`,
  tanh: 'vec4 t = tanh(clamp(0.7978845608028654 * (x + 0.044715 * x * x * x), -15.0, 15.0));',
};

function run(gpu: Gpu, form: GeluForm, x: Sheet, dy?: Sheet): Sheet {
  const { layers } = gpu;
  const sheet = allocate(gpu, x.rows, x.cols);
  const program = {
    key: `gelu ${form} ${dy ? 'slope' : 'value'}`,
    inputs: dy ? ['source', 'dy'] : ['source'],
    source: () => `${outputs(layers)}
vec4 gelu(vec4 x) {
  ${prepare[form]}
  return ${dy ? source[form].slope : source[form].value};
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  ${each(layers, (i) => `y${i} = gelu(BLOCK(source, at.y, ${i}, at.x))${dy ? ` * BLOCK(dy, at.y, ${i}, at.x)` : ''};`)}
}`,
  };
  draw(gpu, program, dy ? [x, dy] : [x], sheet);
  return sheet;
}

/** Input x of any shape → the same. */
export const geluKernel: Kernel<GeluForm> = {
  reference: ([x], form) => (form === 'exact' ? plainGelu(x!) : plainGeluTanh(x!)),
  forward(gpu, [x], form) {
    return { value: wrapSheet(run(gpu, form, sheetOf(gpu, x!)), x!.shape), saved: [x!] };
  },
  gradient(gpu, dy, [x], form) {
    return [wrapSheet(run(gpu, form, sheetOf(gpu, x!), sheetOf(gpu, dy)), dy.shape)];
  },
};

function plainGelu(x: Tensor): Tensor {
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
}

function plainGeluTanh(x: Tensor): Tensor {
  const inner = tf.mul(Math.sqrt(2 / Math.PI), tf.add(x, tf.mul(0.044715, tf.mul(x, tf.mul(x, x)))));
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
}

const fused = fuse(geluKernel);

/** 0.5 x (1 + erf(x / √2)). Hendrycks & Gimpel 2016. */
export const gelu = (x: Tensor): Tensor => fused([x], 'exact');

/** 0.5 x (1 + tanh(√(2/π) (x + 0.044715 x³))): ALBERT's. */
export const geluTanh = (x: Tensor): Tensor => fused([x], 'tanh');
