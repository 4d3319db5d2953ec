import { sizeOf } from '../../core/params.ts';
import type { Chip } from '../../figures/chips.ts';
import type { Answer, DrawnBlock, DrawnMap, Row } from '../../figures/model-picture.ts';
import type { MapPattern } from '../../models/architecture.ts';
import type { Block } from '../../models/block.ts';
import { blocksOf, patternsOf } from '../../models/pictures.ts';
import { pairingFacts } from '../../objectives/facts.ts';
import { IGNORE } from '../../objectives/objective.ts';
import type { Vocabulary } from '../../text/document.ts';
import { shownToken } from '../../text/shown.ts';
import { blueprintOf } from '../../training/model.ts';
import type { Bytes, Frame, ProbeRows } from '../../training/probed.ts';
import type { Run } from '../../training/run.ts';
import type { AskedModel } from '../../training/watch.ts';
import { weightShapes } from './weight-shapes.ts';

/** What a picture of the model is made from. */
export interface Seen {
  readonly run: Run;
  readonly vocabulary: Vocabulary;
  readonly probe: ProbeRows;
  readonly frame: Frame;
}

/** The architecture all others are held against. */
export const first = 'bert';
/** Guesses under a place. */
const most = 3;

/** The text that is read; where only an order keeps a token out of sight, it stands there all the same. */
function inputChips({ run, probe, vocabulary }: Seen): readonly Chip[] {
  const [example] = probe.examples;
  if (!example) return [];
  const { inputIds, labels, segments, shift = 0 } = example;
  const isPair = segments.includes(1);
  /** A row that is longer than those of its training is read on in there, segment by segment. */
  const startsSegment = (place: number) => place > 0 && place % run.recipe.maxLength === 0;
  const asked = new Set(labels.flatMap((label, place) => (label === IGNORE ? [] : [place + shift])));
  const isWritten = example.decoderInputIds !== undefined;
  return inputIds.map((id, place): Chip => {
    const segment = isPair ? (Math.min(1, segments[place] ?? 0) as 0 | 1) : undefined;
    const token = shownToken(vocabulary, id);
    const plain = {
      token,
      special: vocabulary.isSpecial(id) && id !== vocabulary.maskId,
      segment,
      ...(startsSegment(place) && { startsSegment: true }),
    };
    if (isWritten) return id === vocabulary.maskId ? { ...plain, mark: 'hidden' } : plain;
    if (!asked.has(place)) return plain;
    const original = shownToken(vocabulary, probe.original[place]);
    if (token === original) return { ...plain, scored: true };
    const mark = id === vocabulary.maskId ? 'hidden' : 'replaced';
    return { token, mark, original, scored: true };
  });
}

/** The stack that judges what another one filled in: of two networks the last. */
export const judgeOf = (blocks: readonly Block[]): string | undefined =>
  blocks.findLast(({ kind, stack }) => kind === 'layer' && stack !== undefined)?.stack;

/** Every text of the picture: what is read, what a judge reads of it, what is written. */
function rowsOf(seen: Seen, blocks: readonly Block[]): readonly Row[] {
  const { frame, vocabulary, probe } = seen;
  const rows: Row[] = [{ side: 'input', chips: inputChips(seen) }];
  const judge = judgeOf(blocks);
  if (frame.judged && judge !== undefined) {
    const chips = frame.judged.map(({ id }, place): Chip => {
      const original = probe.original[place];
      const special = vocabulary.isSpecial(id);
      return id === original
        ? { token: shownToken(vocabulary, id), special }
        : { token: shownToken(vocabulary, id), mark: 'substituted', original: shownToken(vocabulary, original) };
    });
    rows.push({ side: 'input', stack: judge, chips });
  }
  if (frame.written) {
    const chips = frame.written.map(({ id }) => ({
      token: shownToken(vocabulary, id),
      special: vocabulary.isSpecial(id),
    }));
    rows.push({ side: 'decoder', chips });
  }
  return rows;
}

/** A loop, and not `from`, which asks an iterator for each number: a playhead does this at every frame it passes. */
function scaled(bytes: Bytes['data'], scale: number): Float32Array {
  const values = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) values[i] = bytes[i]! * scale;
  return values;
}

/** The heads of one tap. */
function mapsOf(tap: string, { shape, data, scale }: Bytes, { rows, columns }: MapPattern): readonly DrawnMap[] {
  const [heads = 0, queries = 0, keys = 0] = shape;
  const size = queries * keys;
  return Array.from({ length: heads }, (_, head) => ({
    id: `${tap}|${head}`,
    head,
    weights: scaled(data.subarray(head * size, (head + 1) * size), scale),
    rows: rows.places ?? Array.from({ length: queries }, (_row, place) => place),
    columns: keys,
    columnSide: columns.of,
  }));
}

/** The least is 0 and the greatest 1: it is the differences among tokens that tell something. */
function spread(bytes: Bytes['data']): Float32Array {
  const [low, high] = [Math.min(...bytes), Math.max(...bytes)];
  return Float32Array.from(bytes, (byte) => (byte - low) / Math.max(1, high - low));
}

/** What a head says, under the places it says it of. */
function answersOf({ id }: Block, { frame, vocabulary, run, probe }: Seen): readonly Answer[] | undefined {
  if (id.includes('pair') && frame.verdicts) {
    const [yes, no] = pairingFacts[run.recipe.pairing]?.labels ?? ['yes', 'no'];
    const share = frame.verdicts[0] ?? 0;
    const guesses = [
      { token: yes, share },
      { token: no, share: 1 - share },
    ];
    return [{ place: 0, guesses, truth: probe.examples[0]?.pairLabel === 0 ? yes : no }];
  }
  if (!id.includes('word')) return undefined;
  return frame.guesses?.map(({ place, truth, top }) => ({
    place,
    guesses: top.slice(0, most).map(({ id: token, share }) => ({ token: shownToken(vocabulary, token), share })),
    truth: shownToken(vocabulary, truth.id),
  }));
}

/** What of a model's picture is the same at every step. */
export function planOf(run: Run, vocabSize: number) {
  return planFor(blueprintOf(run, vocabSize));
}

/** The same of a model that no run describes. */
export function planFor({ blueprint, config }: Pick<AskedModel, 'blueprint' | 'config'>) {
  const shapes = weightShapes(blueprint, config);
  const blocks = blocksOf(blueprint, config).map((block) => {
    const names = block.pieces.flatMap(({ parameters }) => parameters);
    return { block, weights: names.reduce((sum, name) => sum + sizeOf(shapes.get(name) ?? [0]), 0) };
  });
  return { blueprint, config, blocks };
}

/** Everything of a model at one step, as its picture takes it. */
export function modelOf(seen: Seen, plan = planOf(seen.run, seen.vocabulary.size)) {
  const { frame, probe } = seen;
  const { blueprint, config } = plan;
  const blocks = plan.blocks.map(({ block }) => block);
  const [example] = probe.examples;
  const writing = frame.written && example && { ...example, decoderInputIds: frame.written.map(({ id }) => id) };
  const patterns = example ? patternsOf(blueprint, config, writing ?? example) : [];
  /** Where the rows of a stack stand that has not one for each token. */
  const placesOf = (stack: string | undefined) => {
    const taps = blocks.flatMap((block) => (block.stack === stack ? block.pieces.flatMap((piece) => piece.taps) : []));
    return patterns.find((one) => one.rows.places && taps.some((tap) => one.taps.includes(tap)))?.rows.places;
  };
  const drawn = plan.blocks.map(({ block, weights }): DrawnBlock => {
    const { id, title, kind, side, stack, again, pieces } = block;
    const taps = pieces.flatMap((piece) => piece.taps);
    const groups = taps.flatMap((tap) => {
      const pattern = patterns.find((one) => one.taps.includes(tap));
      const bytes = frame.values[tap];
      return pattern && bytes ? [mapsOf(tap, bytes, pattern)] : [];
    });
    const state = frame.values[taps.findLast((tap) => tap.includes('hidden.')) ?? ''];
    const inner = frame.values[taps.find((tap) => tap.includes('inner.')) ?? ''];
    return {
      id,
      title,
      kind,
      side,
      stack,
      weights,
      places: placesOf(stack),
      again: again === undefined ? undefined : blocks.find((one) => one.id === again)?.title,
      maps: groups.length > 0 ? groups : undefined,
      state: state && { values: scaled(state.data, 1 / 127), width: state.shape[1] ?? 1 },
      inner: inner && spread(inner.data),
      answers: answersOf(block, seen),
    };
  });
  return { rows: rowsOf(seen, blocks), blocks: drawn };
}
