import { createRng } from '../core/rng.ts';
import type { Source } from '../figures/pair.ts';
import type { AnyOptions, AnyPairing } from '../objectives/catalog.ts';
import { pack } from '../objectives/make.ts';
import { type Decision, type Example, IGNORE, type Origin, type Sequence } from '../objectives/objective.ts';
import { completeOptions } from '../objectives/options.ts';
import type { PairDraws } from '../objectives/pairs/steps.ts';
import type { Document, Tokenizer } from '../text/document.ts';
import type { Exact } from '../text/exact.ts';
import type { Snapshot } from '../training/protocol.ts';
import { softmax } from './predictions.ts';

/** Everything that fixes a pair on the page. */
export interface PairState {
  readonly seed: string;
  /** How many times all was drawn anew. */
  readonly draw: number;
  /** Which decisions were then drawn anew one by one, in this order. */
  readonly redraws: readonly number[];
  /** How many decisions are shown; absent: all. */
  readonly at?: number;
}

export interface PairTools {
  readonly pairing: AnyPairing;
  readonly options: AnyOptions;
  /** Longest packed sequence. */
  readonly maxLength: number;
  readonly documents: readonly Document[];
  readonly tokenizer: Tokenizer;
}

/** A pair after the first `at` decisions. What is not decided yet is absent. */
export interface PairView {
  readonly decisions: readonly Decision[];
  readonly at: number;
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

/** All decisions about a pair: drawn from the seed, then some of them drawn anew. */
export function pairDrawsOf({ seed, draw, redraws }: PairState, tools: PairTools): PairDraws {
  const { pairing, documents, maxLength, tokenizer } = tools;
  const options = completeOptions(pairing, { ...tools.options, maxLength });
  const rng = createRng(seed).fork(`pair ${draw}`);
  const { vocabulary } = tokenizer;
  return redraws.reduce<unknown>(
    (draws, index, k) => pairing.redraw(documents, draws, index, options, vocabulary, rng.fork(`redraw ${k}`)),
    pairing.draw(documents, options, vocabulary, rng.fork('draw')),
  ) as PairDraws;
}

export function pairView(state: PairState, draws: PairDraws, tools: PairTools): PairView {
  const { pairing, documents, tokenizer } = tools;
  const decisions = pairing.decisions(documents, draws, tokenizer.vocabulary);
  const at = Math.min(state.at ?? decisions.length, decisions.length);
  const cut = pairing.upTo(draws, at) as PairDraws;
  const passage = pairing.apply(documents, cut);
  const [a, b] = passage.origin ?? [];
  const drawn = cut.steps.flatMap((step) => (step.kind === 'document' ? [step.document] : []));
  const coinAt = cut.steps.findIndex(({ kind }) => kind === 'coin');
  const isBeforeCut = !cut.steps.some(({ kind }) => kind === 'cut');
  const { pairLabel, b: tokensB } = passage;
  const [yes, no] = labelsOf(pairing);
  const waiting = isBeforeCut ? 'One stretch of text so far, not cut yet' : 'The coin is not thrown yet';
  return {
    decisions,
    at,
    sources: [...new Set(drawn)].map((document) => ({
      document,
      lengths: documents[document]!.sentences.map(({ length }) => length),
    })),
    ...(a && { a }),
    ...(a && b && { b }),
    textA: tokenizer.decode(passage.a),
    textB: tokenizer.decode(tokensB ?? []),
    ...(coinAt >= 0 && { coin: decisions[coinAt]! }),
    verdict: pairLabel === undefined ? waiting : `Label ${pairLabel}: ${pairLabel === 0 ? yes : no}`,
    ...(tokensB && at === decisions.length && { sequence: pack(passage, tokenizer.vocabulary) }),
  };
}

/** The pair with nothing hidden and no token asked for. */
export const wholePair = ({ ids, segments, pairLabel }: Sequence): Example => ({
  inputIds: ids,
  segments,
  labels: ids.map(() => IGNORE),
  ...(pairLabel === undefined ? {} : { pairLabel }),
});

/** P(label 0) of a reader who knows the grammar and weighs both hypotheses exactly; undefined where it cannot read. */
export function bestVerdict(
  { ids }: Sequence,
  { labels, relation }: Pick<AnyPairing, 'labels' | 'relation'>,
  exact: Exact | undefined,
  isSpecial: (id: number) => boolean,
): number | undefined {
  if (!labels) return undefined;
  return exact?.read(ids, relation)?.hypotheses(ids.map((id) => (isSpecial(id) ? null : id)))?.[0];
}

/** P(label 0) by a model: softmax of its two logits [1, 2]. */
export const modelVerdict = ({ data }: Snapshot): number => softmax(data.subarray(0, 2))[0]!;
