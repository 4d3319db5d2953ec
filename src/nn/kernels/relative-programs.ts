import { texels } from '../../core/textures.ts';
import type { Gpu } from '../gpu/gpu.ts';
import type { Sheet } from '../gpu/layout.ts';
import { draw, each, outputs } from '../gpu/program.ts';
import { allocate } from '../gpu/sheet.ts';
import type { FlatView } from '../gpu/tensors.ts';
import {
  blockOfScores,
  finishScores,
  keyOf,
  type MaskSheets,
  maskInputs,
  maskKey,
  maskNames,
  type Sizes,
  scoreRows,
} from './attention-programs.ts';

/** What a query is shifted by before it meets contents, distances and segments; each as wide as all heads together. */
export interface Shifts {
  readonly content: FlatView;
  readonly distance: FlatView;
  /**
   * With the vectors of the same and of another segment [2, hidden], and where segments differ [batch · query, key].
   */
  readonly segment?: { readonly shift: FlatView; readonly kinds: FlatView; readonly other: Sheet };
}

/** Texels of all heads together. */
export const hiddenOf = ({ heads, width }: Sizes): number => heads * width;

/**
 * Scores by content, distance and segment: of query i and key j (q + u)·k + (q + w)·r + (q + s)·e, where the row of r
 * is queries − i + j. Dai et al. 2019, §3.3; Yang et al. 2019, §2.5. q, k sheets of [batch · seq, hidden], r [key +
 * query, hidden].
 */
export function relativeScores(
  gpu: Gpu,
  { q, k, r }: { q: Sheet; k: Sheet; r: Sheet },
  { content, distance, segment }: Shifts,
  masks: MaskSheets,
  sizes: Sizes,
): Sheet {
  const { layers } = gpu;
  const sheet = allocate(gpu, scoreRows(gpu, sizes), sizes.key);
  const views = [content, distance, ...(segment ? [segment.shift, segment.kinds] : [])];
  const names = ['contentShift', 'distanceShift', ...(segment ? ['segmentShift', 'kinds'] : [])];
  const program = {
    key: `relative scores ${keyOf(sizes)} ${maskKey(masks, sizes)} ${segment !== undefined}`,
    inputs: ['q', 'k', 'r', ...names, ...(segment ? ['other'] : []), ...maskNames(masks)],
    ints: names.map((name) => `${name}Start`),
    source: () => `${outputs(layers)}
${finishScores(masks, sizes)}
void main() {
  ${blockOfScores(gpu, sizes)}
  int j = at.x * 4;
  int m = b * ${sizes.query} + i;
  int n = b * ${sizes.key} + j;
  int far = ${sizes.query} - i + j - ${layers - 1};
  ${each(layers, (t) => `vec4 v${t} = vec4(0);${segment ? ` vec2 kind${t} = vec2(0);` : ''}`)}
  vec4 p, u, w, s, same, different;
  for (int c = head; c < head + ${sizes.width}; c++) {
    mat4 four = mat4(AT(k, n, c), AT(k, n + 1, c), AT(k, n + 2, c), AT(k, n + 3, c));
    ${each(layers + 3, (t) => `vec4 r${t} = AT(r, far + ${t}, c);`)}
    u = FLAT(contentShift, contentShiftStart + c);
    w = FLAT(distanceShift, distanceShiftStart + c);
    ${
      segment
        ? `s = FLAT(segmentShift, segmentShiftStart + c);
    same = FLAT(kinds, kindsStart + c);
    different = FLAT(kinds, kindsStart + ${hiddenOf(sizes)} + c);`
        : ''
    }
    ${each(
      layers,
      (t) => `p = AT(q, m + ${t}, c);
    v${t} += (p + u) * four;
    v${t} += (p + w) * mat4(r${layers - 1 - t}, r${layers - t}, r${layers + 1 - t}, r${layers + 2 - t});
    ${segment ? `kind${t} += vec2(dot(p + s, same), dot(p + s, different));` : ''}`,
    )}
  }
  ${segment ? each(layers, (t) => `v${t} += mix(vec4(kind${t}.x), vec4(kind${t}.y), AT(other, m + ${t}, at.x));`) : ''}
  ${each(layers, (t) => `y${t} = finish(v${t}, b, i + ${t}, at.x);`)}
}`,
  };
  const flats = views.map(({ flat }) => flat);
  const inputs = [q, k, r, ...flats, ...(segment ? [segment.other] : []), ...maskInputs(masks)];
  draw(gpu, program, inputs, sheet, { ints: views.map(({ offset }) => offset) });
  return sheet;
}

/** Sums of each row of the scores' gradient over the keys of the same and of another segment: [rows, 4]. */
export function kindSums(gpu: Gpu, slopes: Sheet, other: Sheet, sizes: Sizes): Sheet {
  const { layers } = gpu;
  const sheet = allocate(gpu, slopes.rows, 4);
  const program = {
    key: `relative kind sums ${keyOf(sizes)}`,
    inputs: ['slopes', 'other'],
    source: () => `${outputs(layers)}
void main() {
  ${blockOfScores(gpu, sizes)}
  int m = b * ${sizes.query} + i;
  vec4 d, o;
  ${each(layers, (t) => `vec2 v${t} = vec2(0);`)}
  for (int x = 0; x < ${texels(sizes.key)}; x++) {
    ${each(layers, (t) => `d = BLOCK(slopes, at.y, ${t}, x); o = AT(other, m + ${t}, x); v${t} += vec2(dot(d, 1.0 - o), dot(d, o));`)}
  }
  ${each(layers, (t) => `y${t} = vec4(v${t}, 0, 0);`)}
}`,
  };
  draw(gpu, program, [slopes, other], sheet);
  return sheet;
}
