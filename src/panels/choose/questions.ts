import type { LineId } from './lines.ts';

/** One answer: it ends in a line, or leads to a question. */
export interface Option {
  readonly id: string;
  readonly text: string;
  readonly line?: LineId;
  readonly leads?: string;
}

export interface Question {
  readonly id: string;
  readonly text: string;
  /** Why it is asked. */
  readonly why: string;
  /** A short name for the summary. */
  readonly name: string;
  readonly options: readonly Option[];
}

/** In this order; the first answer that ends in a line wins. */
export const questions: readonly Question[] = [
  {
    id: 'write',
    text: 'Shall it write new text?',
    why: 'Most of the twelve can only read: nothing in them writes one word after another.',
    name: 'Writing',
    options: [
      { id: 'freely', text: 'Yes, freely', line: 'free' },
      { id: 'from', text: 'Yes, from a given text: a summary, an answer, a translation', line: 'rewrite' },
      { id: 'reads', text: 'No, it reads', leads: 'language' },
    ],
  },
  {
    id: 'language',
    text: 'Are there pretrained weights in your language?',
    why: 'Weights of another language help little: the pieces of words have to fit as well.',
    name: 'Weights in my language',
    options: [
      { id: 'little', text: 'No, and I have little to compute with', line: 'littleCompute' },
      { id: 'much', text: 'No, but much text and much to compute with', line: 'muchCompute' },
      { id: 'yes', text: 'Yes', leads: 'length' },
    ],
  },
  {
    id: 'length',
    text: 'Are your texts longer than 512 tokens?',
    why: 'Most tables of places end there, and scores grow with the square of the length.',
    name: 'Long texts',
    options: [
      { id: 'stream', text: 'Yes: predict the next token of a stream', line: 'stream' },
      { id: 'anywhere', text: 'Yes: what matters may stand anywhere', line: 'anywhere' },
      { id: 'over', text: 'A little longer', line: 'little' },
      { id: 'short', text: 'No', leads: 'place' },
    ],
  },
  {
    id: 'place',
    text: 'Where must it run?',
    why: 'A small download, few weights and little arithmetic are three different things.',
    name: 'Where it runs',
    options: [
      { id: 'phone', text: 'On a phone, in a browser', line: 'phone' },
      { id: 'server', text: 'On a server without a graphics card', line: 'server' },
      { id: 'download', text: 'It must be a tiny download; slow is fine', line: 'download' },
      { id: 'varying', text: 'With more or less to compute with, request by request', line: 'varying' },
      { id: 'card', text: 'With a graphics card', leads: 'need' },
    ],
  },
  {
    id: 'need',
    text: 'What do you need from it?',
    why: 'Some heads of pretraining are thrown away and cannot be had any more.',
    name: 'What it gives',
    options: [
      { id: 'holes', text: 'Probabilities of missing words', line: 'holes' },
      { id: 'gaps', text: 'Several gaps filled so that they fit together', line: 'gaps' },
      { id: 'labels', text: 'A label for a text, or for its words', leads: 'hardware' },
    ],
  },
  {
    id: 'hardware',
    text: 'What can you tune it on?',
    why: 'Tuning moves all weights, so they stand in memory four times.',
    name: 'Hardware for tuning',
    options: [
      { id: 'unlimited', text: 'As much as I want', line: 'unlimited' },
      { id: 'one', text: 'One graphics card', line: 'card' },
      { id: 'cpu', text: 'A processor, or less', line: 'processor' },
      { id: 'else', text: 'That does not decide', leads: 'pretraining' },
    ],
  },
  {
    id: 'pretraining',
    text: 'Does the time of pretraining come first?',
    why: 'Who pretrains often, on new text, pays for that and not for tuning.',
    name: 'Time of pretraining',
    options: [
      { id: 'yes', text: 'Yes', line: 'pretraining' },
      { id: 'no', text: 'No', leads: 'examples' },
    ],
  },
  {
    id: 'examples',
    text: 'Do you want the most examples and tools?',
    why: 'A point of GLUE is little beside a week of looking for a mistake.',
    name: 'Examples and tools',
    options: [
      { id: 'yes', text: 'Yes', line: 'examples' },
      { id: 'no', text: 'No', line: 'nothing' },
    ],
  },
];

export const questionOf = (id: string): Question | undefined => questions.find((one) => one.id === id);
