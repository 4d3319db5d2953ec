import type { Quirk } from '../quirks.ts';

/** fairseq: `token_block_utils_fast.pyx`, break modes `complete` and `complete_doc`, each line ending in `</s>`. */
export const quirks: readonly Quirk[] = [
  {
    published: 'Every line of the text ends with a separator, and the end of a document is one more, an empty line.',
    described: 'A separator stands where two documents meet in a row, and at its end.',
  },
  {
    published: 'The separator of a document’s end may have to begin the next row, where there is no room for it.',
    described: 'A row begins with a sentence.',
  },
];
