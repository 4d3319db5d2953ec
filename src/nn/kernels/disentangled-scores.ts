import type { Gpu } from '../gpu/gpu.ts';
import type { Sheet } from '../gpu/layout.ts';
import { draw, each, outputs } from '../gpu/program.ts';
import { allocate } from '../gpu/sheet.ts';
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

/** What scores are made of: q and k in sheets that may be one; distances [key + query, hidden], the farthest first. */
export interface ScoreSheets {
  readonly q: Sheet;
  readonly k: Sheet;
  /** What queries meet, absent: contents do not ask for distances. */
  readonly keyPlaces?: Sheet | undefined;
  /** What meets keys; absent: distances do not ask for contents. */
  readonly queryPlaces?: Sheet | undefined;
  /** Whether contents meet contents. */
  readonly contents: boolean;
}

/**
 * Scores of query i and key j: q·k + q·r + k·s, as far as they are asked for, where the row of r and of s is
 * query − i + j. He et al. 2021, eq. 4.
 */
export function disentangledScores(gpu: Gpu, given: ScoreSheets, masks: MaskSheets, sizes: Sizes): Sheet {
  const { layers } = gpu;
  const { q, k, keyPlaces, queryPlaces, contents } = given;
  const { starts } = sizes;
  const sheet = allocate(gpu, scoreRows(gpu, sizes), sizes.key);
  const names = [...(keyPlaces ? ['r'] : []), ...(queryPlaces ? ['s'] : [])];
  const rows = (name: string) => each(layers + 3, (t) => `vec4 ${name}${t} = AT(${name}, far + ${t}, c);`);
  const four = (name: string, t: number) => [0, 1, 2, 3].map((u) => `${name}${layers - 1 - t + u}`);
  const products = (t: number) => [
    ...(contents ? [`v${t} += p * keys;`] : []),
    ...(keyPlaces ? [`v${t} += p * mat4(${four('r', t)});`] : []),
    ...(queryPlaces ? [`v${t} += vec4(${four('s', t).map((row, u) => `dot(keys[${u}], ${row})`)});`] : []),
  ];
  const program = {
    key: `disentangled scores ${keyOf(sizes)} ${maskKey(masks, sizes)} ${names} ${contents}`,
    inputs: ['q', 'k', ...names, ...maskNames(masks)],
    source: () => `${outputs(layers)}
${finishScores(masks, sizes)}
void main() {
  ${blockOfScores(gpu, sizes)}
  int j = at.x * 4;
  int m = b * ${sizes.query} + i;
  int n = b * ${sizes.key} + j;
  int far = ${sizes.query} - i + j - ${layers - 1};
  ${each(layers, (t) => `vec4 v${t} = vec4(0);`)}
  vec4 p;
  for (int c = head; c < head + ${sizes.width}; c++) {
    int x = ${starts.k} + c;
    mat4 keys = mat4(AT(k, n, x), AT(k, n + 1, x), AT(k, n + 2, x), AT(k, n + 3, x));
    ${names.map(rows).join('\n')}
    ${each(layers, (t) => `p = AT(q, m + ${t}, ${starts.q} + c);\n${products(t).join('\n')}`)}
  }
  ${each(layers, (t) => `y${t} = finish(v${t}, b, i + ${t}, at.x);`)}
}`,
  };
  const places = [...(keyPlaces ? [keyPlaces] : []), ...(queryPlaces ? [queryPlaces] : [])];
  draw(gpu, program, [q, k, ...places, ...maskInputs(masks)], sheet);
  return sheet;
}
