import type { Gpu } from '../gpu/gpu.ts';
import type { Flat, Sheet } from '../gpu/layout.ts';
import { draw, each, outputs } from '../gpu/program.ts';
import { allocate, release } from '../gpu/sheet.ts';

/**
 * Sizes of one attention over blocks. Scores are a sheet of [batch · head · padded, tiles · block]: a row for each
 * place inside a block, padded to whole blocks of rows, and the tiles of a head beside each other. So its height does
 * not grow with the text, and its width no faster than it.
 */
export interface BlockSizes {
  readonly batch: number;
  readonly heads: number;
  readonly seq: number;
  readonly block: number;
  readonly blocks: number;
  /** Of each head. */
  readonly tiles: number;
  /** Texels of one head. */
  readonly width: number;
  /** The columns, in texels, at which queries, keys and values start in their sheets. */
  readonly starts: { readonly q: number; readonly k: number; readonly v: number };
}

/** What stands for the score of a key that is padding, beside its own: it is added, as in the reference. */
export const penalty = 10000;

export const keyOf = ({ batch, heads, seq, block, blocks, tiles, width, starts }: BlockSizes): string =>
  [batch, heads, seq, block, blocks, tiles, width, starts.q, starts.k, starts.v].join(' ');

export const paddedBlock = ({ layers }: Pick<Gpu, 'layers'>, { block }: Pick<BlockSizes, 'block'>): number =>
  Math.ceil(block / layers) * layers;
export const scoreRows = (gpu: Gpu, sizes: BlockSizes): number => sizes.batch * sizes.heads * paddedBlock(gpu, sizes);

/** GLSL: batch `b`, head `a` and first place `i` inside the block, of a block of score rows. */
const rowsOfScores = (gpu: Gpu, sizes: BlockSizes): string => {
  const height = paddedBlock(gpu, sizes) / gpu.layers;
  return `ivec2 at = ivec2(gl_FragCoord.xy);
  int group = at.y / ${height};
  int b = group / ${sizes.heads};
  int a = group - b * ${sizes.heads};
  int i = (at.y - group * ${height}) * ${gpu.layers};`;
};

/** GLSL: the tile of a column of scores, and its first query and first key as places of the text. */
const tileOfScores = ({ block, tiles }: BlockSizes): string => `int tile = at.x / ${block / 4};
  vec4 told = FLAT(table, a * ${tiles} + tile);
  int query = int(told.x) * ${block} + i;
  int key = int(told.y) * ${block} + (at.x - tile * ${block / 4}) * 4;`;

/** GLSL: products of a block of queries with four keys, `v0 …`. */
const queryTimesKeys = (layers: number, sizes: BlockSizes, rows: [string, number], columns: [string, number]) =>
  `${each(layers, (r) => `vec4 v${r} = vec4(0);`)}
  int m = b * ${sizes.seq} + query;
  int j = b * ${sizes.seq} + key;
  for (int c = a * ${sizes.width}; c < (a + 1) * ${sizes.width}; c++) {
    int x = ${columns[1]} + c;
    mat4 four = mat4(AT(${columns[0]}, j, x), AT(${columns[0]}, j + 1, x), AT(${columns[0]}, j + 2, x), AT(${columns[0]}, j + 3, x));
    ${each(layers, (r) => `v${r} += AT(${rows[0]}, m + ${r}, ${rows[1]} + c) * four;`)}
  }`;

/** GLSL `real(b, i)`: 1 where a place holds a token, 0 where it is padding or behind the end of the row. */
const realSource = (hasKeep: boolean, { seq }: BlockSizes): string => `float real(int b, int i) {
  if (i >= ${seq}) return 0.0;
  return ${hasKeep ? 'AT(keep, b, i >> 2)[i & 3]' : '1.0'};
}`;

const scale = ({ width }: BlockSizes): string => (1 / Math.sqrt(width * 4)).toPrecision(9);

const names = (keep: Sheet | undefined): string[] => (keep ? ['keep'] : []);
const given = (keep: Sheet | undefined): Sheet[] => (keep ? [keep] : []);

/** q kᵀ / √width of every tile, padding put off. */
export function blockScores(
  gpu: Gpu,
  { q, k, keep, table }: { q: Sheet; k: Sheet; keep: Sheet | undefined; table: Flat },
  sizes: BlockSizes,
): Sheet {
  const { layers } = gpu;
  const { seq } = sizes;
  const sheet = allocate(gpu, scoreRows(gpu, sizes), sizes.tiles * sizes.block);
  const program = {
    key: `block scores ${keyOf(sizes)} ${keep !== undefined}`,
    inputs: ['q', 'k', 'table', ...names(keep)],
    source: () => `${outputs(layers)}
${realSource(keep !== undefined, sizes)}
void main() {
  ${rowsOfScores(gpu, sizes)}
  ${tileOfScores(sizes)}
  ${queryTimesKeys(layers, sizes, ['q', sizes.starts.q], ['k', sizes.starts.k])}
  bvec4 inside = lessThan(ivec4(key) + ivec4(0, 1, 2, 3), ivec4(${seq}));
  vec4 real4 = vec4(real(b, key), real(b, key + 1), real(b, key + 2), real(b, key + 3));
  bool isMutual = told.z > 0.5;
  ${each(
    layers,
    (r) => `y${r} = mix(vec4(0), v${r} * ${scale(sizes)}, inside)
    - ${penalty}.0 * (1.0 - real4 * (isMutual ? real(b, query + ${r}) : 1.0));`,
  )}
}`,
  };
  draw(gpu, program, [q, k, table, ...given(keep)], sheet);
  return sheet;
}

/** Largest score of each query and 1 / the sum of its exponentials: [batch · head · padded, blocks · 4]. */
export function blockExtremes(gpu: Gpu, scored: Sheet, table: Flat, sizes: BlockSizes): Sheet {
  const { layers } = gpu;
  const { heads, block, blocks, tiles } = sizes;
  const sheet = allocate(gpu, scored.rows, blocks * 4);
  const program = {
    key: `block extremes ${keyOf(sizes)}`,
    inputs: ['scores', 'table'],
    source: () => `${outputs(layers)}
void main() {
  ${rowsOfScores(gpu, sizes)}
  vec4 told = FLAT(table, ${heads * tiles} + a * ${blocks} + at.x);
  int from = int(told.x) * ${block / 4};
  int end = from + int(told.y) * ${block / 4};
  ${each(layers, (r) => `vec4 m${r} = BLOCK(scores, at.y, ${r}, from), s${r} = vec4(0);`)}
  for (int x = from + 1; x < end; x++) {
    ${each(layers, (r) => `m${r} = max(m${r}, BLOCK(scores, at.y, ${r}, x));`)}
  }
  ${each(layers, (r) => `m${r} = vec4(max(max(m${r}.x, m${r}.y), max(m${r}.z, m${r}.w)));`)}
  for (int x = from; x < end; x++) {
    ${each(layers, (r) => `s${r} += exp(BLOCK(scores, at.y, ${r}, x) - m${r});`)}
  }
  ${each(layers, (r) => `y${r} = vec4(m${r}.x, 1.0 / dot(s${r}, vec4(1)), 0, 0);`)}
}`,
  };
  draw(gpu, program, [scored, table], sheet);
  return sheet;
}

/** Softmax over the tiles of each query; 0 everywhere for a query that is padding. */
export function blockShares(
  gpu: Gpu,
  { scored, stats, keep, table }: { scored: Sheet; stats: Sheet; keep: Sheet | undefined; table: Flat },
  sizes: BlockSizes,
): Sheet {
  const { layers } = gpu;
  const sheet = allocate(gpu, scored.rows, scored.cols);
  const program = {
    key: `block shares ${keyOf(sizes)} ${keep !== undefined}`,
    inputs: ['scores', 'stats', 'table', ...names(keep)],
    source: () => `${outputs(layers)}
${realSource(keep !== undefined, sizes)}
vec4 share(vec4 v, vec4 s, float isReal) { return exp(v - s.x) * s.y * isReal; }
void main() {
  ${rowsOfScores(gpu, sizes)}
  ${tileOfScores(sizes)}
  int block = int(told.x);
  ${each(layers, (r) => `y${r} = share(BLOCK(scores, at.y, ${r}, at.x), BLOCK(stats, at.y, ${r}, block), real(b, query + ${r}));`)}
}`,
  };
  draw(gpu, program, [scored, stats, table, ...given(keep)], sheet);
  return sheet;
}

/** Gradient of the scores before scaling: of p · (dp − Σ p dp), where the sum is that of dy and y over the head. */
export function blockSlopes(
  gpu: Gpu,
  { dy, y, v, shares, table }: { dy: Sheet; y: Sheet; v: Sheet; shares: Sheet; table: Flat },
  sizes: BlockSizes,
): Sheet {
  const { layers } = gpu;
  const { block, blocks, seq, width } = sizes;
  const sums = allocate(gpu, shares.rows, blocks * 4);
  const ofQueries = {
    key: `block sums of slopes ${keyOf(sizes)}`,
    inputs: ['dy', 'y'],
    source: () => `${outputs(layers)}
vec4 row(int m, int a) {
  vec4 v = vec4(0);
  for (int c = a * ${width}; c < (a + 1) * ${width}; c++) v += AT(dy, m, c) * AT(y, m, c);
  return vec4(dot(v, vec4(1)));
}
void main() {
  ${rowsOfScores(gpu, sizes)}
  int m = b * ${seq} + at.x * ${block} + i;
  ${each(layers, (r) => `y${r} = row(m + ${r}, a);`)}
}`,
  };
  draw(gpu, ofQueries, [dy, y], sums);
  const sheet = allocate(gpu, shares.rows, shares.cols);
  const program = {
    key: `block slopes ${keyOf(sizes)}`,
    inputs: ['dy', 'v', 'shares', 'sums', 'table'],
    source: () => `${outputs(layers)}
void main() {
  ${rowsOfScores(gpu, sizes)}
  ${tileOfScores(sizes)}
  int block = int(told.x);
  ${queryTimesKeys(layers, sizes, ['dy', 0], ['v', sizes.starts.v])}
  ${each(layers, (r) => `y${r} = BLOCK(shares, at.y, ${r}, at.x) * (v${r} - BLOCK(sums, at.y, ${r}, block).x) * ${scale(sizes)};`)}
}`,
  };
  draw(gpu, program, [dy, v, shares, sums, table], sheet);
  release(gpu, sums);
  return sheet;
}
