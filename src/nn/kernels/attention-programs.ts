import { texels } from '../../core/textures.ts';
import type { Gpu } from '../gpu/gpu.ts';
import type { Sheet } from '../gpu/layout.ts';
import { draw, each, outputs, type Program } from '../gpu/program.ts';
import { allocate, release } from '../gpu/sheet.ts';
import { type Dropout, dropoutFloats, dropoutNumbers, dropoutSource, dropoutUints, drops } from './dropout.ts';

/**
 * Sizes of one attention, and the columns (in texels) at which its queries, keys and values start in their sheets.
 * Scores and probabilities are sheets of [batch · head · padded, key]: a head's queries are padded to whole blocks of
 * rows.
 */
export interface Sizes {
  readonly batch: number;
  readonly heads: number;
  readonly query: number;
  readonly key: number;
  /** Texels of one head. */
  readonly width: number;
  readonly starts: { readonly q: number; readonly k: number; readonly v: number };
  /** Weights whose queries are not padded: of a matrix that comes from elsewhere. */
  readonly unpadded?: boolean;
  /** What scores are multiplied by; absent: 1 / √width. */
  readonly scale?: number;
}

export interface MaskSheets {
  /** [batch, key] */
  readonly keep?: Sheet | undefined;
  /** [query, key] or [batch · query, key] */
  readonly visible?: Sheet | undefined;
  /** Whether `keep` is of queries, too. */
  readonly mutual?: boolean | undefined;
}

/**
 * Scores of keys that may not be seen, as in the plain form; lanes beyond the last key get less, so that nothing falls
 * on them.
 */
const hidden = '-1e9';
const beyond = '-3e38';

export const keyOf = ({ batch, heads, query, key, width, starts, scale }: Sizes): string =>
  [batch, heads, query, key, width, starts.q, starts.k, starts.v, scale].join(' ');

/** GLSL: what scores are multiplied by. */
const scaleOf = ({ width, scale = 1 / Math.sqrt(width * 4) }: Sizes): string => scale.toPrecision(9);

const padded = ({ layers }: Gpu, { query }: Sizes): number => Math.ceil(query / layers) * layers;
export const scoreRows = (gpu: Gpu, sizes: Sizes): number => sizes.batch * sizes.heads * padded(gpu, sizes);

/** GLSL: which batch `b`, head `a` and first query `i` a block of score rows is about. */
export const blockOfScores = (gpu: Gpu, sizes: Sizes): string => `ivec2 at = ivec2(gl_FragCoord.xy);
  int group = at.y / ${padded(gpu, sizes) / gpu.layers};
  int b = group / ${sizes.heads};
  int head = (group - b * ${sizes.heads}) * ${sizes.width};
  int i = (at.y - group * ${padded(gpu, sizes) / gpu.layers}) * ${gpu.layers};`;

/** GLSL: products of a block of queries with four keys, `v0 …`; both read at `head + c`. */
const queryTimesKeys = (layers: number, sizes: Sizes, rows: [string, number], columns: [string, number]): string =>
  `${each(layers, (r) => `vec4 v${r} = vec4(0);`)}
  int j = b * ${sizes.key} + at.x * 4;
  int m = b * ${sizes.query} + i;
  for (int c = head; c < head + ${sizes.width}; c++) {
    int x = ${columns[1]} + c;
    mat4 four = mat4(AT(${columns[0]}, j, x), AT(${columns[0]}, j + 1, x), AT(${columns[0]}, j + 2, x), AT(${columns[0]}, j + 3, x));
    ${each(layers, (r) => `v${r} += AT(${rows[0]}, m + ${r}, ${rows[1]} + c) * four;`)}
  }`;

/** Names of the mask's samplers. */
export const maskNames = ({ keep, visible }: MaskSheets): string[] => [
  ...(keep ? ['keep'] : []),
  ...(visible ? ['visible'] : []),
];
export const maskInputs = ({ keep, visible }: MaskSheets): Sheet[] => [
  ...(keep ? [keep] : []),
  ...(visible ? [visible] : []),
];

const perBatch = ({ visible }: MaskSheets, { query }: Sizes): boolean => visible !== undefined && visible.rows > query;
export const maskKey = (masks: MaskSheets, sizes: Sizes): string =>
  `${maskNames(masks)} ${perBatch(masks, sizes)} ${masks.mutual ?? false}`;

/** GLSL `finish(v, b, i, x)`: scales four scores and puts what may not be seen out of reach. */
export const finishScores = (masks: MaskSheets, sizes: Sizes): string => `vec4 finish(vec4 v, int b, int i, int x) {
  v *= ${scaleOf(sizes)};
  vec4 seen = vec4(1);
  ${masks.keep ? 'seen *= AT(keep, b, x);' : ''}
  ${masks.keep && masks.mutual ? 'seen *= AT(keep, b, i >> 2)[i & 3];' : ''}
  ${masks.visible ? `seen *= AT(visible, ${perBatch(masks, sizes) ? `b * ${sizes.query} + ` : ''}i, x);` : ''}
  v = mix(v, vec4(${hidden}), equal(seen, vec4(0)));
  ${sizes.key % 4 === 0 ? '' : `v = mix(v, vec4(${beyond}), greaterThanEqual(ivec4(x * 4) + ivec4(0, 1, 2, 3), ivec4(${sizes.key})));`}
  return v;
}`;

/** q kᵀ / √width, with what may not be seen out of reach. */
export function scores(gpu: Gpu, q: Sheet, k: Sheet, masks: MaskSheets, sizes: Sizes): Sheet {
  const { layers } = gpu;
  const sheet = allocate(gpu, scoreRows(gpu, sizes), sizes.key);
  const program = {
    key: `attention scores ${keyOf(sizes)} ${maskKey(masks, sizes)}`,
    inputs: ['q', 'k', ...maskNames(masks)],
    source: () => `${outputs(layers)}
${finishScores(masks, sizes)}
void main() {
  ${blockOfScores(gpu, sizes)}
  ${queryTimesKeys(layers, sizes, ['q', sizes.starts.q], ['k', sizes.starts.k])}
  ${each(layers, (r) => `y${r} = finish(v${r}, b, i + ${r}, at.x);`)}
}`,
  };
  draw(gpu, program, [q, k, ...maskInputs(masks)], sheet);
  return sheet;
}

/** Largest score of each row and 1 / the sum of the exponentials: [rows, 4]. */
export function extremes(gpu: Gpu, scored: Sheet): Sheet {
  const { layers } = gpu;
  const sheet = allocate(gpu, scored.rows, 4);
  const program = {
    key: `softmax extremes ${scored.cols}`,
    inputs: ['scores'],
    source: () => `${outputs(layers)}
void main() {
  int y = int(gl_FragCoord.y);
  ${each(layers, (r) => `vec4 m${r} = BLOCK(scores, y, ${r}, 0), s${r} = vec4(0);`)}
  for (int x = 1; x < ${texels(scored.cols)}; x++) {
    ${each(layers, (r) => `m${r} = max(m${r}, BLOCK(scores, y, ${r}, x));`)}
  }
  ${each(layers, (r) => `m${r} = vec4(max(max(m${r}.x, m${r}.y), max(m${r}.z, m${r}.w)));`)}
  for (int x = 0; x < ${texels(scored.cols)}; x++) {
    ${each(layers, (r) => `s${r} += exp(BLOCK(scores, y, ${r}, x) - m${r});`)}
  }
  ${each(layers, (r) => `y${r} = vec4(m${r}.x, 1.0 / dot(s${r}, vec4(1)), 0, 0);`)}
}`,
  };
  draw(gpu, program, [scored], sheet);
  return sheet;
}

/** GLSL: the place of a row's texel in [batch, head, query, key], which dropout hashes. */
export const place = (gpu: Gpu, sizes: Sizes): string => `int place(int row, int x) {
  int group = row / ${padded(gpu, sizes)};
  return (group * ${sizes.query} + row - group * ${padded(gpu, sizes)}) * ${sizes.key} + x * 4;
}`;

/** Softmax of each row, dropped. */
export function probabilities(gpu: Gpu, scored: Sheet, stats: Sheet, sizes: Sizes, drop?: Dropout): Sheet {
  const { layers } = gpu;
  const sheet = allocate(gpu, scored.rows, scored.cols);
  const dropped = drops(drop);
  const program: Program = {
    key: `attention probabilities ${keyOf(sizes)} ${dropped}`,
    inputs: ['scores', 'stats'],
    uints: dropped ? dropoutUints : [],
    floats: dropped ? dropoutFloats : [],
    source: () => `${outputs(layers)}
${dropped ? dropoutSource : ''}
${place(gpu, sizes)}
vec4 share(vec4 v, vec4 s, int row, int x) {
  return exp(v - s.x) * s.y${dropped ? ' * dropScale(place(row, x))' : ''};
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  ${each(layers, (r) => `y${r} = share(BLOCK(scores, at.y, ${r}, at.x), BLOCK(stats, at.y, ${r}, 0), at.y * ${layers} + ${r}, at.x);`)}
}`,
  };
  draw(gpu, program, [scored, stats], sheet, dropped ? dropoutNumbers(drop) : {});
  return sheet;
}

/**
 * Gradient of the scores before scaling: of p · (dp − Σ p dp), where the sum is that of dy and y over the head's width.
 */
export function scoresGradient(
  gpu: Gpu,
  given: { dy: Sheet; y: Sheet; v: Sheet; scored: Sheet; stats: Sheet },
  sizes: Sizes,
  drop?: Dropout,
  /** Whether what may not be seen has no slope, even where a query may see nothing. */
  isReplaced = false,
): Sheet {
  const { layers } = gpu;
  const { dy, y, v, scored, stats } = given;
  const sheet = allocate(gpu, scored.rows, scored.cols);
  const sums = allocate(gpu, scored.rows, 4);
  draw(
    gpu,
    {
      key: `attention sums ${keyOf(sizes)}`,
      inputs: ['dy', 'y'],
      source: () => `${outputs(layers)}
vec4 row(int m, int head) {
  vec4 v = vec4(0);
  for (int c = head; c < head + ${sizes.width}; c++) v += AT(dy, m, c) * AT(y, m, c);
  return vec4(dot(v, vec4(1)));
}
void main() {
  ${blockOfScores(gpu, sizes)}
  int m = b * ${sizes.query} + i;
  ${each(layers, (r) => `y${r} = row(m + ${r}, head);`)}
}`,
    },
    [dy, y],
    sums,
  );
  const dropped = drops(drop);
  const program: Program = {
    key: `attention scores gradient ${keyOf(sizes)} ${dropped} ${isReplaced}`,
    inputs: ['dy', 'v', 'scores', 'stats', 'sums'],
    uints: dropped ? dropoutUints : [],
    floats: dropped ? dropoutFloats : [],
    source: () => `${outputs(layers)}
${dropped ? dropoutSource : ''}
${place(gpu, sizes)}
vec4 slope(vec4 d, vec4 score, vec4 s, vec4 sum, int row, int x) {
  ${dropped ? 'd *= dropScale(place(row, x));' : ''}
  ${isReplaced ? `d = mix(d, sum, equal(score, vec4(${hidden})));` : ''}
  return exp(score - s.x) * s.y * (d - sum.x) * ${scaleOf(sizes)};
}
void main() {
  ${blockOfScores(gpu, sizes)}
  ${queryTimesKeys(layers, sizes, ['dy', 0], ['v', sizes.starts.v])}
  ${each(layers, (r) => `y${r} = slope(v${r}, BLOCK(scores, at.y, ${r}, at.x), BLOCK(stats, at.y, ${r}, 0), BLOCK(sums, at.y, ${r}, 0), at.y * ${layers} + ${r}, at.x);`)}
}`,
  };
  draw(gpu, program, [dy, v, scored, stats, sums], sheet, dropped ? dropoutNumbers(drop) : {});
  release(gpu, sums);
  return sheet;
}
