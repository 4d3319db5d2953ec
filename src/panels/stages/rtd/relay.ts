import { createRng } from '../../../core/rng.ts';
import type { RelayToken } from '../../../figures/relay.ts';
import { type Example, IGNORE, type Sequence } from '../../../objectives/objective.ts';
import type { RtdDraws } from '../../../objectives/rtd/index.ts';
import type { Vocabulary } from '../../../text/document.ts';
import { sigmoid, softmax } from '../../../training/frame.ts';
import type { Snapshot } from '../../../training/protocol.ts';
import type { TapeState } from '../../tape.ts';

/** Only what the generator reads, nothing scored: both networks then read these very ids. */
export const reading = (ids: readonly number[], { segments }: Pick<Sequence, 'segments'>): Example => ({
  inputIds: ids,
  segments,
  labels: ids.map(() => IGNORE),
});

/**
 * The draws with every substitute sampled from a generator: logits [1, seq, vocab] of what it was given. A place has a
 * stream of its own, so that drawing one anew leaves the others. Clark et al. 2020, §2.
 */
export function sampledBy(draws: RtdDraws, { shape, data }: Snapshot, { seed, draw, redraws }: TapeState): RtdDraws {
  const width = shape.at(-1) ?? 1;
  const rng = createRng(seed).fork(`generator ${draw}`);
  return {
    steps: draws.steps.map((step, index) => {
      if (step.kind !== 'sample') return step;
      const { position } = step;
      const shares = softmax(data.subarray(position * width, (position + 1) * width));
      const times = redraws.filter((one) => one === index).length;
      const id = rng.fork(`place ${position}, ${times}`).pick([...shares]);
      return { ...step, id, chance: shares[id]! };
    }),
  };
}

/** P(replaced) of each token: the sigmoid of the discriminator's logits [1, seq]. Clark et al. 2020, §2. */
export const sharesOf = ({ data }: Snapshot, length: number): readonly number[] =>
  Array.from(data.subarray(0, length), sigmoid);

/** Each token on its way through both models; before all draws are made, nobody judges it. */
export function relayOf(
  { ids }: Sequence,
  { inputIds, generatorIds = ids }: Example,
  { steps }: RtdDraws,
  vocabulary: Vocabulary,
  shares: readonly number[] | undefined,
  isWhole = true,
): readonly RelayToken[] {
  const filled = new Set(steps.flatMap((step) => (step.kind === 'sample' ? [step.position] : [])));
  const spell = (id: number | undefined) => vocabulary.tokens[id ?? -1] ?? '?';
  return ids.map((id, position) => {
    const isOpen = !isWhole && generatorIds[position] !== id && !filled.has(position);
    return {
      original: spell(id),
      given: spell(generatorIds[position]),
      sampled: isOpen ? '?' : spell(inputIds[position]),
      filled: filled.has(position),
      ...(isOpen ? { open: true } : {}),
      ...(isWhole ? {} : { unasked: true }),
      special: vocabulary.isSpecial(id),
      share: shares?.[position],
    };
  });
}
