import { AppError } from '../../../core/errors.ts';
import type { Pattern } from '../../../core/pattern.ts';
import { createRng } from '../../../core/rng.ts';
import type { OrderPicture } from '../../../figures/order.ts';
import { listed } from '../../../figures/table.ts';
import { clip } from '../../../figures/text.ts';
import { type Example, IGNORE, type Sequence } from '../../../objectives/objective.ts';
import { givenOrder } from '../../../objectives/plm/index.ts';
import { contentVisible, queryVisible } from '../../../objectives/plm/mask.ts';
import type { Vocabulary } from '../../../text/document.ts';
import { noiseOf, type Packed, packed, type TapeTools } from '../../packed.ts';
import type { TapeState } from '../../tape.ts';

/** An order of reading: drawn by the objective, or given by the reader. */
export interface OrderState extends TapeState {
  readonly extra?: {
    /** `order[k]` is the position that is read k-th; absent: the drawn one. */
    readonly order?: readonly number[];
    /** So many of the last in the order are predicted; absent: as drawn. */
    readonly predicted?: number;
    /** Which number of the order is looked at, from 1; absent: the one that the tape has come to. */
    readonly number?: number;
  };
}

/** Draws until a sentence is neither a shout nor a paragraph. */
const mostTries = 40;
const shortest = 5;
const longest = 16;

/** The reader's sentence, or one of the corpus: one sentence, so that each token has room. */
export function orderText(state: OrderState, tools: TapeTools): Packed {
  if (state.sentence !== undefined) return packed(state, tools);
  const rng = createRng(state.seed).fork(`sentence ${state.draw}`);
  const { documents, tokenizer } = tools;
  const draw = () => {
    const { sentences } = documents[rng.int(documents.length)]!;
    return sentences[rng.int(sentences.length)] ?? [];
  };
  let found = draw();
  for (let tries = 1; tries < mostTries && (found.length < shortest || found.length > longest); tries++) found = draw();
  return packed({ ...state, sentence: tokenizer.decode(found) }, tools);
}

/**
 * The example: its order drawn, or the given one. Throws `AppError('bad-option')` for an order that is no permutation
 * and for a number of predicted tokens that there cannot be.
 */
export function orderExample(state: OrderState, text: Packed, tools: TapeTools): Example {
  const drawn = tools.noising.apply(text.sequence, noiseOf(state, text, tools));
  const { order = drawn.order ?? [], predicted = predictedIn(drawn) } = state.extra ?? {};
  if (state.extra?.order === undefined && state.extra?.predicted === undefined) return drawn;
  const { length } = text.sequence.ids;
  if (predicted < 1 || predicted > length) {
    const said = `${predicted} tokens cannot be predicted: there are ${length}, and one at least must be.`;
    throw new AppError('bad-option', said, 'predicted');
  }
  return tools.noising.apply(text.sequence, givenOrder(order, predicted, length));
}

const predictedIn = ({ labels }: Example): number => labels.filter((label) => label !== IGNORE).length;

/** What the example's own permutation mask lets both streams see. */
export function orderPicture(
  { inputIds, labels, order = [], permMask = [] }: Example,
  { tokens }: Vocabulary,
): OrderPicture {
  const seen = (rows: readonly (readonly number[])[]): Pattern => rows.map((row) => row.map((one) => one === 1));
  return {
    tokens: inputIds.map((id) => tokens[id] ?? '?'),
    order,
    predicted: predictedIn({ inputIds, labels, segments: [] }),
    content: seen(contentVisible(permMask)),
    query: seen(queryVisible(permMask)),
  };
}

/** How many special tokens lead the order: they stay there, for they are never predicted. */
export const leading = (order: readonly number[], { ids }: Sequence, { isSpecial }: Vocabulary): number => {
  const first = order.findIndex((position) => !isSpecial(ids[position]!));
  return first < 0 ? order.length : first;
};

/** The order with number `from` moved to the place of number `to`; the first `fixed` stay. */
export function moved(order: readonly number[], from: number, to: number, fixed: number): readonly number[] {
  if (from < fixed || from >= order.length) return order;
  const rest = order.filter((_, k) => k !== from);
  const goal = Math.min(order.length - 1, Math.max(fixed, to));
  return [...rest.slice(0, goal), order[from]!, ...rest.slice(goal)];
}

const wordsOf = (text: string): readonly string[] => text.split(/[\s,]+/).filter(Boolean);

/** Positions as a reader types them: `3 1 0, 2`. What is no number comes out as one that no order holds. */
export const parseOrder = (text: string): readonly number[] => wordsOf(text).map(Number);

/** What stands in the way of a typed order of `length` places, and what to do; undefined: nothing does. */
export function orderProblem(text: string, length: number): string | undefined {
  const last = length - 1;
  const words = wordsOf(text);
  const strange = words.find((word) => !/^\d+$/.test(word) || Number(word) > last);
  const asked = `Give each place from 0 to ${last} once, with blanks between.`;
  if (strange !== undefined) return `“${clip(strange, 12)}” is no place of this sentence. ${asked}`;
  const count = (place: number) => words.filter((word) => Number(word) === place).length;
  const places = Array.from({ length }, (_, place) => place);
  const twice = places.find((place) => count(place) > 1);
  if (twice !== undefined)
    return `Place ${twice} stands there ${count(twice) > 2 ? 'more than twice' : 'twice'}. ${asked}`;
  const missing = places.filter((place) => count(place) === 0);
  if (missing.length === 0) return undefined;
  const named = `${missing.length === 1 ? 'Place' : 'Places'} ${listed(missing.slice(0, 3).map(String))}`;
  const more = missing.length > 3 ? ` and ${missing.length - 3} more` : '';
  return `${named}${more} ${missing.length === 1 ? 'is' : 'are'} missing. ${asked}`;
}

/**
 * What stands in the way of a typed number of predicted tokens, and what to do; undefined: nothing does. `fixed` tokens
 * lead the order and are never predicted.
 */
export function predictedProblem(text: string, length: number, fixed: number): string | undefined {
  const most = length - fixed;
  const number = Number(text);
  if (text.trim() !== '' && Number.isInteger(number) && number >= 1 && number <= most) return undefined;
  const why = fixed > 0 && number > most ? `${fixed} of the ${length} tokens are never predicted. ` : '';
  return `${why}Give a whole number from 1 to ${most}.`;
}

/** What one number of the order may read, in words for the line below the picture. */
export function stepWords(
  picture: OrderPicture,
  at: number,
): { readonly name: string; readonly isPredicted: boolean; readonly reads: readonly string[] } {
  const position = picture.order[at] ?? 0;
  return {
    name: picture.tokens[position] ?? '',
    isPredicted: at >= picture.order.length - picture.predicted,
    reads: (picture.query[position] ?? []).flatMap((visible, j) => (visible ? [picture.tokens[j] ?? ''] : [])),
  };
}
