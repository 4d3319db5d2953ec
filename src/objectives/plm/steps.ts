/** Decisions behind one factorization order. */
export type PlmStep =
  /** The `about`-th span: `size` words wanted, `offset` of its context in front of it; none if it did not fit. */
  | {
      readonly kind: 'span';
      readonly about: number;
      readonly size: number;
      readonly offset: number;
      readonly positions: readonly number[];
      readonly chance: number;
    }
  /** Single words that make up for what spans left over; `positions` is empty where one was predicted already. */
  | {
      readonly kind: 'filler';
      readonly about: number;
      readonly at: number;
      readonly positions: readonly number[];
      readonly chance: number;
    }
  /** The place that comes `about`-th in the order; `predicted` if it bears loss, else it is only seen. */
  | {
      readonly kind: 'next';
      readonly about: number;
      readonly position: number;
      readonly predicted: boolean;
      readonly chance: number;
    }
  /** XLNet's own form: ranks of all places of a stretch that begins at `about`, and which of them are functional. */
  | {
      readonly kind: 'ranks';
      readonly about: number;
      readonly index: readonly number[];
      readonly functional: readonly boolean[];
      readonly chance?: number;
    };
