import { AppError } from '../../../core/errors.ts';
import type { ModelTokenizer } from '../../../hub/model-tokenizer.ts';
import type { AnyBlueprint } from '../../../models/architecture.ts';
import { noisings } from '../../../objectives/catalog.ts';
import type { Sequence } from '../../../objectives/objective.ts';
import { askFor, openPlaces } from '../../../training/hiding.ts';
import { roomOf } from '../../../training/look-fit.ts';
import type { ProbeRows } from '../../../training/probed.ts';

/** The sentence that a model is asked about where a person has given none. */
export const usualSentence = 'on tuesday , it was rainy , so the toad looked for honey near the forest .';

/** A sentence as a model from a file is asked about it. */
export interface Question {
  readonly probe: ProbeRows;
  readonly hidden: readonly number[];
  /** Tokens that there was no room for. */
  readonly cut: number;
}

/** What stands at the end of a packed sentence and stays when it is cut. */
function endOf(ids: readonly number[], isSpecial: (id: number) => boolean): number {
  const last = ids.findLastIndex((id) => !isSpecial(id));
  return ids.length - 1 - last;
}

/**
 * A sentence in a model's own tokens with some places hidden, as its architecture's noising asks; without `hidden` one
 * in its middle, if no `[MASK]` stands in it. Throws `AppError` where the sentence gives nothing to ask.
 */
export function questionOf(
  { blueprint, config }: { readonly blueprint: AnyBlueprint; readonly config: object },
  { encode, vocabulary, file }: ModelTokenizer,
  sentence: string,
  hidden: readonly number[] | undefined,
): Question {
  const { ids, segments } = encode(sentence.trim() || usualSentence, blueprint.frame !== 'none');
  const cut = Math.max(0, ids.length - roomOf(config));
  const end = endOf(ids, vocabulary.isSpecial);
  const kept = <T>(row: readonly T[]) =>
    cut > 0 ? [...row.slice(0, row.length - end - cut), ...row.slice(row.length - end)] : row;
  // A table with one row, as RoBERTa's and BART's, has no second segment; a token of another one would find none.
  const sequence: Sequence = { ids: kept(ids), segments: kept(segments) };
  const plain = sequence.ids.flatMap((id, place) => (vocabulary.isSpecial(id) ? [] : [place]));
  const noising = noisings[blueprint.recipe.noising];
  const open = openPlaces(sequence.ids, vocabulary, noising);
  if (plain.length === 0 && open.length === 0)
    throw new AppError('bad-text', 'This sentence has no token that could be hidden. Write another one.');
  const first = open.length === 0 ? [plain[Math.floor(plain.length / 2)]!] : [];
  const asked = hidden ? plain.filter((place) => hidden.includes(place)) : first;
  const example = askFor(sequence, [...asked, ...open], vocabulary, noising);
  if (example.inputIds.some((id) => id < 0))
    throw new AppError('bad-file', `${file} names no mask token, so nothing can be hidden. Add tokenizer_config.json.`);
  return { probe: { examples: [example], original: sequence.ids }, hidden: asked, cut };
}
