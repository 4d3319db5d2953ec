/**
 * A matrix in a texture array of RGBA32F: a texel holds four neighbouring columns, row r lies in layer r mod layers at
 * height r div layers, so that one fragment writes `layers` rows at once. Numbers outside [rows, cols] are 0.
 */
export interface Sheet {
  readonly texture: WebGLTexture;
  readonly framebuffer: WebGLFramebuffer;
  readonly rows: number;
  readonly cols: number;
  /** Texels. */
  readonly width: number;
  readonly height: number;
  /** How many tensors hold it; the last to leave gives it back. */
  uses: number;
}

/**
 * A tensor's numbers as a piece of a sheet. A matrix [rows, cols] starts at (row, col); a vector lies along a row or
 * down a column. With `splits` above 1 it is a sum: of the piece itself and those each `stride` rows further down.
 */
export interface Part {
  readonly sheet: Sheet;
  readonly row: number;
  /** A multiple of four for matrices and vectors along a row. */
  readonly col: number;
  readonly down: boolean;
  readonly splits: number;
  readonly stride: number;
}

/**
 * Where a tensor's numbers are: the sum of parts cut into rows of `cols`, or a slice of a flat vector that starts at
 * `offset`.
 */
export type Content =
  | { readonly kind: 'parts'; readonly parts: readonly Part[]; readonly cols: number }
  | { readonly kind: 'flat'; readonly flat: Flat; readonly offset: number };

/** A vector in one RGBA32F texture: texel t holds numbers 4t … 4t+3 and lies at (t mod 1024, t div 1024). */
export interface Flat {
  readonly texture: WebGLTexture;
  /** Rows of texels. */
  readonly height: number;
}

/** A matrix copied into a flat, every row starting at a texel. */
export interface FlatCopy {
  readonly flat: Flat;
  readonly cols: number;
}
