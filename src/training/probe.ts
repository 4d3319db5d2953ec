import type { AnyPairing } from '../objectives/catalog.ts';
import { noisings, pairings } from '../objectives/catalog.ts';
import { roomFor } from '../objectives/frame.ts';
import { pack } from '../objectives/make.ts';
import { type Example, IGNORE } from '../objectives/objective.ts';
import { heldOutExamples } from './batches.ts';
import { type Data, recipeOf } from './data.ts';
import { hide } from './hiding.ts';
import { blueprintOf } from './model.ts';
import { bestVerdict, wholePair } from './pair-verdict.ts';
import type { ProbeRows, ProbeText } from './probed.ts';
import type { Run } from './run.ts';

/** Pairs that are judged. */
const pairs = 8;
/** Where no sentence is given, so many sentences of the held-out text, without its opening. */
const sentences = 2;

/** A list, if none of it is missing. */
const whole = <T>(values: readonly (T | undefined)[]): readonly T[] | undefined =>
  values.includes(undefined) ? undefined : (values as readonly T[]);

/** The sentence that is asked about where a person has given none: the first of the held-out text, cut to `room`. */
export function usualSentence({ heldOut, tokenizer }: Pick<Data, 'heldOut' | 'tokenizer'>, room: number): string {
  const ids = heldOut[0]?.sentences.slice(1, 1 + sentences).flat() ?? [];
  return tokenizer.decode(ids.slice(0, room));
}

/**
 * Tokens that a sentence may have. Who keeps what was read may be asked about as much more as it keeps: distances alone
 * are heard, so a text read in one piece gives what its segments would, one after another.
 */
function roomOf(run: Run, { vocabulary }: Data): number {
  const { maxLength, pairing } = run.recipe;
  const { blueprint, config } = blueprintOf(run, vocabulary.tokens.length);
  const kept = pairings[pairing]?.follow ? (blueprint.remembers?.(config) ?? 0) : 0;
  return roomFor(1, { maxLength: maxLength + kept, frame: blueprint.frame });
}

/** Pairs of the held-out text, nothing hidden. */
function pairRows(run: Run, data: Data, pairing: AnyPairing): ProbeRows {
  const made = heldOutExamples(data, run, pairs).map(({ sequence }) => sequence);
  return {
    examples: made.map(wholePair),
    original: made[0]?.ids ?? [],
    best: whole(made.map((one) => bestVerdict(one, pairing, data.exact, data.vocabulary.isSpecial))),
  };
}

/** A held-out text as it is spoilt, to be written back. */
function spoiltRows(run: Run, data: Data): ProbeRows {
  const [made] = heldOutExamples(data, run, 1);
  return made ? { examples: [made.example], original: made.sequence.ids } : { examples: [], original: [] };
}

/** P(truth) at each hidden place of a text read whole, by who knows the grammar. */
function bestShares({ inputIds, labels }: Example, original: readonly number[], { exact, vocabulary }: Data) {
  const places = labels.flatMap((label, place) => (label === IGNORE ? [] : [place]));
  const seen = inputIds.map((id, place) => (labels[place] === IGNORE && id !== vocabulary.maskId ? id : null));
  const posteriors = exact?.read(original)?.posteriors(seen, places);
  return posteriors && whole(posteriors.map((shares, k) => shares?.[labels[places[k]!]!]));
}

/**
 * What a run is asked: pairs of the held-out text where it judges pairs, a spoilt text where it writes, and otherwise
 * the sentence with its hidden places, read as its noising asks.
 */
export function probeRows(run: Run, data: Data, { sentence, hidden }: ProbeText): ProbeRows {
  const { frame } = recipeOf(run);
  const noising = noisings[run.recipe.noising];
  const pairing = pairings[run.recipe.pairing];
  if (pairing?.labels && data.heldOut.length > 1) return pairRows(run, data, pairing);
  if (noising?.asks === 'text') return spoiltRows(run, data);
  const room = roomOf(run, data);
  const all = data.tokenizer.encode(sentence || usualSentence(data, room));
  const ids = all.slice(0, room);
  const example = hide(ids, hidden, data.vocabulary, noising, frame);
  const original = pack({ a: ids }, data.vocabulary, frame).ids;
  const isPlain = noising?.asks === 'tokens';
  const best = isPlain ? bestShares(example, original, data) : undefined;
  return { examples: [example], original, best, ...(all.length > room && { cut: all.length - room }) };
}
