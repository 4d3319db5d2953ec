import { type ResultColumn, resultColumns } from './results.ts';

/** Which columns stand together. */
export const groups = {
  who: 'Who and what',
  pretrained: 'How it was pretrained',
  results: 'Results',
  counted: 'Counted here',
} as const;
export type Group = keyof typeof groups;

export interface Column {
  readonly id: string;
  readonly title: string;
  readonly group: Group;
  /** Whether it is sorted by a number. */
  readonly isNumber: boolean;
  /** What it says, in a sentence. */
  readonly says: string;
  /** Of a result: whether authors tune on it, or hand it in. */
  readonly split?: 'dev' | 'test';
}

const words = (id: string, title: string, group: Group, says: string): Column => ({
  id,
  title,
  group,
  isNumber: false,
  says,
});
const number = (id: string, title: string, group: Group, says: string): Column => ({
  ...words(id, title, group, says),
  isNumber: true,
});

const splits = {
  dev: 'The part that authors choose their settings on.',
  test: 'The part whose answers are kept back.',
};

export const columns: readonly Column[] = [
  number('first', 'First public', 'who', 'Month of the first preprint.'),
  words('objective', 'Asked', 'who', 'What it is asked while it is pretrained.'),
  words('idea', 'What is new', 'who', 'What the paper added.'),
  number('shape', 'Layers × width', 'who', 'Layers, width of the states and heads; sorted by width.'),
  number('paperWeights', 'Weights, paper', 'who', 'Weights as a publication gives them, often rounded.'),
  words('text', 'Text', 'pretrained', 'What it read, and how much of it.'),
  number('rows', 'Rows × length', 'pretrained', 'Rows of a batch and tokens of a row; sorted by their product.'),
  number('steps', 'Steps', 'pretrained', 'Updates of the weights.'),
  number('tokens', 'Tokens seen', 'pretrained', 'Steps × rows × length: at most so many, for rows are not all full.'),
  words('hardware', 'Hardware, time', 'pretrained', 'As reported.'),
  number('compute', 'FLOPs', 'pretrained', 'Operations of the whole pretraining, estimated by ELECTRA’s authors.'),
  ...Object.entries(resultColumns).map(([id, { title, split }]) => ({
    ...number(id, title, 'results', `${splits[split]} Sorted: single models first, then ensembles.`),
    split,
  })),
  words('headline', 'Its own measure', 'results', 'What the paper is known for, where no column has it.'),
  number(
    'weights',
    'Weights',
    'counted',
    'Without the heads of pretraining, counted from the shapes of the model here.',
  ),
  number('wordTable', 'Word table', 'counted', 'Weights of the table that gives each word its vector.'),
  number('tables', 'Rest in front', 'counted', 'Tables of places and segments, norms and maps in front of the layers.'),
  number('layers', 'Layers', 'counted', 'Weights of all layers, those that are shared once; with the pooler.'),
  number('heads', 'Heads', 'counted', 'Weights that answer in pretraining and are thrown away afterwards.'),
  number(
    'adds128',
    'Multiply-adds, 128',
    'counted',
    'For each token, when a text of 128 tokens is read; a memory is full.',
  ),
  number(
    'adds512',
    'Multiply-adds, 512',
    'counted',
    'For each token, when a text of 512 tokens is read; a memory is full.',
  ),
  number(
    'trainBytes',
    'Bytes to train',
    'counted',
    'Weights, gradients and Adam’s two running means, 4 bytes each, heads included; what a step writes comes on top.',
  ),
];

export const columnOf = (id: string): Column | undefined => columns.find((one) => one.id === id);
export const isResult = (id: string): id is ResultColumn => id in resultColumns;
