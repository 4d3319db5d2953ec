import { type PaperId, papers } from '../core/papers.ts';

/** One model of the family: what it is asked during pretraining and what it changed. */
export interface Member {
  readonly paper: PaperId;
  /** Its folder in `src/models`, and the first half of its row's name in the table of systems. */
  readonly architecture: string;
  readonly name: string;
  /** Which objective it is known for, as `palette.ts` names them; `plm` with the identity order is left-to-right. */
  readonly objective: 'mlm' | 'sop' | 'plm' | 'rtd' | 'denoise';
  readonly idea: string;
  /** Row of the map, from the top. */
  readonly row: number;
}

/** `to` took something from `from`. */
export interface Descent {
  readonly from: PaperId;
  readonly to: PaperId;
  readonly what: string;
}

export const objectiveNames: Readonly<Record<Member['objective'], string>> = {
  mlm: 'fill in what is hidden',
  sop: 'fill in, and tell which half came first',
  plm: 'predict in an order',
  rtd: 'tell real from replaced',
  denoise: 'write the broken text back',
};

/** A pattern beside the hue, for where the system has so few colours that hues may be alike. */
export const dashes: Readonly<Record<string, string>> = {
  mlm: 'none',
  sop: '9 3',
  plm: '5 3',
  rtd: '10 3 3 3',
  denoise: '2 3',
};

export const members: readonly Member[] = [
  {
    paper: 'bert',
    architecture: 'bert',
    name: 'BERT',
    objective: 'mlm',
    row: 2,
    idea: 'Hides 15 % of the tokens and lets every layer look both ways to fill them in.',
  },
  {
    paper: 'transformer-xl',
    architecture: 'transfo-xl',
    name: 'Transformer-XL',
    objective: 'plm',
    row: 0,
    idea: 'Reads left to right, with a memory of the segment before and positions that are relative.',
  },
  {
    paper: 'xlnet',
    architecture: 'xlnet',
    name: 'XLNet',
    objective: 'plm',
    row: 0,
    idea: 'Predicts in a random order, so that both sides are seen without a mask token.',
  },
  {
    paper: 'roberta',
    architecture: 'roberta',
    name: 'RoBERTa',
    objective: 'mlm',
    row: 1,
    idea: 'Draws the mask anew each time, drops next sentence prediction, and trains much longer.',
  },
  {
    paper: 'albert',
    architecture: 'albert',
    name: 'ALBERT',
    objective: 'sop',
    row: 3,
    idea: 'Shares one layer among all, and asks for the order of two segments instead of their kinship.',
  },
  {
    paper: 'distilbert',
    architecture: 'distilbert',
    name: 'DistilBERT',
    objective: 'mlm',
    row: 2,
    idea: 'Half the layers, taught by the probabilities of the whole model.',
  },
  {
    paper: 'bart',
    architecture: 'bart',
    name: 'BART',
    objective: 'denoise',
    row: 5,
    idea: 'Breaks the text in five ways and has a decoder write it back.',
  },
  {
    paper: 'electra',
    architecture: 'electra',
    name: 'ELECTRA',
    objective: 'rtd',
    row: 4,
    idea: 'A small generator replaces tokens; the model says of every token whether it is real.',
  },
  {
    paper: 'mobilebert',
    architecture: 'mobilebert',
    name: 'MobileBERT',
    objective: 'mlm',
    row: 3,
    idea: 'Deep and thin, with bottlenecks, taught layer by layer.',
  },
  {
    paper: 'deberta',
    architecture: 'deberta',
    name: 'DeBERTa',
    objective: 'mlm',
    row: 1,
    idea: 'Keeps what a token is apart from where it stands, until the very end.',
  },
  {
    paper: 'bigbird',
    architecture: 'bigbird',
    name: 'BigBird',
    objective: 'mlm',
    row: 2,
    idea: 'Looks at a window, a few random places and a few global tokens: long texts at linear cost.',
  },
  {
    paper: 'convbert',
    architecture: 'convbert',
    name: 'ConvBERT',
    objective: 'rtd',
    row: 4,
    idea: 'Half of the heads give way to convolutions whose kernel depends on the span.',
  },
];

export const descents: readonly Descent[] = [
  { from: 'bert', to: 'roberta', what: 'the whole model, trained differently' },
  { from: 'bert', to: 'xlnet', what: 'context from both sides' },
  { from: 'transformer-xl', to: 'xlnet', what: 'the memory and the relative positions' },
  { from: 'bert', to: 'albert', what: 'the model, with its layers shared' },
  { from: 'bert', to: 'distilbert', what: 'every other layer, as a start' },
  { from: 'roberta', to: 'distilbert', what: 'dynamic masks and no sentence pairs' },
  { from: 'bert', to: 'bart', what: 'the encoder' },
  { from: 'bert', to: 'electra', what: 'the model, and masking for the generator' },
  { from: 'bert', to: 'mobilebert', what: 'the depth, and a teacher' },
  { from: 'roberta', to: 'deberta', what: 'the training, with other attention' },
  { from: 'roberta', to: 'bigbird', what: 'the weights to start from' },
  { from: 'bert', to: 'convbert', what: 'the layers, half of whose heads it replaces' },
  { from: 'electra', to: 'convbert', what: 'replaced token detection' },
];

/** Months since January 2018, from the number of the preprint: arXiv counts them by year and month. */
export function monthOf(paper: PaperId): number {
  const { arxiv } = papers[paper];
  return (Number(arxiv.slice(0, 2)) - 18) * 12 + Number(arxiv.slice(2, 4)) - 1;
}

/** `October 2018`. */
export function dateOf(paper: PaperId): string {
  const month = monthOf(paper);
  const date = new Date(Date.UTC(2018, month, 1));
  return date.toLocaleDateString('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
}

const nameOf = (paper: PaperId): string => members.find((one) => one.paper === paper)?.name ?? paper;

/** In sentences: what a model took from whom, and who came after it; fewer where there is nobody. */
export function lineageOf(paper: PaperId): readonly string[] {
  const took = descents.filter(({ to }) => to === paper).map(({ from, what }) => `from ${nameOf(from)} ${what}`);
  const gave = descents.filter(({ from }) => from === paper).map(({ to }) => nameOf(to));
  return [
    ...(took.length > 0 ? [`Took ${took.join('; ')}.`] : []),
    ...(gave.length > 0 ? [`Was followed by ${gave.join(', ')}.`] : []),
  ];
}

/** Its row in the table of systems, held against the others. */
export const compareAddress = ({ architecture }: Member): string => `#/compare?held=${architecture}.base`;
