import type { TreeOf } from '../../core/params.ts';
import { depthwise } from '../../nn/kernels/depthwise.ts';
import { multiply } from '../../nn/kernels/multiply.ts';
import { softKernels, spanConvolution } from '../../nn/kernels/span-convolution.ts';
import { type Activation, activate, addNorm, attentionOf, type LinearParams, linear } from '../../nn/layers.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Context } from '../architecture.ts';
import { dropAt, type EncoderOptions } from '../shared/encoder.ts';
import { showing } from '../shared/tap.ts';
import type { ConvbertParts, Mix } from './spec.ts';

/** `convolutionOnly`: the half that would be attended to is left empty. */
interface MixedOptions extends EncoderOptions {
  readonly convolutionOnly: boolean;
}
type Layer = TreeOf<ConvbertParts['generator']['convbert']['encoder']['layer'][number], Tensor>;

/** A map, or several small ones side by side where its weight has three axes: x [..., in] → [..., out]. */
export function groupedLinear(x: Tensor, params: LinearParams, activation?: Activation): Tensor {
  const { weight, bias } = params;
  if (weight.rank === 2) return linear(x, params, activation);
  const [groups = 1, inner = 1, outer = 1] = weight.shape;
  const slices = tf.transpose(tf.reshape(x, [-1, groups, inner]), [1, 0, 2]); // [group, token, in / group]
  const joined = tf.transpose(tf.matMul(slices, weight), [1, 0, 2]);
  const y = tf.reshape(joined, [...x.shape.slice(0, -1), groups * outer]);
  const shifted = bias ? tf.add(y, bias) : y;
  return activation ? activate(shifted, activation) : shifted;
}

/**
 * Half of it attention, half of it convolution by kernels made of each token's query and of the keys about it, before
 * the output projection: x [batch, seq, hidden] → the same. Jiang et al. 2020, §3.2 and §3.3, fig. 3.
 */
function mixedAttention(
  x: Tensor,
  weights: Layer['attention']['self'],
  mix: Mix,
  { mask, attentionDropout, prefix = '', convolutionOnly }: MixedOptions,
  i: number,
  context: Context,
): Tensor {
  const { query, key, value, key_conv_attn_layer: near, conv_kernel_layer, conv_out_layer } = weights;
  const asked = linear(x, query); // [batch, seq, all]
  const attended = convolutionOnly
    ? tf.zeros(asked.shape)
    : attentionOf(
        asked,
        { key, value },
        {
          heads: mix.heads,
          mask,
          dropout: dropAt(context, attentionDropout, `${prefix}layer.${i}.attention`),
          tap: showing(context, `${prefix}attention.${i}`),
        },
        x,
      );
  const [all = 1, hidden = 1] = near.pointwise.weight.shape;
  const pointwise = { weight: tf.reshape(near.pointwise.weight, [all, hidden]), bias: tf.reshape(near.bias, [all]) };
  const spanKey = linear(depthwise(x, near.depthwise.weight), pointwise); // [batch, seq, all]
  const logits = linear(multiply(spanKey, asked), conv_kernel_layer); // [batch, seq, heads · span]
  showing(context, `${prefix}kernel.${i}`)?.(softKernels(logits, mix));
  return spanConvolution(attended, logits, linear(x, conv_out_layer), mix);
}

/** The stack of layers: x [batch, seq, hidden] → the same. Jiang et al. 2020, §4.1. */
export function encodeMixed(
  x: Tensor,
  layers: readonly Layer[],
  mix: Mix,
  options: MixedOptions,
  context: Context,
): Tensor {
  const { activation, epsilon, hiddenDropout, prefix = '' } = options;
  context.tap?.see(`${prefix}hidden.0`, x);
  layers.forEach(({ attention, intermediate, output }, i) => {
    const drop = (name: string) => dropAt(context, hiddenDropout, `${prefix}layer.${i}.${name}`);
    const seen = mixedAttention(x, attention.self, mix, options, i, context);
    const { dense, LayerNorm } = attention.output;
    const attended = addNorm(linear(seen, dense), x, LayerNorm, epsilon, drop('attention.output'));
    const inner = groupedLinear(attended, intermediate.dense, activation);
    context.tap?.see(`${prefix}inner.${i}`, inner);
    x = addNorm(groupedLinear(inner, output.dense), attended, output.LayerNorm, epsilon, drop('output'));
    context.tap?.see(`${prefix}hidden.${i + 1}`, x);
  });
  return x;
}
