/** What one reads of a paper, and what stands in it. */
export interface Headline {
  readonly says: string;
  readonly has: readonly string[];
  readonly right: string;
  readonly wrong: readonly [string, string, string];
  readonly why: string;
}

/** Sources: the lessons on these systems, step by step, and the page Compare. */
export const headlines: readonly Headline[] = [
  {
    says: 'RoBERTa read 160 GB in one day.',
    has: ['1,024 V100', 'one day for 100,000 steps', '160 GB with 500,000 steps'],
    right: 'The day belongs to 100,000 steps',
    wrong: ['It is right', 'It was 160 GB in a week on one machine', 'It read BERT’s 16 GB only'],
    why: 'The day on 1,024 V100 is that of 100,000 steps. The model with 160 GB took 500,000, which is about five times as long.',
  },
  {
    says: 'XLNet beats BERT on 20 tasks with the same text.',
    has: ['Table 1: the same text, large models', 'the 20 tasks: about ten times the text'],
    right: 'With equal text it is compared in one table only',
    wrong: ['It is right', 'It lost on all tasks with equal text', 'Both read 160 GB'],
    why: 'The comparison at equal text is Table 1 of the paper. The results on the 20 tasks are those of a model that read far more.',
  },
  {
    says: 'ALBERT is a smaller and so a faster BERT.',
    has: ['12 million weights instead of 110', '12 layers, each walked through'],
    right: 'Smaller, but as slow',
    wrong: ['It is right', 'Faster, but not smaller', 'Neither smaller nor faster'],
    why: 'Its layers share one set of weights. A token goes through all of them, so it takes as many multiply-adds as BERT of the same width.',
  },
  {
    says: 'DeBERTa passed people with half of the text.',
    has: ['base and large: 78 GB', '1.5 billion weights: 160 GB', 'SuperGLUE 89.9, people 89.8'],
    right: 'The one that passed people read all 160 GB',
    wrong: ['It is right', 'It read a tenth of the text', 'It stayed behind people'],
    why: 'Half of the text holds for base and large. The model of 1.5 billion weights, which passed people on SuperGLUE, read 160 GB.',
  },
  {
    says: 'ELECTRA’s helper is trained first, then the model itself.',
    has: ['generator and discriminator', 'one step trains both'],
    right: 'Both are trained together',
    wrong: ['It is right', 'The helper is never trained', 'The model is trained first'],
    why: 'Generator and discriminator are trained in the same steps; training the generator first and then going on was worse in the paper.',
  },
  {
    says: 'DistilBERT keeps every second layer of BERT, taught by it.',
    has: ['six layers of twelve', 'the script starts from 0, 2, 4, 7, 9, 11'],
    right: 'Nearly: the script takes 0, 2, 4, 7, 9, 11',
    wrong: ['It starts from chance', 'It keeps the lower six', 'It keeps the upper six'],
    why: 'The paper speaks of one layer out of two; the published script takes six that include the first and the last.',
  },
  {
    says: 'BigBird needs random blocks to work on long texts.',
    has: ['base, ITC: 3 random blocks a row', 'base, ETC: none, best answers'],
    right: 'The variant with the best answers has none',
    wrong: ['It is right', 'It has random blocks only', 'It has no neighbours in sight'],
    why: 'The paper’s ETC variant, which gave the best answers in question answering, has r = 0: global tokens and a window.',
  },
  {
    says: 'ConvBERT needs a quarter of ELECTRA’s cost because of its convolutions.',
    has: ['ConvBERT: rows of 128', 'ELECTRA and BERT base: rows of 512'],
    right: 'A part of that is the shorter rows',
    wrong: ['It is right', 'It costs more than ELECTRA', 'It has no attention'],
    why: 'Its base model was trained on rows of 128 tokens. Base models of BERT and ELECTRA are counted with rows of up to 512, so a part of what is saved is length.',
  },
];
