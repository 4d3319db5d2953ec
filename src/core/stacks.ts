/** Matrices of one shape, one after another in the vector, each from a multiple of four on. */
export interface Stack {
  /** Of the first, in numbers. */
  readonly offset: number;
  readonly rows: number;
  readonly cols: number;
  readonly count: number;
}

/** How far apart two matrices of a stack begin, in numbers. */
export const strideOf = ({ rows, cols }: Stack): number => Math.ceil((rows * cols) / 4) * 4;

/** Where the last matrix ends. */
export const endOf = (stacks: readonly Stack[]): number => {
  const last = stacks.at(-1);
  return last ? last.offset + last.count * strideOf(last) : 0;
};

/** A stack among those with the same shorter side. */
export interface Part extends Stack {
  /** Its first row among their Gram matrices. */
  readonly first: number;
  /** Whether its columns are the shorter side: then it is worked on lying down. */
  readonly tall: boolean;
}

/** Matrices with one shorter side: their Gram matrices stand one below the other. */
export interface Batch {
  /** The shorter side, rounded up to whole texels and fragments; what is beyond it is 0. */
  readonly side: number;
  readonly parts: readonly Part[];
  /** Of all Gram matrices together. */
  readonly rows: number;
}

/** `layers`: rows that a fragment writes at once. */
export function batchesOf(stacks: readonly Stack[], layers: number): Batch[] {
  const sideOf = ({ rows, cols }: Stack) => Math.ceil(Math.min(rows, cols) / layers) * layers;
  return [...new Set(stacks.map(sideOf))].map((side) => {
    let rows = 0;
    const parts = stacks
      .filter((stack) => sideOf(stack) === side)
      .map((stack) => {
        const part = { ...stack, first: rows, tall: stack.rows > stack.cols };
        rows += stack.count * side;
        return part;
      });
    return { side, parts, rows };
  });
}
