import type { Chip } from '../figures/chips.ts';
import type { Probe } from '../figures/probes.ts';
import type { Example } from '../objectives/objective.ts';
import type { Vocabulary } from '../text/document.ts';
import { shownToken } from '../text/shown.ts';
import { guessesOf } from '../training/frame.ts';
import type { Snapshot } from '../training/protocol.ts';
import { probeOf } from './guess-words.ts';

/** The packed tokens of a sentence as the model gets them, a dot where one is asked for. */
export function probeChips(
  tokens: readonly string[],
  example: Pick<Example, 'inputIds'> | undefined,
  hidden: readonly number[],
  vocabulary: Vocabulary,
): readonly Chip[] {
  const { maskId } = vocabulary;
  return tokens.map((token, position): Chip => {
    const id = vocabulary.idOf(token) ?? vocabulary.unknownId;
    const special = vocabulary.isSpecial(id);
    const own = special ? token : shownToken(vocabulary, id);
    if (special || !example || !hidden.includes(position)) return { token: own, special };
    const shown = example.inputIds[position] ?? id;
    if (shown === id) return { token: own, special, scored: true };
    const mark = shown === maskId ? 'hidden' : 'replaced';
    return { token: shownToken(vocabulary, shown), special, mark, original: own, scored: true };
  });
}

/** What the model says at every scored place of an example; its logits as `guessesOf` takes them. */
export const predictions = (example: Example, logits: Snapshot, vocabulary: Vocabulary): readonly Probe[] =>
  guessesOf(example, logits).map((guess) => probeOf(guess, vocabulary));
