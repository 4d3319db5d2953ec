import type { Source } from '../../../figures/pair.ts';
import { type AnyPairing, pairings } from '../../../objectives/catalog.ts';
import { pack } from '../../../objectives/make.ts';
import type { Origin, Sequence } from '../../../objectives/objective.ts';
import type { PairDraws } from '../../../objectives/pairs/steps.ts';
import type { Document, Tokenizer } from '../../../text/document.ts';
import type { Data } from '../../../training/data.ts';
import { softmax } from '../../../training/frame.ts';
import type { Snapshot } from '../../../training/protocol.ts';
import type { Run } from '../../../training/run.ts';
import { drawsOf, type Played, play, type TapeState } from '../../tape.ts';

/** What the tape of a pairing is made with. */
export interface PairTools {
  readonly pairing: AnyPairing;
  /** Longest packed sequence. */
  readonly maxLength: number;
  readonly documents: readonly Document[];
  /** Whether no run has learned from these documents. */
  readonly isHeldOut: boolean;
  readonly tokenizer: Tokenizer;
}

/** The tools of a run's pairing: on text that no run has learned from, where it can be paired at all. */
export function pairToolsOf({ recipe }: Run, { heldOut, train, tokenizer }: Data): PairTools {
  const isHeldOut = heldOut.length > 1;
  const { pairing, maxLength } = recipe;
  return { pairing: pairings[pairing]!, maxLength, documents: isHeldOut ? heldOut : train, isHeldOut, tokenizer };
}

/** A pair after the first `at` decisions. What is not decided yet is absent. */
export interface PairView extends Played {
  /** The documents drawn so far, the one of the chunk first. */
  readonly sources: readonly Source[];
  readonly a?: Origin;
  readonly b?: Origin;
  readonly textA: string;
  readonly textB: string;
  readonly coin?: { readonly question: string; readonly answer: string };
  readonly verdict: string;
  /** The packed pair, once both are there. */
  readonly sequence?: Sequence;
}

/** What label 0 and label 1 say. */
export const labelsOf = ({ labels }: Pick<AnyPairing, 'labels'>): readonly [string, string] => labels ?? ['Yes', 'No'];

/** What there is to see of a pair. Throws `AppError` where the text has none. */
export function playPair(state: TapeState, { pairing, documents, maxLength, tokenizer }: PairTools): PairView {
  const { vocabulary } = tokenizer;
  const draws = drawsOf(pairing, documents, state, { ...state.options, maxLength }, vocabulary);
  const played = play(pairing, documents, draws, state, vocabulary);
  const { decisions, at } = played;
  const cut = played.cut as PairDraws;
  const passage = pairing.apply(documents, cut);
  const [a, b] = passage.origin ?? [];
  const drawn = cut.steps.flatMap((step) => (step.kind === 'document' ? [step.document] : []));
  const coinAt = cut.steps.findIndex(({ kind }) => kind === 'coin');
  const isBeforeCut = !cut.steps.some(({ kind }) => kind === 'cut');
  const { pairLabel, b: tokensB } = passage;
  const [yes, no] = labelsOf(pairing);
  const waiting = isBeforeCut ? 'One stretch of text so far, not cut yet' : 'The coin is not thrown yet';
  return {
    ...played,
    sources: [...new Set(drawn)].map((document) => ({
      document,
      lengths: documents[document]!.sentences.map(({ length }) => length),
    })),
    a,
    b: a && b,
    textA: tokenizer.decode(passage.a),
    textB: tokenizer.decode(tokensB ?? []),
    coin: decisions[coinAt],
    verdict: pairLabel === undefined ? waiting : `Label ${pairLabel}: ${pairLabel === 0 ? yes : no}`,
    sequence: tokensB && at === decisions.length ? pack(passage, vocabulary, 'bert', maxLength) : undefined,
  };
}

/** P(label 0) by a model: softmax of its two logits [1, 2]. */
export const modelVerdict = ({ data }: Snapshot): number => softmax(data.subarray(0, 2))[0]!;
