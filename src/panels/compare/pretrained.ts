import { type Fact, fact, type Origin } from './fact.ts';

/** How a system was pretrained; by its id, or by that of one of its sizes, which then counts. */
export type Pretrained = Partial<Record<'text' | 'rows' | 'steps' | 'tokens' | 'hardware' | 'compute', Fact>>;

const short = (n: number): string => {
  const [unit, name] = n >= 1e12 ? [1e12, 'T'] : [1e9, 'B'];
  return `${(n / unit).toFixed(n / unit >= 10 ? 0 : 1)}${name}`;
};

/** Tokens seen, worked out from the numbers beside; `of` is where those stand. */
const seen = (steps: number, batch: number, length: number, of: Origin, more: Partial<Fact> = {}): Fact => {
  const number = steps * batch * length;
  return fact(`≤ ${short(number)}`, of, { number, marks: ['our product'], ...more });
};

const rows = (batch: number, length: number, from: Origin, more: Partial<Fact> = {}): Fact =>
  fact(`${batch.toLocaleString('en')} × ${length.toLocaleString('en')}`, from, { number: batch * length, ...more });

const steps = (number: number, from: Origin, more: Partial<Fact> = {}): Fact =>
  fact(number >= 1e6 ? `${number / 1e6}M` : `${number / 1e3}K`, from, { number, ...more });

/** Floating-point operations of the whole pretraining, as ELECTRA's authors estimate them. */
const flops = (number: number, where: string, more: Partial<Fact> = {}): Fact =>
  fact(number.toExponential(1).replace('e+', 'e'), ['electra', where], { number, ...more });

const booksAndWikipedia = { alike: 'books and Wikipedia' };
const large = {
  text: fact('33B tokens, the text of XLNet', ['electra', '§3.1'], {
    alike: 'the text of XLNet',
    told: '158 GB for all of its sizes. Only large read that; small and base read BERT’s 3.3 billion tokens.',
  }),
};

export const pretrained: Readonly<Record<string, Pretrained>> = {
  bert: {
    text: fact('books 800M, Wikipedia 2,500M words', ['bert', 'App. A.2'], {
      ...booksAndWikipedia,
      note: '16 GB by RoBERTa §3.2, 13 GB by RoBERTa Table 4 and XLNet §3.1.',
      told: '3.3 billion tokens. The paper counts words.',
    }),
    rows: rows(256, 512, ['bert', 'App. A.2'], { note: 'In nine of ten steps rows of 128.' }),
    steps: steps(1e6, ['bert', 'App. A.2'], { note: 'About 40 epochs.' }),
    tokens: seen(1e6, 256, 512, ['bert', 'App. A.2'], {
      note: 'If every row were full. With its short rows 43 billion.',
    }),
    hardware: fact('4 cloud TPUs (16 chips), 4 days', ['bert', 'App. A.2']),
  },
  'bert.large': {
    hardware: fact('16 cloud TPUs (64 chips), 4 days', ['bert', 'App. A.2']),
    compute: flops(1.9e20, 'Table 2'),
  },
  'transfo-xl.base': {
    text: fact('WikiText-103, 103M words', ['transformer-xl', '§4.1'], { note: 'One model a text.' }),
    rows: rows(60, 150, ['transformer-xl', 'code'], { note: 'Beside a memory of 150 tokens.' }),
    steps: steps(2e5, ['transformer-xl', 'code']),
    tokens: seen(2e5, 60, 150, ['transformer-xl', 'code']),
  },
  'transfo-xl.large': { text: fact('WikiText-103, 103M words', ['transformer-xl', '§4.1']) },
  'transfo-xl.enwik8': { text: fact('enwik8, 100 MB', ['transformer-xl', '§4.1']) },
  xlnet: {
    text: fact('13 + 16 + 19 + 110 GB, 32.89B pieces', ['xlnet', '§3.1'], {
      alike: 'the text of XLNet',
      told: 'Ahead of BERT on 20 tasks with the same text. With equal text it is compared in Table 1 alone.',
    }),
    rows: rows(8192, 512, ['xlnet', '§3.1']),
    steps: steps(5e5, ['xlnet', '§3.1']),
    tokens: seen(5e5, 8192, 512, ['xlnet', '§3.1']),
  },
  'xlnet.large': { hardware: fact('512 TPU v3, 5.5 days', ['xlnet', '§3.1']), compute: flops(3.9e21, 'Table 2') },
  roberta: {
    text: fact('16 + 76 + 38 + 31 GB', ['roberta', '§3.2'], { alike: 'the text of RoBERTa' }),
    rows: rows(8192, 512, ['roberta', '§4.3'], { note: 'The paper says 8K.' }),
    steps: steps(5e5, ['roberta', 'Table 4'], { note: 'Models of 100K and 300K steps are reported too.' }),
    tokens: seen(5e5, 8192, 512, ['roberta', '§4.3, Table 4']),
    hardware: fact('1,024 V100, one day for 100K steps', ['roberta', '§5'], {
      note: '500K steps are then about five days: our arithmetic.',
      told: '160 GB in one day. The day is that of 100K steps on the 16 GB.',
    }),
  },
  'roberta.large': { compute: flops(3.2e21, 'Table 2') },
  albert: {
    text: fact('16 GB, as BERT', ['albert', '§4.1'], {
      ...booksAndWikipedia,
      told: 'The union of RoBERTa’s and XLNet’s texts. Only the final models read those (§4.9).',
    }),
    rows: rows(4096, 512, ['albert', '§4.1']),
    steps: steps(125e3, ['albert', '§4.1']),
    tokens: seen(125e3, 4096, 512, ['albert', '§4.1']),
    hardware: fact('64 to 512 TPU v3', ['albert', '§4.1']),
  },
  'albert.xxlarge': {
    text: fact('16 GB, XLNet’s and RoBERTa’s texts', ['albert', '§4.9']),
    steps: steps(1.5e6, ['albert', '§4.9'], { note: 'In its tables of comparison 125K.' }),
    tokens: seen(1.5e6, 4096, 512, ['albert', '§4.9']),
    hardware: fact('64 to 512 TPU v3; 125K steps in 32 hours', ['albert', '§4.1, Table 6']),
    compute: flops(3.1e22, 'Table 3'),
  },
  distilbert: {
    text: fact('as BERT', ['distilbert', '§3'], booksAndWikipedia),
    rows: fact('up to 4K rows', ['distilbert', '§3']),
    hardware: fact('8 V100 of 16 GB, 90 hours', ['distilbert', '§3']),
  },
  bart: {
    text: fact('160 GB, as RoBERTa', ['bart', '§5.1'], { alike: 'the text of RoBERTa' }),
    rows: rows(8000, 512, ['bart', '§5.1']),
    steps: steps(5e5, ['bart', '§5.1']),
    tokens: seen(5e5, 8000, 512, ['bart', '§5.1']),
  },
  electra: { text: fact('3.3B tokens, as BERT', ['electra', '§3.1'], booksAndWikipedia) },
  'electra.small': {
    rows: rows(128, 128, ['electra', 'App. A']),
    steps: steps(1e6, ['electra', 'Table 1, App. A']),
    tokens: seen(1e6, 128, 128, ['electra', 'Table 1, App. A']),
    hardware: fact('1 V100, 4 days', ['electra', 'Table 1']),
    compute: flops(1.4e18, 'Table 1'),
  },
  'electra.base': {
    rows: rows(256, 512, ['electra', 'App. A']),
    steps: steps(766e3, ['electra', 'App. A'], { marks: ['second-hand'] }),
    tokens: seen(766e3, 256, 512, ['electra', 'App. A'], { marks: ['our product', 'second-hand'] }),
    hardware: fact('16 TPU v3, 4 days', ['electra', 'Table 1']),
  },
  'electra.large': {
    ...large,
    rows: rows(2048, 512, ['electra', 'App. A']),
    steps: steps(1.75e6, ['electra', 'Table 2'], { note: 'A model of 400K steps is reported too.' }),
    tokens: seen(1.75e6, 2048, 512, ['electra', 'Table 2, App. A'], { note: 'After 400K steps at most 0.42T.' }),
    compute: flops(3.1e21, 'Table 2', { note: 'After 400K steps 7.1e20.' }),
  },
  mobilebert: {
    text: fact('as BERT', ['mobilebert', '§4'], { ...booksAndWikipedia, marks: ['second-hand'] }),
    rows: rows(4096, 512, ['mobilebert', '§4'], { marks: ['second-hand'], note: 'The published code has 2,048 rows.' }),
    steps: fact('240K layer by layer, up to 500K taught', ['mobilebert', 'readme'], { number: 740e3 }),
  },
  'mobilebert.teacher': {
    steps: steps(5e5, ['mobilebert', 'readme']),
    hardware: fact('256 TPU v3', ['mobilebert', '§4'], { marks: ['second-hand'] }),
  },
  deberta: {
    text: fact('12 + 6 + 38 + 31 GB, 78 without duplicates', ['deberta', 'App. A'], {
      told: '78 GB for all of its sizes. The one of 1.5 billion read 160 GB (Table 7).',
    }),
    rows: rows(2048, 512, ['deberta', 'Table 8'], { note: 'The paper says 2K.' }),
    steps: steps(1e6, ['deberta', 'Table 8']),
    tokens: seen(1e6, 2048, 512, ['deberta', 'Table 8']),
  },
  'deberta.base': { hardware: fact('64 V100, 10 days', ['deberta', 'Table 8']) },
  'deberta.large': { hardware: fact('96 V100, 20 days', ['deberta', 'Table 8']) },
  'deberta.1b5': {
    text: fact('160 GB', ['deberta', 'Table 7']),
    hardware: fact('256 V100, 30 days', ['deberta', 'Table 8']),
  },
  bigbird: {
    text: fact('1.0 + 7.4 + 7.7 + 3.1B tokens; starts from RoBERTa', ['bigbird', 'Table 9, §4'], {
      told: '123 GB. The paper counts tokens, 19.2 billion.',
    }),
    rows: rows(256, 4096, ['bigbird', 'Table 8']),
    hardware: fact('8 × 8 TPU v3', ['bigbird', 'Table 8']),
  },
  'bigbird.large': { rows: rows(2048, 4096, ['bigbird', 'Table 8'], { marks: ['second-hand'] }) },
  convbert: {
    text: fact('OpenWebText, about 30 GB', ['convbert', 'readme'], {
      told: '32 GB. The readme has about 30 GB, processed; RoBERTa counts 38 GB of the same source.',
    }),
    rows: rows(128, 128, ['convbert', 'code']),
    steps: steps(1e6, ['convbert', '§4'], { note: 'Models of 4M steps are reported too.' }),
    tokens: seen(1e6, 128, 128, ['convbert', '§4, code']),
  },
  'convbert.base': {
    rows: rows(256, 128, ['convbert', 'code']),
    tokens: seen(1e6, 256, 128, ['convbert', '§4, code'], { note: 'After 4M steps at most 131B.' }),
  },
};
