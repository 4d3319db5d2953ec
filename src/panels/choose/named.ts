/** A model that is only named, in one line. */
export interface Named {
  readonly name: string;
  readonly line: string;
  /** Whether the line is from abstracts and common knowledge alone. */
  readonly isUnverified?: true;
}

export const named: readonly Named[] = [
  {
    name: 'ERNIE',
    line: 'Baidu’s: BERT that hides whole names and phrases; a second ERNIE (Tsinghua) feeds in a graph of knowledge.',
    isUnverified: true,
  },
  {
    name: 'SpanBERT',
    line: 'Hides spans (3.8 tokens in the mean), predicts them from their borders too; one segment, no next sentence.',
  },
  {
    name: 'UniLM',
    line: 'One Transformer, three squares of who sees whom: both ways, left to right, source to target. Reads and writes.',
    isUnverified: true,
  },
  {
    name: 'TinyBERT',
    line:
      '4 layers, 14.5 million weights; taught layer by layer twice, in general and on data of the task: 7.5 times ' +
      'smaller, 9.4 times faster, over 96.8 % of BERT base (its abstract).',
  },
  {
    name: 'Longformer',
    line: 'A sliding window and global tokens that the task chooses; 4,096 tokens; no random links.',
  },
  {
    name: 'DynaBERT',
    line: 'One BERT whose width and depth can be cut while it runs, taught by itself.',
    isUnverified: true,
  },
  {
    name: 'T5',
    line: 'Every task as text to text; encoder and decoder; writes only the spans that are missing; up to 11 billion.',
  },
  {
    name: 'Megatron-LM',
    line: 'Splits layers over many cards: a BERT of 3.9 billion, MNLI 91.4, as DeBERTa’s tables quote it.',
  },
  {
    name: 'Reformer',
    line: 'Attention among what hashes alike, and layers that can be undone: it saves memory, not quality.',
    isUnverified: true,
  },
  {
    name: 'Performer',
    line: 'Random features make attention linear: every token still sees every other, only roughly.',
    isUnverified: true,
  },
];
