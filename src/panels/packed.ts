import { AppError } from '../core/errors.ts';
import { createRng } from '../core/rng.ts';
import { blueprints } from '../models/catalog.ts';
import { type AnyNoising, type AnyPairing, pairings } from '../objectives/catalog.ts';
import type { AnyOptions } from '../objectives/facts.ts';
import { type Frame, roomFor } from '../objectives/frame.ts';
import { pack } from '../objectives/make.ts';
import type { Example, Note, Sequence } from '../objectives/objective.ts';
import type { Document, Tokenizer } from '../text/document.ts';
import type { Data } from '../training/data.ts';
import type { Run } from '../training/run.ts';
import { drawsOf, type Played, play, type TapeState } from './tape.ts';

/** What the tape of a noising is made with. */
export interface TapeTools {
  readonly noising: AnyNoising;
  readonly tokenizer: Tokenizer;
  readonly pairing: AnyPairing;
  readonly pairingOptions: AnyOptions;
  readonly documents: readonly Document[];
  /** Longest packed sequence. */
  readonly maxLength: number;
  /** What stands around a text; absent: as in BERT. */
  readonly frame?: Frame | undefined;
}

/** The tools of a run for a noising, which need not be its own. */
export const toolsOf = ({ recipe, model }: Run, { tokenizer, train }: Data, noising: AnyNoising): TapeTools => ({
  noising,
  tokenizer,
  pairing: pairings[recipe.pairing]!,
  pairingOptions: { ...recipe.pairingOptions },
  documents: train,
  maxLength: recipe.maxLength,
  frame: blueprints[model.architecture]?.frame,
});

/** The text on its way into the objective. */
export interface Packed {
  readonly sequence: Sequence;
  /** Position at which text of another document begins. */
  readonly documentStart?: number;
  /** Sentences for the reader about what did not go in as it was written. */
  readonly remarks: readonly string[];
}

/** What is said where so many of the tokens stand for words that the vocabulary lacks. */
function saidOfUnknown(unknown: number, of: number, token: string): readonly string[] {
  if (unknown === 0) return [];
  if (unknown === of)
    return [
      `No word of this text is in the vocabulary of this corpus: each stands as ${token}, and there is nothing to ask about it. Write other words, or take a passage from the corpus.`,
    ];
  return [
    `${unknown === 1 ? 'One token is' : `${unknown} tokens are`} not in the vocabulary of this corpus and stand${unknown === 1 ? 's' : ''} as ${token}.`,
  ];
}

/** The reader's sentence, or a passage of the corpus. Throws `AppError` where there is no text. */
export function packed({ sentence, seed, draw }: TapeState, tools: TapeTools): Packed {
  const { tokenizer, pairing, pairingOptions, documents, maxLength, frame = 'bert' } = tools;
  const isBare = frame === 'none';
  const { vocabulary } = tokenizer;
  if (sentence === undefined) {
    const rng = createRng(seed).fork(`passage ${draw}`).fork('pair');
    const passage = pairing.apply(
      documents,
      pairing.draw(documents, { ...pairing.defaults, ...pairingOptions, maxLength, frame }, vocabulary, rng),
    );
    const [a, b] = passage.origin ?? [];
    return {
      sequence: pack(passage, vocabulary, frame, maxLength),
      documentStart: a && b && a.document !== b.document ? passage.a.length + (isBare ? 0 : 2) : undefined,
      remarks: [],
    };
  }
  const ids = tokenizer.encode(sentence);
  if (ids.length === 0) {
    throw new AppError(
      'bad-text',
      'There is no text to work on. Write a sentence, or take one from the corpus.',
      'sentence',
    );
  }
  const room = roomFor(1, { maxLength, frame });
  const read = ids.slice(0, room);
  const unknown = read.filter((id) => id === vocabulary.unknownId).length;
  return {
    sequence: pack({ a: read }, vocabulary, frame, maxLength),
    remarks: [
      ...(ids.length > room
        ? [
            `Only the first ${room} of ${ids.length} tokens fit into ${maxLength}${isBare ? '' : ' with the frame'}; the rest is left out.`,
          ]
        : []),
      ...saidOfUnknown(unknown, read.length, vocabulary.tokens[vocabulary.unknownId]!),
    ],
  };
}

/** What a sentence of the reader's own begins as: the caller's, or the text that was drawn. */
export const firstWords = (
  { sentence }: TapeState,
  text: Packed | undefined,
  { tokenizer, frame }: Pick<TapeTools, 'tokenizer' | 'frame'>,
): string => {
  const ids = text?.sequence.ids ?? [];
  return sentence ?? tokenizer.decode(frame === 'none' ? ids : ids.slice(1, -1));
};

/** All draws of a noising about a text. */
export const noiseOf = (state: TapeState, { sequence }: Packed, { noising, tokenizer }: TapeTools): unknown =>
  drawsOf(noising, sequence, state, state.options, tokenizer.vocabulary);

/** A text with the draws of a noising, as far as the tape is played. */
export interface PlayedText extends Played {
  readonly text: Packed;
  readonly example: Example;
  readonly notes: readonly Note[];
}

/** What there is to see of a text; `draws` stands in for what the state draws. */
export function playText(
  state: TapeState,
  text: Packed,
  tools: TapeTools,
  draws: unknown = noiseOf(state, text, tools),
): PlayedText {
  const { noising, tokenizer } = tools;
  const played = play(noising, text.sequence, draws, state, tokenizer.vocabulary);
  const { cut } = played;
  return { ...played, text, example: noising.apply(text.sequence, cut), notes: noising.explain(text.sequence, cut) };
}
