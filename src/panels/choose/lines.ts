/** A lesson to read on in: its slug, and what it is called here. */
export interface LessonLink {
  readonly slug: string;
  readonly name: string;
}

/** What is suggested for one way of answering. */
export interface Line {
  readonly id: string;
  readonly take: string;
  readonly because: string;
  /** What speaks against it, or what is often told otherwise. */
  readonly but: string;
  /** Who comes next, and why. */
  readonly next: string;
  readonly lessons: readonly LessonLink[];
  /** Rows of the page Compare, the suggestion first; none: it is none of the twelve. */
  readonly rows: readonly string[];
  /** Names of the list of those that are only named. */
  readonly named?: readonly string[];
  readonly marks?: readonly string[];
}

const lesson = (slug: string, name: string): LessonLink => ({ slug, name });
const bert = lesson('masked-language-modelling', 'masked tokens');
const roberta = lesson('dynamic-masking', 'dynamic masking');
const xlnet = lesson('permutation', 'permuted orders');
const electra = lesson('replaced-tokens', 'replaced tokens');
const bart = lesson('denoising', 'denoising');
const memory = lesson('memory', 'memory across segments');
const albert = lesson('sharing', 'fewer weights');
const distilbert = lesson('distillation', 'distillation');
const mobilebert = lesson('narrow-and-deep', 'narrow and deep');
const convbert = lesson('span-convolution', 'span convolution');
const deberta = lesson('content-and-place', 'content and place apart');
const bigbird = lesson('sparse-attention', 'sparse attention');

export const lines = {
  free: {
    id: 'free',
    take: 'A GPT-style model',
    because: 'The next token is the only thing it ever learned, and writing is nothing else.',
    but: 'It is none of the twelve: only Transformer-XL among them is trained that way.',
    next: 'BART, if there is a text to start from after all.',
    lessons: [memory],
    rows: ['transfo-xl.base', 'bart.large'],
  },
  rewrite: {
    id: 'rewrite',
    take: 'BART, or T5',
    because: 'It reads the given text on both sides and has a decoder that writes.',
    but: 'T5 comes in larger and in more sizes; BART has two.',
    next: 'T5, where the largest one you can run decides.',
    lessons: [bart],
    rows: ['bart.large', 'bart.base'],
    named: ['T5'],
  },
  littleCompute: {
    id: 'littleCompute',
    take: 'Pretrain ELECTRA small',
    because: 'Every token is a question, so a few days on one graphics card are enough.',
    but: 'There are two models in the code, and both have to be kept right.',
    next: 'ConvBERT small: the same question on a cheaper body, with less support.',
    lessons: [electra],
    rows: ['electra.small', 'convbert.small'],
  },
  muchCompute: {
    id: 'muchCompute',
    take: 'RoBERTa’s recipe',
    because: 'One phase, one loss, no second model, and most implementations.',
    but: 'Compute is the price, not code: it used seventeen times as many operations as BERT large.',
    next: 'ELECTRA, which came as far with less than a quarter of the operations.',
    lessons: [roberta],
    rows: ['roberta.large', 'electra.large'],
  },
  stream: {
    id: 'stream',
    take: 'Transformer-XL',
    because: 'What it read a segment ago stays in its memory and is not read again.',
    but: 'Current libraries no longer have it.',
    next: 'A GPT-style model with a long window, which reads again what it needs.',
    lessons: [memory],
    rows: ['transfo-xl.base', 'xlnet.base'],
  },
  anywhere: {
    id: 'anywhere',
    take: 'BigBird, or Longformer',
    because: 'What they compute grows with the length of a text, not with its square.',
    but: 'Longformer’s large model is ahead of BigBird’s (ITC) in bits a character. Try cutting or splitting first.',
    next: 'Pieces of 512 tokens, each read by RoBERTa, and what they say put together.',
    lessons: [bigbird],
    rows: ['bigbird.base', 'roberta.base'],
    named: ['Longformer'],
  },
  little: {
    id: 'little',
    take: 'XLNet, or split the text and put together what the parts say',
    because: 'It has a memory and relative places, so no table of places ends at 512.',
    but: 'It was trained at 512 tokens beside a memory of 384, not on books.',
    next: 'BigBird, if splitting loses what you look for.',
    lessons: [xlnet, memory],
    rows: ['xlnet.base', 'bigbird.base'],
  },
  phone: {
    id: 'phone',
    take: 'MobileBERT, or TinyBERT',
    because: 'Its operations were chosen for phones: no means and variances, no costly activations.',
    but: 'TinyBERT gets its numbers with the data of the task at hand, so it must be taught anew for each.',
    next: 'DistilBERT, which is wider, less deep and easier to find.',
    lessons: [mobilebert],
    rows: ['mobilebert.base', 'distilbert.base'],
    named: ['TinyBERT'],
  },
  server: {
    id: 'server',
    take: 'DistilBERT',
    because: 'Half of the layers, and on one processor about three fifths of the time.',
    but: 'It loses most on drawing conclusions (RTE) and on reading.',
    next: 'MobileBERT: less arithmetic still, on four times as many layers.',
    lessons: [distilbert],
    rows: ['distilbert.base', 'mobilebert.base'],
  },
  download: {
    id: 'download',
    take: 'ALBERT base',
    because: 'Twelve million weights: all layers share one set.',
    but: 'It is as slow as BERT base. Its layers are shared, its arithmetic is not.',
    next: 'MobileBERT: twice as many weights, a quarter of the arithmetic.',
    lessons: [albert],
    rows: ['albert.base', 'mobilebert.base'],
  },
  varying: {
    id: 'varying',
    take: 'DynaBERT',
    because: 'Width and depth are chosen at each request.',
    but: 'All that is known of it comes from a single source.',
    next: 'Two models, DistilBERT and BERT base, and a rule which of them answers.',
    lessons: [distilbert],
    rows: ['distilbert.base', 'bert.base'],
    named: ['DynaBERT'],
    marks: ['not verified'],
  },
  holes: {
    id: 'holes',
    take: 'BERT, RoBERTa or ALBERT',
    because: 'They were trained to fill holes, and give each word its probability.',
    but: 'Not ELECTRA, whose judge has no such probabilities; and DeBERTa’s mask decoder is missing in libraries.',
    next: 'XLNet, if more than one word is missing.',
    lessons: [bert, roberta],
    rows: ['roberta.base', 'bert.base'],
  },
  gaps: {
    id: 'gaps',
    take: 'XLNet, or BART',
    because: 'They fill one gap after the other, and each sees what stands in those before it.',
    but: 'That is slower: one pass a word.',
    next: 'RoBERTa, filled step by step, if the gaps have little to do with each other.',
    lessons: [xlnet, bart],
    rows: ['xlnet.base', 'bart.base'],
  },
  unlimited: {
    id: 'unlimited',
    take: 'DeBERTa, the largest',
    because: 'Of these twelve it is the furthest in SuperGLUE: 89.9, one model.',
    but: 'For reading alone; and count the memory first.',
    next: 'ELECTRA large: a fifth of the weights.',
    lessons: [deberta],
    rows: ['deberta.1b5', 'electra.large'],
  },
  card: {
    id: 'card',
    take: 'A base model: DeBERTa, ELECTRA, RoBERTa; ConvBERT',
    because: 'They are the best at this size: GLUE dev 85.1 for ELECTRA base, 82.2 for BERT base.',
    but: 'ConvBERT is thinly supported.',
    next: 'BERT base, if an example you follow was written for it.',
    lessons: [electra, deberta, convbert],
    rows: ['electra.base', 'deberta.base'],
  },
  processor: {
    id: 'processor',
    take: 'DistilBERT, or ELECTRA small',
    because: 'Arithmetic is what counts, and both have little of it.',
    but: 'Not ALBERT, for time: few weights, much arithmetic.',
    next: 'MobileBERT, once it is tuned elsewhere.',
    lessons: [distilbert, electra],
    rows: ['distilbert.base', 'electra.small'],
  },
  pretraining: {
    id: 'pretraining',
    take: 'ConvBERT’s body with ELECTRA’s question; ELECTRA alone if support counts',
    because: 'Every token is asked, and half of the heads are cheap.',
    but: 'Part of ConvBERT’s lead is rows of 128 tokens. Common libraries lack its discriminator.',
    next: 'ELECTRA as published.',
    lessons: [convbert, electra],
    rows: ['convbert.base', 'electra.base'],
  },
  examples: {
    id: 'examples',
    take: 'BERT, or RoBERTa',
    because: 'Most examples and tools were written for these two.',
    but: 'Support changes: look when you choose.',
    next: 'DistilBERT, which most of them take as well.',
    lessons: [bert, roberta],
    rows: ['bert.base', 'roberta.base'],
    marks: ['not verified'],
  },
  nothing: {
    id: 'nothing',
    take: 'Any base model will do; begin with RoBERTa',
    because: 'None of your answers decides. One loss, one phase and much support make it the least to go wrong.',
    but: 'This line is ours: no table says it.',
    next: 'ELECTRA base, ahead of BERT base by three points of GLUE dev.',
    lessons: [roberta, electra],
    rows: ['roberta.base', 'electra.base'],
  },
} as const satisfies Readonly<Record<string, Line>>;

export type LineId = keyof typeof lines;
