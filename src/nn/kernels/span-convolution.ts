import type { Gpu } from '../gpu/gpu.ts';
import type { Sheet } from '../gpu/layout.ts';
import { draw, each, outputs } from '../gpu/program.ts';
import { allocate } from '../gpu/sheet.ts';
import { colsOf, sheetOf, wrapPart, wrapSheet } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import { shifted } from './depthwise.ts';
import { fuse, type Kernel } from './kernel.ts';

export interface SpanOptions {
  readonly heads: number;
  /** Tokens that a kernel spans, an odd number. */
  readonly span: number;
}

/** What all programs know: texels of a head and of all heads, and where a row stands in its text. */
interface Sizes extends SpanOptions {
  readonly seq: number;
  readonly width: number;
}

const sizesOf = (values: Tensor, { heads, span }: SpanOptions): Sizes => ({
  heads,
  span,
  seq: values.shape[1] ?? 1,
  width: colsOf(values) / heads / 4,
});

/** A program whose texel x4 of row m is `row(m, x4)`; `NUMBER` reads one number of a row. */
function perRow(
  gpu: Gpu,
  name: string,
  { heads, span, seq, width }: Sizes,
  [rows, cols]: readonly [number, number],
  inputs: Readonly<Record<string, Sheet>>,
  body: string,
): Sheet {
  const { layers } = gpu;
  const sheet = allocate(gpu, rows, cols);
  const program = {
    key: `span convolution ${name} ${heads} ${span} ${width}`,
    inputs: Object.keys(inputs),
    ints: ['rows', 'seq'],
    source: () => `${outputs(layers)}
#define NUMBER(sheet, row, i) AT(sheet, row, (i) >> 2)[(i) & 3]
const int span = ${span}, half_ = ${(span - 1) / 2}, kernels = ${heads * span}, width = ${width}, all = ${heads * width};
vec4 row(int m, int x4) {
  vec4 v = vec4(0);
  if (m >= rows) return v;
  int t = m - m / seq * seq;
  ${body}
  return v;
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  ${each(layers, (r) => `y${r} = row(at.y * ${layers} + ${r}, at.x);`)}
}`,
  };
  draw(gpu, program, Object.values(inputs), sheet, { ints: [rows, seq] });
  return sheet;
}

/** GLSL: for each of four kernel numbers `i`, of the kernel whose first is `first`, sets `v[c]`. */
const perNumber = (code: string): string => `for (int c = 0; c < 4; c++) {
    int i = x4 * 4 + c;
    if (i >= kernels) break;
    int first = i / span * span;
    ${code}
  }`;

const softmax = perNumber(`float most = -3e38, sum = 0.0;
    for (int k = 0; k < span; k++) most = max(most, NUMBER(logits, m, first + k));
    for (int k = 0; k < span; k++) sum += exp(NUMBER(logits, m, first + k) - most);
    v[c] = exp(NUMBER(logits, m, i) - most) / sum;`);

/** What was attended to, then what the kernels gather. */
const gathered = `if (x4 < all) return AT(attended, m, x4);
  int x = x4 - all;
  int first = x / width * span;
  for (int k = 0; k < span; k++) {
    int by = k - half_;
    if (t + by >= 0 && t + by < seq) v += NUMBER(shares, m, first + k) * AT(source, m + by, x);
  }`;

/** A token's value goes to all whose kernel spans it. */
const valueSlope = `int first = x4 / width * span;
  for (int k = 0; k < span; k++) {
    int by = half_ - k;
    if (t + by >= 0 && t + by < seq) v += NUMBER(shares, m + by, first + k) * AT(dy, m + by, all + x4);
  }`;

/** p · (dp − Σ p dp), where the sum is that of dy and y over the head's width. */
const logitSlope = perNumber(`int by = i - first - half_;
    bool inside = t + by >= 0 && t + by < seq;
    int head = i / span * width;
    vec4 apart = vec4(0);
    for (int x = head; x < head + width; x++) {
      vec4 value = inside ? AT(source, m + by, x) : vec4(0);
      apart += AT(dy, m, all + x) * (value - AT(y, m, all + x));
    }
    v[c] = NUMBER(shares, m, i) * dot(apart, vec4(1));`);

/**
 * Inputs what was attended to [batch, seq, all], the kernels before their softmax [batch, seq, heads · span] and the
 * values [batch, seq, all] → [batch, seq, 2 all]: attended and convolved side by side.
 */
export const spanConvolutionKernel: Kernel<SpanOptions> = {
  reference([attended, logits, values], { heads, span }) {
    const [batch = 1, seq = 1, all = 1] = values!.shape;
    const kernels = softKernels(logits!, { heads, span });
    const terms = Array.from({ length: span }, (_, k) => {
      const near = tf.reshape(shifted(values!, k - (span - 1) / 2), [batch, seq, heads, all / heads]);
      return tf.mul(near, tf.slice(kernels, [0, 0, 0, k], [batch, seq, heads, 1]));
    });
    return tf.concat([attended!, tf.reshape(tf.addN(terms), [batch, seq, all])], 2);
  },

  supports: (_, [, , values], { heads }) => (colsOf(values!) / heads) % 4 === 0,

  forward(gpu, [attended, logits, values], options) {
    const sizes = sizesOf(values!, options);
    const given = sheetOf(gpu, logits!);
    const { rows } = given;
    const shares = perRow(gpu, 'kernels', sizes, [rows, given.cols], { logits: given }, softmax);
    const inputs = { attended: sheetOf(gpu, attended!), shares, source: sheetOf(gpu, values!) };
    const y = perRow(gpu, 'value', sizes, [rows, 2 * colsOf(values!)], inputs, gathered);
    const value = wrapSheet(y, [...values!.shape.slice(0, -1), y.cols]);
    return { value, saved: [values!, wrapSheet(shares, logits!.shape), value] };
  },

  gradient(gpu, above, [values, kept, value], options) {
    const sizes = sizesOf(values!, options);
    const [dy, y, shares] = [sheetOf(gpu, above, colsOf(value!)), sheetOf(gpu, value!), sheetOf(gpu, kept!)];
    const source = sheetOf(gpu, values!);
    const { rows } = source;
    const ofLogits = perRow(gpu, 'kernel slope', sizes, [rows, shares.cols], { dy, y, shares, source }, logitSlope);
    const ofValues = perRow(gpu, 'value slope', sizes, [rows, source.cols], { dy, shares }, valueSlope);
    const left = { sheet: dy, row: 0, col: 0, down: false, splits: 1, stride: 0 };
    return [wrapPart(left, values!.shape), wrapSheet(ofLogits, kept!.shape), wrapSheet(ofValues, values!.shape)];
  },
};

/** The kernels of all tokens: logits [batch, seq, heads · span] → [batch, seq, heads, span], each summing to 1. */
export function softKernels(logits: Tensor, { heads, span }: SpanOptions): Tensor {
  const [batch = 1, seq = 1] = logits.shape;
  return tf.softmax(tf.reshape(logits, [batch, seq, heads, span]));
}

const fused = fuse(spanConvolutionKernel);

/**
 * Every token's neighbours, the leftmost first, summed by a kernel of its own, a kernel a head; zeros stand beyond the
 * ends. Stands to the right of what was attended to. Jiang et al. 2020, eq. 4 and §3.3.
 * attended, values [batch, seq, all], logits [batch, seq, heads · span] → [batch, seq, 2 all].
 */
export const spanConvolution = (attended: Tensor, logits: Tensor, values: Tensor, options: SpanOptions): Tensor =>
  fused([attended, logits, values], options);
