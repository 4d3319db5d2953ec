import { createRng } from '../core/rng.ts';
import type { Epochs, HoleKind } from '../figures/epoch-rows.ts';
import { pack } from '../objectives/make.ts';
import { type MlmDraws, objective } from '../objectives/mlm/index.ts';
import { completeOptions } from '../objectives/options.ts';
import type { Vocabulary } from '../text/document.ts';

/** What is drawn again and again. */
export interface EpochChoice {
  /** A run of text, without its frame. */
  readonly ids: readonly number[];
  readonly seed: string;
  /** Stored masks; 0: a new one each time. */
  readonly copies: number;
  readonly epochs: number;
  /** How often each epoch was drawn again, by its number from 0 on. */
  readonly again?: Readonly<Record<number, number>>;
}

const kinds: Readonly<Record<'mask' | 'random' | 'keep', HoleKind>> = {
  mask: 'hidden',
  random: 'replaced',
  keep: 'kept',
};

/** Each place that is asked for, with what is shown there. */
const holesOf = ({ steps }: MlmDraws) =>
  steps.flatMap((step) => (step.kind === 'outcome' ? [{ place: step.about - 1, kind: kinds[step.outcome] }] : []));

/**
 * One text in each of its epochs: a stream for each epoch, so that an epoch is the same whenever it is drawn. It is
 * the objective itself that draws, so stored masks are those that training meets. `inputs` are the ids that are shown,
 * without the frame. Liu et al. 2019, §4.1.
 */
export function drawEpochs(
  { ids, seed, copies, epochs, again = {} }: EpochChoice,
  vocabulary: Vocabulary,
): Epochs & { readonly inputs: readonly (readonly number[])[] } {
  const options = completeOptions(objective, { copies });
  const sequence = pack({ a: ids }, vocabulary);
  const draws = Array.from({ length: epochs }, (_, epoch) => {
    const repeat = again[epoch] ?? 0;
    const stream = createRng(seed).fork(`epoch ${epoch}`);
    return objective.draw(sequence, options, vocabulary, repeat > 0 ? stream.fork(`again ${repeat}`) : stream);
  });
  const rows = draws.map((one, epoch) => ({
    label: `epoch ${epoch + 1}`,
    holes: [...holesOf(one)].sort((a, b) => a.place - b.place),
  }));
  const inputs = draws.map((one) => objective.apply(sequence, one).inputIds.slice(1, -1));
  // What is shown counts as well: a token may be swapped for another one each time.
  const keys = rows.map(({ holes }, epoch) => JSON.stringify([holes, inputs[epoch]]));
  const sameAs = keys.map((key, i) => {
    const before = keys.lastIndexOf(key, i - 1);
    return i > 0 && before >= 0 ? before : undefined;
  });
  const seen = new Set<number>();
  let different = 0;
  const covered: number[] = [];
  const law: number[] = [];
  rows.forEach(({ holes }, i) => {
    for (const { place } of holes) seen.add(place);
    if (sameAs[i] === undefined) different += 1;
    covered.push(seen.size / ids.length);
    law.push(1 - (1 - holes.length / ids.length) ** different);
  });
  return { tokens: ids.map((id) => vocabulary.tokens[id]!), rows, sameAs, covered, law, inputs };
}
