/** How far one output is from the reference's; not finite where the shapes differ, and then `note` says how. */
export interface Comparison {
  readonly output: string;
  /** The largest absolute difference; of a gradient, as a share of its largest entry. */
  readonly difference: number;
  /** How large it may be. */
  readonly limit: number;
  readonly note?: string;
}

/** Whether an output agrees; a difference that is not a number never does. */
export const agrees = ({ difference, limit }: Comparison): boolean => difference <= limit;
