import type { Row } from '../../figures/model-picture.ts';
import type { Piece } from '../../models/block.ts';
import { endOf, namesOf, noText, type Place, placeOf, type Question, titled, tooLong } from './block-question.ts';
import { type HeadQuestion, headQuestion } from './head-question.ts';
import { type MapNames, mapOf, type Narrowing, type NormNames, narrowingOf, normOf } from './head-weights.ts';
import { type KernelQuestion, kernelQuestion } from './kernel-numbers.ts';
import type { Seen } from './model.ts';
import { weightShapes } from './weight-shapes.ts';

/** How a norm of a layer works. */
export interface NormKind {
  readonly isNormed: boolean;
  readonly epsilon: number;
}
export interface NormBy extends NormKind, NormNames {}

/** One feed-forward network: two maps and the norm behind the sum with what went in. */
export interface FeedNames {
  readonly widen: MapNames;
  readonly narrow: MapNames;
  readonly norm: NormBy;
}

/** What a run is to be asked so that the feed-forward part of a layer can be computed. */
export interface FeedQuestion extends Question {
  readonly tokens: readonly string[];
  readonly places: readonly number[];
  /** What looks about before: heads, kernels or both. */
  readonly heads?: HeadQuestion | undefined;
  readonly kernels?: KernelQuestion | undefined;
  /** What brings together what was found, and the norm behind the sum with what asked. */
  readonly gather: MapNames;
  readonly attended: NormBy;
  /** Where a layer is narrow inside: the way in. */
  readonly wayIn?: Narrowing | undefined;
  readonly feeds: readonly FeedNames[];
  /** How many parts a map of a name is cut into; absent: it is whole. */
  readonly groups: Readonly<Record<string, number>>;
  readonly activation: string;
  /** The taps of what asks, and of the last network's units. */
  readonly asking: string;
  readonly inner: string;
  /** Where the layer ends in what its last network gives; absent: something comes behind that. */
  readonly end?: string | undefined;
}

/** How the architectures spell what brings heads together. */
const gathers = ['attention.output.dense', 'attention.dense', 'out_lin', 'out_proj', 'o_net'] as const;

const normAfter = (pieces: readonly Piece[], from: number): NormNames | undefined =>
  normOf(namesOf(pieces.slice(from).find(({ kind }) => kind === 'norm')));

/** The two maps of a network in the order in which they are used. */
function mapsOf(piece: Piece): readonly MapNames[] {
  const names = namesOf(piece);
  return names
    .filter((name) => name.endsWith('.weight'))
    .map((weight) => {
      const bias = weight.replace(/weight$/, 'bias');
      return { weight, bias: names.includes(bias) ? bias : undefined };
    });
}

/** A norm without an entry in the configuration has what the published code has. */
const usualEpsilon = { bart: 1e-5, distilbert: 1e-12 } as const;
export function normKind({ blueprint, config }: Pick<Place, 'blueprint' | 'config'>): NormKind {
  const { norm, epsilon } = config as { readonly norm?: string; readonly epsilon?: number };
  const usual = usualEpsilon[blueprint.id as keyof typeof usualEpsilon] ?? 0;
  return { isNormed: norm !== 'no_norm', epsilon: epsilon ?? usual };
}

/** What is to be asked for the feed-forward part of a layer, or in a sentence why it cannot be computed. */
export function feedQuestion(seen: Seen, rows: readonly Row[], id: string): FeedQuestion | string {
  const place = placeOf(seen, rows, id);
  if (!place) return noText;
  const { pieces, block, blueprint, config, example, tokens } = place;
  const attentions = block.pieces.filter(({ kind }) => kind === 'attention').length;
  const [heads, kernels] = [
    attentions > 0 ? headQuestion(seen, rows, id, attentions - 1) : undefined,
    titled(block.pieces, 'span kernels') ? kernelQuestion(seen, rows, id) : undefined,
  ];
  if (typeof heads === 'string') return heads;
  if (typeof kernels === 'string') return kernels;
  const asking = heads?.asking ?? kernels?.state;
  if (!example || tokens.length === 0) return noText;
  if (tokens.length > seen.run.recipe.maxLength) return tooLong;
  const kind = normKind(place);
  const normed = (names: NormNames | undefined): NormBy | undefined => names && { ...names, ...kind };
  const last = pieces.findLastIndex((one) => one.kind === 'attention' || one.title === 'span kernels');
  const found = [...namesOf(pieces[last]), ...namesOf(titled(pieces, 'output of both'))];
  const raw = found.find((name) => name.endsWith('.o'));
  const gather = gathers.flatMap((name) => mapOf(found, name) ?? [])[0] ?? (raw ? { weight: raw } : undefined);
  const attended = normed(normAfter(pieces, last));
  const feeds = pieces.flatMap((piece, i): FeedNames[] => {
    const [widen, narrow] = piece.kind === 'feed-forward' ? mapsOf(piece) : [];
    const norm = normed(normAfter(pieces, i));
    return widen && narrow && norm ? [{ widen, narrow, norm }] : [];
  });
  const inner = block.pieces.flatMap(({ taps }) => taps).find((tap) => tap.includes('inner.'));
  const isLast = pieces.slice(pieces.findLastIndex((one) => one.kind === 'feed-forward') + 1).length === 2;
  const end = isLast ? endOf(block) : undefined;
  if (!gather || !attended || feeds.length === 0 || !inner || !asking) return 'There is no feed-forward part here.';
  const shapes = weightShapes(blueprint, config);
  const parts = feeds.flatMap(({ widen, narrow }) =>
    [widen, narrow].map(({ weight }) => [weight, shapes.get(weight)?.length === 3 ? shapes.get(weight)![0]! : 1]),
  );
  return {
    name: `${id}, feed-forward`,
    example,
    taps: [...new Set([...(heads?.taps ?? []), ...(kernels?.taps ?? []), inner, ...(end === undefined ? [] : [end])])],
    tokens,
    places: heads?.places ?? [...tokens.keys()],
    heads,
    kernels,
    gather,
    attended,
    wayIn: narrowingOf(pieces, 'way in', config),
    feeds,
    groups: Object.fromEntries(parts),
    activation: (config as { readonly activation?: string }).activation ?? 'relu',
    asking,
    inner,
    end,
  };
}
