import type { AppError } from '../core/errors.ts';
import { flatten, type Leaf, sizeOf } from '../core/params.ts';
import { type Extent, fits, flatExtent, inDigits, type Limits, sheetExtent, tooLarge } from '../core/textures.ts';
import type { AnyBlueprint } from '../models/architecture.ts';
import { noisingFacts } from '../objectives/facts.ts';
import { expectedBytes } from './fit.ts';
import type { AskedModel } from './watch.ts';

/** The longest sentence that a model from a file is asked about, in tokens: more can be read in no picture. */
export const mostTokens = 64;

/** The longest sentence that a model of this configuration reads, in tokens. */
export function roomOf(config: object): number {
  const { maxLength = mostTokens } = config as { readonly maxLength?: unknown };
  return typeof maxLength === 'number' ? Math.min(mostTokens, maxLength) : mostTokens;
}

/** What a model can be asked that came in files, told by what its paper trains it with. */
export function questionsAsked({ questions, recipe }: AnyBlueprint): Pick<AskedModel, 'questions' | 'asks'> {
  const asks = noisingFacts[recipe.noising]?.asks;
  // What a decoder writes is read off it while it is given the original.
  return { questions, asks: asks === 'text' ? 'tokens' : asks };
}

/** Numbers that a weight writes for one token: a map [out, in], or [in, head, width]; a table of words its guesses. */
const outputsOf = ({ shape }: Leaf): number => (shape.length > 2 ? sizeOf(shape.slice(1)) : (shape[0] ?? 0));

/** Bytes of graphics memory that reading one sentence takes: the weights, and what each of them writes. */
export function viewBytes({ spec }: Pick<AnyBlueprint, 'spec'>, config: object): number {
  const leaves = flatten(spec(config)).map(([, leaf]) => leaf);
  const weights = leaves.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const written = leaves.reduce((sum, leaf) => sum + (leaf.shape.length > 1 ? outputsOf(leaf) : 0), 0);
  return 4 * (weights + 2 * roomOf(config) * written);
}

/** Says that a model takes more memory than a page may count on; it is no reason not to try. */
export function strainOfView(blueprint: AnyBlueprint, config: object): string | undefined {
  const bytes = viewBytes(blueprint, config);
  if (bytes <= expectedBytes) return undefined;
  return `This model takes about ${(bytes / 2 ** 30).toFixed(1)} GB of the memory of the graphics card, and a page may count on 2 GB. Where there is less, the browser ends it. A smaller model of the same kind shows the same.`;
}

/** `too-large` where a weight, or what one writes, fits no texture of a device. */
export function misfitOfView({ spec, name }: AnyBlueprint, config: object, limits: Limits): AppError | undefined {
  const advice = `Choose a smaller ${name}, or open this page on a device with a larger graphics card.`;
  const arrays = flatten(spec(config)).flatMap(([weight, leaf]): (readonly [string, Extent])[] => [
    [`The weight ${weight} [${leaf.shape.map(inDigits).join(', ')}] needs`, flatExtent(sizeOf(leaf.shape))],
    [`What ${weight} makes of ${roomOf(config)} tokens needs`, sheetExtent(roomOf(config), outputsOf(leaf), limits)],
  ]);
  const side = ([, { width, height }]: readonly [string, Extent]) => Math.max(width, height);
  const [largest] = arrays.filter(([, extent]) => !fits(extent, limits)).toSorted((a, b) => side(b) - side(a));
  return largest && tooLarge(largest[0], largest[1], limits, advice);
}

/** Throws `too-large` where a model does not fit a device; nothing lies in textures where there are no limits. */
export function checkView(blueprint: AnyBlueprint, config: object, limits: Limits | undefined): void {
  const misfit = limits && misfitOfView(blueprint, config, limits);
  if (misfit) throw misfit;
}
