import { type Fact, fact, type Origin, result } from './fact.ts';

/**
 * One task on one of its two parts: what authors tune on (dev) and what they hand in (test) stand in columns of their
 * own, so that nobody sorts the one with the other.
 */
export const resultColumns = {
  glueDev: { title: 'GLUE dev', split: 'dev' },
  glueTest: { title: 'GLUE test', split: 'test' },
  squad1Dev: { title: 'SQuAD 1.1 dev F1', split: 'dev' },
  squad1Test: { title: 'SQuAD 1.1 test F1', split: 'test' },
  squad2Dev: { title: 'SQuAD 2.0 dev F1', split: 'dev' },
  squad2Test: { title: 'SQuAD 2.0 test F1', split: 'test' },
  race: { title: 'RACE test', split: 'test' },
  superGlue: { title: 'SuperGLUE test', split: 'test' },
} as const;
export type ResultColumn = keyof typeof resultColumns;

/** The results of a size, and its own headline where that is none of them. */
export type Results = Partial<Record<ResultColumn | 'headline', Fact>>;

/** The mean of other tasks is another number, so each says whose it is. */
const glue = (whose: string) => ({ note: `The mean as ${whose} forms it; others leave out or add a task.` });
const secondHand = { marks: ['single', 'second-hand'] } as const;
/** Only several models together were reported. */
const voted = (number: number, from: Origin, more: Partial<Fact> = {}): Fact =>
  result(number, from, { marks: ['ensemble'], ...more });

export const results: Readonly<Record<string, Results>> = {
  'bert.base': {
    glueDev: result(82.2, ['electra', 'Table 1'], glue('ELECTRA')),
    glueTest: result(80.9, ['convbert', '§1'], {
      note: 'As ConvBERT quotes it; MobileBERT quotes 78.3, the mean of other tasks.',
    }),
    squad1Dev: result(88.5, ['distilbert', 'Table 2']),
    squad2Dev: result(77.1, ['mobilebert', 'abstract'], { note: 'MobileBERT’s 79.2 is 2.1 more.' }),
  },
  'bert.large': {
    glueDev: result(84.0, ['electra', 'Table 2'], glue('ELECTRA')),
    glueTest: result(80.5, ['bert', 'abstract'], glue('the benchmark')),
    squad1Test: voted(93.2, ['bert', 'abstract'], { note: 'With further text from TriviaQA.' }),
    squad2Dev: result(81.8, ['roberta', 'Table 4']),
    squad2Test: result(83.1, ['bert', 'abstract']),
  },
  'transfo-xl.enwik8': {
    headline: fact('enwik8 1.06 bits a character', ['transformer-xl', 'Table 2'], {
      marks: ['second-hand'],
      note: 'The best of its models has 0.99 (277M weights).',
    }),
  },
  'transfo-xl.base': {
    headline: fact('WikiText-103 perplexity 24.0', ['transformer-xl', 'Table 1'], { marks: ['second-hand'] }),
  },
  'transfo-xl.large': {
    headline: fact(
      'WikiText-103 perplexity 18.3; other models: enwik8 0.99, text8 1.08, One Billion Word 21.8',
      ['transformer-xl', 'Tables 1–4'],
      {
        told: 'Best on Penn Treebank as well. 54.52 is only among models without finetuning in two steps (Table 5).',
      },
    ),
  },
  'xlnet.large': {
    glueDev: result(89.1, ['electra', 'Table 2'], glue('ELECTRA')),
    squad1Dev: result(95.1, ['electra', 'Table 4']),
    squad2Dev: result(90.6, ['xlnet', '§3']),
    race: result(85.4, ['xlnet', '§3']),
    headline: fact('with BERT’s text: RACE 77.4 against 75.1', ['xlnet', 'Table 1']),
  },
  'roberta.large': {
    glueDev: result(88.9, ['electra', 'Table 2'], glue('ELECTRA')),
    glueTest: voted(88.5, ['roberta', 'Table 5'], glue('the benchmark')),
    squad1Dev: result(94.6, ['bart', 'Table 2'], secondHand),
    squad2Dev: result(89.4, ['roberta', 'Table 6']),
    race: result(83.2, ['roberta', 'Table 7']),
    headline: fact('100K steps on BERT’s text: SQuAD 2.0 dev F1 87.3, BERT 81.8', ['roberta', 'Table 4']),
  },
  'albert.base': { headline: fact('mean of five tasks 80.1, BERT base 82.3', ['albert', 'Table 2']) },
  'albert.large': { headline: fact('mean of five tasks 82.4, BERT large 85.2', ['albert', 'Table 2']) },
  'albert.xxlarge': {
    glueTest: voted(89.4, ['albert', 'abstract'], glue('the benchmark')),
    squad2Test: result(90.9, ['albert', 'Table 10'], { note: 'Several models together: 92.2.' }),
    race: result(86.5, ['albert', 'Table 10'], { note: 'Several models together: 89.4.' }),
    headline: fact('mean of five tasks 88.7, BERT large 85.2', ['albert', 'Table 2'], {
      told: 'At similar size ahead of all. It is 4,096 wide and trains at 0.3 of BERT large’s speed.',
    }),
  },
  'distilbert.base': {
    glueDev: result(77.0, ['distilbert', 'Table 1'], {
      note: 'The mean as DistilBERT forms it, by which BERT base has 79.5.',
      told: 'It keeps 97 %. Not evenly: RTE 59.9 of 69.3, SQuAD 1.1 F1 85.8 of 88.5.',
    }),
    squad1Dev: result(85.8, ['distilbert', 'Table 2']),
    headline: fact('on one CPU 410 s, BERT base 668 s', ['distilbert', 'Table 3']),
  },
  'bart.large': {
    squad1Dev: result(94.6, ['bart', 'Table 2'], secondHand),
    headline: fact('summaries of CNN/DailyMail: ROUGE-1 44.16', ['bart', '§5.3'], {
      note: 'MNLI 89.9, RoBERTa 90.2 (Table 2, second-hand).',
    }),
  },
  'electra.small': { glueDev: result(79.9, ['electra', 'Table 1'], glue('ELECTRA')) },
  'electra.base': {
    glueDev: result(85.1, ['electra', 'Table 1'], glue('ELECTRA')),
    glueTest: result(85.7, ['convbert', '§1'], {
      note: 'As ConvBERT quotes it. By what it calls a quarter of the cost it is that of a longer run than the 766K steps.',
    }),
  },
  'electra.large': {
    glueDev: result(89.5, ['electra', 'Table 2'], { note: 'After 400K steps 89.0. The mean as ELECTRA forms it.' }),
    glueTest: voted(89.4, ['electra', 'Table 3'], glue('ELECTRA')),
    squad1Dev: result(94.9, ['electra', 'Table 4']),
    squad2Dev: result(90.6, ['electra', 'Table 4']),
    squad2Test: result(91.4, ['electra', 'Table 4']),
  },
  'mobilebert.base': {
    glueTest: result(77.7, ['mobilebert', 'abstract'], { note: 'BERT base has 78.3 there.' }),
    squad1Dev: result(90.0, ['mobilebert', 'abstract']),
    squad2Dev: result(79.2, ['mobilebert', 'abstract']),
    headline: fact('62 ms on a phone', ['mobilebert', 'abstract'], {
      note: '5.5 times as fast as BERT base, whose 342 ms stand in Table 4 (second-hand).',
      told: 'Narrow and deep is better at equal size. It is argued; no table of equal size was found.',
    }),
  },
  'deberta.large': {
    glueDev: result(90.0, ['deberta', 'Table 1'], {
      note: 'The mean as DeBERTa forms it, by which ELECTRA has 89.46, XLNet 89.15, RoBERTa 88.82.',
    }),
    squad2Dev: result(90.7, ['deberta', 'abstract']),
    race: result(86.8, ['deberta', 'abstract']),
  },
  'deberta.1b5': {
    superGlue: result(89.9, ['deberta', 'Table 5'], {
      note: 'Several models together 90.3; people 89.8; T5 with 11 billion weights 89.3.',
    }),
  },
  'bigbird.base': {
    headline: fact('bits a character 1.678 (ITC), 1.611 (ETC); Arxiv 92.31', ['bigbird', 'Tables 10 and 15']),
  },
  'bigbird.large': {
    headline: fact('bits a character 1.456 (ITC), 1.274 (ETC); Longformer 1.358', ['bigbird', 'Table 10'], {
      told: 'Still the best on long texts. In this table Longformer is ahead of its large ITC.',
    }),
  },
  'convbert.base': { glueTest: result(86.4, ['convbert', 'abstract'], glue('the benchmark')) },
};
