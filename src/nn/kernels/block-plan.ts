/** A block of keys that a block of queries reads. */
export interface Tile {
  readonly key: number;
  /** Whether a query that is padding is put off as well, not only keys that are. */
  readonly isMutual: boolean;
}

/** Who reads whom, in blocks of tokens. Blocks that are not named are not computed. */
export interface BlockPlan {
  readonly blockSize: number;
  /**
   * [head][block of queries]: the blocks of keys in one softmax; one that stands there twice counts twice. Heads may
   * read other blocks, but as many. Together the rows hold every token of a text padded to whole blocks.
   */
  readonly rows: readonly (readonly (readonly Tile[])[])[];
}

/** How many blocks a plan has, and how many tiles of each head. */
export function countsOf({ rows }: BlockPlan): { readonly blocks: number; readonly tiles: number } {
  const [first = []] = rows;
  return { blocks: first.length, tiles: first.reduce((sum, row) => sum + row.length, 0) };
}

/**
 * The plan as a texture has it, four numbers a texel. Texel head · tiles + n: the queries' block of tile n, the keys'
 * block, whether it is mutual, and the n-th tile in the order of the blocks that are read. Behind all tiles, texel
 * head · blocks + b: the first tile in which block b asks and how many those are, and in the other order the first in
 * which it is read and how many those are.
 */
export function tableOf(plan: BlockPlan): Float32Array {
  const { blocks, tiles } = countsOf(plan);
  const heads = plan.rows.length;
  const table = new Float32Array(heads * (tiles + blocks) * 4);
  plan.rows.forEach((rows, head) => {
    const ownTiles = head * tiles * 4;
    const ownBlocks = (heads * tiles + head * blocks) * 4;
    const readers: number[][] = rows.map(() => []);
    let n = 0;
    rows.forEach((row, query) => {
      table.set([n, row.length], ownBlocks + query * 4);
      for (const { key, isMutual } of row) {
        table.set([query, key, Number(isMutual)], ownTiles + n * 4);
        readers[key]!.push(n++);
      }
    });
    let entry = 0;
    readers.forEach((those, key) => {
      table.set([entry, those.length], ownBlocks + key * 4 + 2);
      for (const tile of those) table[ownTiles + entry++ * 4 + 3] = tile;
    });
  });
  return table;
}
