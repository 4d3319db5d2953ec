import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import { joinHeads, splitHeads } from './attention.ts';
import type { BlockPlan, Tile } from './block-plan.ts';
import { penalty } from './block-programs.ts';

/** Blocks of queries that read equally many blocks of keys, of all heads: they are computed together. */
interface Group {
  /** Numbers head · blocks + block of the queries. */
  readonly queries: readonly number[];
  readonly tiles: readonly (readonly Tile[])[];
  readonly heads: readonly number[];
}

function groupsOf({ rows }: BlockPlan): readonly Group[] {
  const found = new Map<number, { queries: number[]; tiles: (readonly Tile[])[]; heads: number[] }>();
  rows.forEach((blocks, head) => {
    blocks.forEach((row, block) => {
      const group = found.get(row.length) ?? { queries: [], tiles: [], heads: [] };
      group.queries.push(head * blocks.length + block);
      group.tiles.push(row);
      group.heads.push(head);
      found.set(row.length, group);
    });
  });
  return [...found.values()];
}

/** Slices of the first axis by number: x [n, batch, block, width] → [numbers, batch, block, width]. */
function pick(x: Tensor, numbers: readonly number[]): Tensor {
  const [n = 1, ...rest] = x.shape;
  const picked = tf.gather(tf.reshape(x, [n, -1]), tf.tensor1d(Int32Array.from(numbers), 'int32'));
  return tf.reshape(picked, [numbers.length, ...rest]);
}

/** Cuts a text into blocks: x [batch, head, seq, width] → [head · blocks, batch, block, width]. */
function intoBlocks(x: Tensor, block: number, blocks: number): Tensor {
  const [batch = 1, heads = 1, seq = 1, width = 1] = x.shape;
  const padded = tf.pad(x, [
    [0, 0],
    [0, 0],
    [0, blocks * block - seq],
    [0, 0],
  ]);
  // Axes that stay together go as one: TensorFlow.js's WebAssembly is slow with more than four.
  const cut = tf.transpose(tf.reshape(padded, [batch, heads, blocks, block * width]), [1, 2, 0, 3]);
  return tf.reshape(cut, [heads * blocks, batch, block, width]);
}

/** The shares of a group on the map of all keys: [group, batch, block, tiles · block] → [group, batch, block, key]. */
function spread(shares: Tensor, tiles: Group['tiles'], block: number, blocks: number): Tensor {
  const [group = 1, batch = 1] = shares.shape;
  const n = tiles[0]!.length;
  const places = tiles.map((row) => row.map(({ key }) => Array.from({ length: blocks }, (_, b) => Number(b === key))));
  const byTile = tf.transpose(tf.reshape(shares, [group, batch * block, n, block]), [0, 1, 3, 2]);
  const onAll = tf.matMul(tf.reshape(byTile, [group, batch * block * block, n]), tf.tensor3d(places));
  const turned = tf.transpose(tf.reshape(onAll, [group, batch * block, block, blocks]), [0, 1, 3, 2]);
  return tf.reshape(turned, [group, batch, block, blocks * block]);
}

/**
 * 1 where neither a key nor, where that counts as well, its query is padding: real queries [group, batch, block, 1],
 * real keys [group, batch, n · block, 1] → [group, batch, block, n · block].
 */
function seenIn(tiles: Group['tiles'], queries: Tensor, keys: Tensor): Tensor {
  const block = queries.shape[2] ?? 1;
  const mutual = tf.tensor4d(
    tiles.flatMap((row) => row.flatMap(({ isMutual }) => new Array<number>(block).fill(Number(isMutual)))),
    [tiles.length, 1, 1, tiles[0]!.length * block],
  );
  return tf.mul(tf.transpose(keys, [0, 1, 3, 2]), tf.sub(1, tf.mul(mutual, tf.sub(1, queries))));
}

/**
 * Attention over blocks in plain ops: each block of queries meets only the blocks of keys that are gathered for it.
 * q, k, v [batch, seq, hidden] → the same; `tap` receives the shares on the map of all pairs [batch, head, query, key],
 * where a block that counts twice has both.
 */
export function plainBlockAttention(
  [q, k, v]: readonly [Tensor, Tensor, Tensor],
  plan: BlockPlan,
  keep?: Tensor,
  tap?: (shares: Tensor) => void,
): Tensor {
  const { blockSize: block, rows } = plan;
  const [heads, blocks] = [rows.length, rows[0]!.length];
  const [batch = 1, seq = 1, hidden = 1] = q.shape;
  const width = hidden / heads;
  const [asked, keys, values] = [q, k, v].map((x) => intoBlocks(splitHeads(x, heads), block, blocks));
  const kept = keep ? tf.reshape(keep, [batch, 1, seq, 1]) : tf.ones([batch, 1, seq, 1]);
  const real = intoBlocks(kept, block, blocks); // [blocks, batch, block, 1]
  const groups = groupsOf(plan);
  const maps: Tensor[] = [];
  const contexts = groups.map(({ queries, tiles, heads: ofGroup }) => {
    const n = tiles[0]!.length;
    /** One tile behind the other: x [blocks, batch, block, width] → [group, batch, n · block, width]. */
    const inTiles = (x: Tensor, numbers: readonly number[]) => {
      const gathered = tf.reshape(pick(x, numbers), [queries.length, n, batch, -1]);
      return tf.reshape(tf.transpose(gathered, [0, 2, 1, 3]), [queries.length, batch, n * block, x.shape[3] ?? 1]);
    };
    const ofHeads = tiles.flatMap((row, g) => row.map(({ key }) => ofGroup[g]! * blocks + key));
    const ofQuery = pick(
      real,
      queries.map((query) => query % blocks),
    ); // [group, batch, block, 1]
    const ofKeys = inTiles(
      real,
      tiles.flatMap((row) => row.map(({ key }) => key)),
    );
    const seen = seenIn(tiles, ofQuery, ofKeys);
    const dots = tf.matMul(pick(asked!, queries), inTiles(keys!, ofHeads), false, true);
    const scores = tf.sub(tf.mul(dots, 1 / Math.sqrt(width)), tf.mul(penalty, tf.sub(1, seen)));
    const shares = tf.softmax(scores);
    if (tap) maps.push(spread(shares, tiles, block, blocks));
    return tf.mul(tf.matMul(shares, inTiles(values!, ofHeads)), ofQuery);
  });
  const order: number[] = [];
  groups
    .flatMap(({ queries }) => queries)
    .forEach((query, i) => {
      order[query] = i;
    });
  /** Groups back in the order of the text: [group, batch, block, n] each → [batch, head, seq, `cols` of n]. */
  const together = (parts: Tensor[], cols: number) => {
    const n = parts[0]!.shape[3] ?? 1;
    const cut = tf.reshape(pick(tf.concat(parts, 0), order), [heads, blocks, batch, block * n]);
    const text = tf.reshape(tf.transpose(cut, [2, 0, 1, 3]), [batch, heads, blocks * block, n]);
    return tf.slice(text, [0, 0, 0, 0], [batch, heads, seq, cols]);
  };
  if (tap) tap(together(maps, seq));
  return joinHeads(together(contexts, width));
}
