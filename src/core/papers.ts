export interface Paper {
  readonly authors: string;
  readonly year: number;
  readonly title: string;
  readonly arxiv: string;
}

/** The bibliography, once: code and pages name a paper by its key. */
export const papers = {
  bert: {
    authors: 'Devlin, Chang, Lee, Toutanova',
    year: 2019,
    title: 'BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding',
    arxiv: '1810.04805',
  },
  'transformer-xl': {
    authors: 'Dai, Yang, Yang, Carbonell, Le, Salakhutdinov',
    year: 2019,
    title: 'Transformer-XL: Attentive Language Models beyond a Fixed-Length Context',
    arxiv: '1901.02860',
  },
  xlnet: {
    authors: 'Yang, Dai, Yang, Carbonell, Salakhutdinov, Le',
    year: 2019,
    title: 'XLNet: Generalized Autoregressive Pretraining for Language Understanding',
    arxiv: '1906.08237',
  },
  roberta: {
    authors: 'Liu, Ott, Goyal, Du, Joshi, Chen, Levy, Lewis, Zettlemoyer, Stoyanov',
    year: 2019,
    title: 'RoBERTa: A Robustly Optimized BERT Pretraining Approach',
    arxiv: '1907.11692',
  },
  distilbert: {
    authors: 'Sanh, Debut, Chaumond, Wolf',
    year: 2019,
    title: 'DistilBERT, a distilled version of BERT: smaller, faster, cheaper and lighter',
    arxiv: '1910.01108',
  },
  albert: {
    authors: 'Lan, Chen, Goodman, Gimpel, Sharma, Soricut',
    year: 2020,
    title: 'ALBERT: A Lite BERT for Self-supervised Learning of Language Representations',
    arxiv: '1909.11942',
  },
  bart: {
    authors: 'Lewis, Liu, Goyal, Ghazvininejad, Mohamed, Levy, Stoyanov, Zettlemoyer',
    year: 2020,
    title:
      'BART: Denoising Sequence-to-Sequence Pre-training for Natural Language Generation, Translation, and Comprehension',
    arxiv: '1910.13461',
  },
  mobilebert: {
    authors: 'Sun, Yu, Song, Liu, Yang, Zhou',
    year: 2020,
    title: 'MobileBERT: a Compact Task-Agnostic BERT for Resource-Limited Devices',
    arxiv: '2004.02984',
  },
  electra: {
    authors: 'Clark, Luong, Le, Manning',
    year: 2020,
    title: 'ELECTRA: Pre-training Text Encoders as Discriminators Rather Than Generators',
    arxiv: '2003.10555',
  },
  convbert: {
    authors: 'Jiang, Yu, Zhou, Chen, Feng, Yan',
    year: 2020,
    title: 'ConvBERT: Improving BERT with Span-based Dynamic Convolution',
    arxiv: '2008.02496',
  },
  deberta: {
    authors: 'He, Liu, Gao, Chen',
    year: 2021,
    title: 'DeBERTa: Decoding-enhanced BERT with Disentangled Attention',
    arxiv: '2006.03654',
  },
  bigbird: {
    authors: 'Zaheer, Guruganesh, Dubey, Ainslie, Alberti, Ontanon, Pham, Ravula, Wang, Yang, Ahmed',
    year: 2020,
    title: 'Big Bird: Transformers for Longer Sequences',
    arxiv: '2007.14062',
  },
  transformer: {
    authors: 'Vaswani, Shazeer, Parmar, Uszkoreit, Jones, Gomez, Kaiser, Polosukhin',
    year: 2017,
    title: 'Attention Is All You Need',
    arxiv: '1706.03762',
  },
  adamw: {
    authors: 'Loshchilov, Hutter',
    year: 2019,
    title: 'Decoupled Weight Decay Regularization',
    arxiv: '1711.05101',
  },
  muon: {
    authors: 'Liu, Su, Yao, Jiang, Lai, Du and others',
    year: 2025,
    title: 'Muon is Scalable for LLM Training',
    arxiv: '2502.16982',
  },
} as const satisfies Readonly<Record<string, Paper>>;

export type PaperId = keyof typeof papers;

/** Where something was said: the paper and the place in it, for example `§3.1` or `eq. 4`. */
export interface Source {
  readonly paper: PaperId;
  readonly where: string;
}

/** The same for an objective or an architecture, whose folder may bring along a paper that the bibliography lacks. */
export type AnySource = Source | { readonly paper: Paper; readonly where: string };

/** All papers by author: those of the bibliography and those that only `sources` bring along. */
export function bibliography(sources: readonly AnySource[]): readonly Paper[] {
  const brought = sources.flatMap(({ paper }) => (typeof paper === 'string' ? [] : [paper]));
  const byNumber = new Map([...Object.values(papers), ...brought].map((paper) => [paper.arxiv, paper]));
  return [...byNumber.values()].sort((a, b) => a.authors.localeCompare(b.authors));
}
