import type { BertConfig } from '../../models/bert/config.ts';
import {
  added,
  each,
  gelu,
  looked,
  mapped,
  normed,
  type Rows,
  rowsOf,
  sharesOf,
  type Weights,
} from '../terms/numbers.ts';

const body = 'model.bert';

/** A linear map by the name of its weights. */
const through = (x: Rows, weights: Weights, name: string): Rows =>
  mapped(x, weights[`${name}.weight`]!, weights[`${name}.bias`]);

/** Shares of each head, [seq · seq], and what they gather of all, [seq, hidden]. Vaswani et al. 2017, eq. 1. */
function attended(x: Rows, weights: Weights, name: string, heads: number) {
  const [q, k, v] = ['query', 'key', 'value'].map((one) => through(x, weights, `${name}.${one}`)) as [Rows, Rows, Rows];
  const width = x.width / heads;
  const maps = Array.from({ length: heads }, (_, head) => {
    const scores = Float64Array.from({ length: x.count * x.count }, (_, at) => {
      const [i, j] = [Math.floor(at / x.count), at % x.count];
      let sum = 0;
      for (let c = head * width; c < (head + 1) * width; c++)
        sum += q.data[i * x.width + c]! * k.data[j * x.width + c]!;
      return sum / Math.sqrt(width);
    });
    return sharesOf(scores, x.count);
  });
  const gathered = rowsOf(x.count, x.width, (i, c) => {
    const map = maps[Math.floor(c / width)]!;
    let sum = 0;
    for (let j = 0; j < x.count; j++) sum += map[i * x.count + j]! * v.data[j * x.width + c]!;
    return sum;
  });
  return { maps, gathered };
}

/** Attention maps of a BERT for one text, [seq · seq] each, by layer and head. Devlin et al. 2019, §3. */
export function bertMaps(
  config: BertConfig,
  weights: Weights,
  ids: readonly number[],
): readonly (readonly Float64Array[])[] {
  const { hidden, heads, layers, epsilon } = config;
  const norm = (x: Rows, name: string) => normed(x, weights[`${name}.weight`]!, weights[`${name}.bias`]!, epsilon);
  const table = (name: string, rows: readonly number[]) =>
    looked(weights[`${body}.embeddings.${name}.weight`]!, hidden, rows);
  const words = table('word_embeddings', ids);
  const places = table(
    'position_embeddings',
    ids.map((_, i) => i),
  );
  const kinds = table(
    'token_type_embeddings',
    ids.map(() => 0),
  );
  let x = norm(added(added(words, places), kinds), `${body}.embeddings.LayerNorm`);
  return Array.from({ length: layers }, (_, i) => {
    const layer = `${body}.encoder.layer.${i}`;
    const { maps, gathered } = attended(x, weights, `${layer}.attention.self`, heads);
    const seen = norm(
      added(through(gathered, weights, `${layer}.attention.output.dense`), x),
      `${layer}.attention.output.LayerNorm`,
    );
    const inner = each(through(seen, weights, `${layer}.intermediate.dense`), gelu);
    x = norm(added(through(inner, weights, `${layer}.output.dense`), seen), `${layer}.output.LayerNorm`);
    return maps;
  });
}
