import { type Fact, fact } from './fact.ts';

/** What a model is asked while it is pretrained, for the filter. */
export const objectiveNames = {
  mlm: 'masked tokens',
  nsp: 'next sentence',
  sop: 'sentence order',
  plm: 'permuted order',
  causal: 'next token',
  rtd: 'replaced tokens',
  denoise: 'denoising',
  taught: 'taught by a larger model',
} as const;
export type ObjectiveName = keyof typeof objectiveNames;

/** A system: one paper with its models. The id is that of its architecture here. */
export interface System {
  readonly id: string;
  readonly name: string;
  readonly objectives: readonly ObjectiveName[];
  readonly facts: { readonly first: Fact; readonly objective: Fact; readonly idea: Fact };
}

/** Months from the year 2000 on: the number of a preprint counts them. */
const first = (month: string, paper: Fact['from'][number][0]): Fact => {
  const [year = 0, at = 0] = month.split('-').map(Number);
  return fact(month, [paper, 'the number of its preprint'], { number: (year - 2000) * 12 + at });
};

export const systems: readonly System[] = [
  {
    id: 'bert',
    name: 'BERT',
    objectives: ['mlm', 'nsp'],
    facts: {
      first: first('2018-10', 'bert'),
      objective: fact('masked tokens, next sentence', ['bert', '§3.1']),
      idea: fact('both sides in every layer', ['bert', '§1'], {
        told: 'The first bidirectional language model. ELMo joined two one-way models before.',
      }),
    },
  },
  {
    id: 'transfo-xl',
    name: 'Transformer-XL',
    objectives: ['causal'],
    facts: {
      first: first('2019-01', 'transformer-xl'),
      objective: fact('next token, with a memory', ['transformer-xl', '§3']),
      idea: fact('states are kept across segments; relative places', ['transformer-xl', '§3'], {
        told:
          'Looks 450 % farther and is 1,800 times faster. Measured: 700 words against 128 among models of one size ' +
          '(Table 8), and 363 to 1,874 times, by the length that is looked at (Table 9).',
      }),
    },
  },
  {
    id: 'xlnet',
    name: 'XLNet',
    objectives: ['plm'],
    facts: {
      first: first('2019-06', 'xlnet'),
      objective: fact('words in a permuted order', ['xlnet', '§2'], {
        told: 'Every token is predicted. Only the last sixth or seventh of an order is (§2.3).',
      }),
      idea: fact('two streams, memory, relative segments', ['xlnet', '§2.3–2.5']),
    },
  },
  {
    id: 'roberta',
    name: 'RoBERTa',
    objectives: ['mlm'],
    facts: {
      first: first('2019-07', 'roberta'),
      objective: fact('masked tokens, drawn anew', ['roberta', '§4']),
      idea: fact('the recipe: more text, larger batches, full rows, no next sentence', ['roberta', '§4–5'], {
        told: 'BERT with other settings. Text, row format and vocabulary are others too.',
      }),
    },
  },
  {
    id: 'albert',
    name: 'ALBERT',
    objectives: ['mlm', 'sop'],
    facts: {
      first: first('2019-09', 'albert'),
      objective: fact('masked runs of words, sentence order', ['albert', '§3.1, §4.1']),
      idea: fact('one block shared by all layers; a narrow word table', ['albert', '§3.1'], {
        told: 'Smaller without a loss. At equal shape it is behind: base 80.1 against 82.3 (Table 2).',
      }),
    },
  },
  {
    id: 'distilbert',
    name: 'DistilBERT',
    objectives: ['taught', 'mlm'],
    facts: {
      first: first('2019-10', 'distilbert'),
      objective: fact('a teacher’s probabilities, masked tokens, alike states', ['distilbert', '§2']),
      idea: fact('half of the layers, taught', ['distilbert', '§2–3'], {
        told: 'It starts from every second block. The published script takes blocks 0, 2, 4, 7, 9 and 11.',
      }),
    },
  },
  {
    id: 'bart',
    name: 'BART',
    objectives: ['denoise'],
    facts: {
      first: first('2019-10', 'bart'),
      objective: fact('write a broken text back', ['bart', '§2.2'], {
        told: 'Pretraining has two steps. They are two parts of one step with one loss.',
      }),
      idea: fact('encoder and decoder, any noise', ['bart', '§2'], {
        told: 'Only the activation differs from the first Transformer. How weights start does too (§2.1).',
      }),
    },
  },
  {
    id: 'electra',
    name: 'ELECTRA',
    objectives: ['rtd', 'mlm'],
    facts: {
      first: first('2020-03', 'electra'),
      objective: fact('real or replaced, and its generator’s masked tokens', ['electra', '§2'], {
        told: 'The generator is trained first. Both learn at once; in two stages it was worse (§3.2).',
      }),
      idea: fact('a question at every token', ['electra', '§2']),
    },
  },
  {
    id: 'mobilebert',
    name: 'MobileBERT',
    objectives: ['taught', 'mlm', 'nsp'],
    facts: {
      first: first('2020-04', 'mobilebert'),
      objective: fact('a teacher’s layers, then masked tokens and next sentence', ['mobilebert', '§3']),
      idea: fact('narrow inside, wide between blocks; a teacher of the same depth', ['mobilebert', '§3'], {
        told: 'The inside is narrower than the intra-block map. It is narrower than the map between blocks.',
      }),
    },
  },
  {
    id: 'deberta',
    name: 'DeBERTa',
    objectives: ['mlm'],
    facts: {
      first: first('2020-06', 'deberta'),
      objective: fact('masked tokens, in spans', ['deberta', '§3, App. A']),
      idea: fact('three terms of a score; places come in at the end', ['deberta', '§3'], {
        told: 'Its word table is narrower than its states. In all published sizes both are equally wide.',
      }),
    },
  },
  {
    id: 'bigbird',
    name: 'BigBird',
    objectives: ['mlm'],
    facts: {
      first: first('2020-07', 'bigbird'),
      objective: fact('masked tokens, whole words', ['bigbird', '§4']),
      idea: fact('a window, global and random blocks: 4,096 tokens', ['bigbird', '§2'], {
        told: 'Three kinds of links. The variant with the best answers has no random ones (Tables 8, 12, 13).',
      }),
    },
  },
  {
    id: 'convbert',
    name: 'ConvBERT',
    objectives: ['rtd', 'mlm'],
    facts: {
      first: first('2020-08', 'convbert'),
      objective: fact('real or replaced', ['convbert', '§4']),
      idea: fact('half of the heads become convolutions of a span', ['convbert', '§3'], {
        told: 'Less than a quarter of the cost. Its base size reads rows of 128 tokens, which is part of that.',
      }),
    },
  },
];
