/** What stands around the runs of a sequence: [CLS] and [SEP], as in BERT, or nothing. An architecture chooses. */
export type Frame = 'bert' | 'none';

/** Tokens of text that `runs` runs have room for in a packed sequence of at most `maxLength`. */
export const roomFor = (
  runs: 1 | 2,
  { maxLength, frame }: { readonly maxLength: number; readonly frame?: Frame },
): number => (frame === 'none' ? maxLength : maxLength - 1 - runs);
