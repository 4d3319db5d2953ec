import { AppError } from '../core/errors.ts';
import { fits, inDigits, type Limits, takeLess, tooLarge } from '../core/textures.ts';
import { arraysOf, type Sizes, type StepArray, sizesOf, type Writing } from './arrays.ts';
import { type Run, runFields } from './run.ts';

/** What may be turned down, the cheapest for what is learned first. */
const dials = ['batchSize', 'layers', 'maxLength', 'hidden', 'vocabSize'];

/**
 * Bytes that a page may count on. WebGL says of no device how many there are; built-in graphics share a few GB with all
 * other programs, and a browser takes a context away that asks for more than there is.
 */
export const expectedBytes = 2 ** 31;

const withVocab = (run: Run, vocabSize: number): Sizes => sizesOf(run, Math.min(vocabSize, run.text.vocabSize));

/** The dial that makes a run good, and the largest value of it that does; undefined where none alone can. */
function turnDown(run: Run, isGood: (run: Run) => boolean) {
  for (const key of dials) {
    const { label, kind, get, set } = runFields.find((one) => one.key === key)!;
    if (kind.type !== 'number') continue;
    // A width is shared evenly by the heads.
    const unit = key === 'hidden' ? run.model.size.heads : 1;
    let good = Math.ceil(kind.min / unit) - 1;
    let bad = Math.ceil(Number(get(run)) / unit);
    const lowest = good;
    while (bad - good > 1) {
      const middle = Math.floor((good + bad) / 2);
      if (isGood(set(run, middle * unit))) good = middle;
      else bad = middle;
    }
    if (good > lowest) return { key, advice: `Set ${label} to at most ${good * unit}` };
  }
  return undefined;
}

/** What needs the texture of an array. */
function needing(kind: StepArray['kind'], { batch, length, heads, slots, vocab, weights }: Sizes): string {
  const rows = `${batch} rows of ${length} tokens`;
  switch (kind) {
    case 'tokens':
      return `A step that reads ${rows} needs`;
    case 'scores':
      return `Attention over ${rows} with ${heads} heads needs`;
    case 'guesses':
      return `The ${inDigits(slots)} guesses of a step among ${inDigits(vocab)} tokens need`;
    case 'weights':
      return `All ${inDigits(weights)} weights together need`;
  }
}

const side = ({ extent }: StepArray): number => Math.max(extent.width, extent.height);

/**
 * `too-large` where an array of a run fits no texture of a device: how large it is, and which setting to turn down how
 * far.
 */
export function misfitOf(run: Run, vocabSize: number, limits: Limits): AppError | undefined {
  const sizes = withVocab(run, vocabSize);
  const misfits = arraysOf(sizes, limits).filter(({ extent }) => !fits(extent, limits));
  const [largest] = misfits.toSorted((a, b) => side(b) - side(a));
  if (!largest) return undefined;
  const { kind, extent } = largest;
  /** Whether another run fits, or as much of it as is of a kind. */
  const isGood = (other: Run, of?: StepArray['kind']) =>
    arraysOf(withVocab(other, vocabSize), limits).every(
      (one) => (of !== undefined && one.kind !== of) || fits(one.extent, limits),
    );
  const dial = turnDown(run, isGood) ?? turnDown(run, (other) => isGood(other, kind));
  return tooLarge(needing(kind, sizes), extent, limits, dial ? `${dial.advice}.` : takeLess, dial?.key);
}

/** Throws `too-large` where a run does not fit a device; nothing lies in textures where there are no limits. */
export function checkFit(run: Run, vocabSize: number, limits: Limits | undefined): void {
  const misfit = limits && misfitOf(run, vocabSize, limits);
  if (misfit) throw misfit;
}

/** Numbers that some weights, activations and attentions write for a token. */
const writtenBy = ({ mapped, activated, normed, width, attentions }: Writing): number =>
  mapped + activated + normed + attentions * width;

const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0);

/**
 * How many arrays a step makes of what there is, counted in its textures. Fused: of what a layer writes each with its
 * gradient and, behind norms, the sum where two paths meet; of scores also the probabilities; at the ends of the
 * layers what is looked up, what is normed, and the gradients of both; of guesses their gradient; of weights and their
 * two running means each before and after the update, the gradient, and that of each product; of tables one more.
 */
const made = {
  fused: { layers: 1, scores: 3, ends: 4, guesses: 2, weights: 8, tables: 1, slotMaps: 1 },
  plain: { layers: 3.8, scores: 7, ends: 27, guesses: 14, weights: 48, tables: 12, slotMaps: 8 },
} as const;

/** Drawing from guesses takes so many arrays more, in plain ops. */
const sampling = 12;

/**
 * What a stream of slots takes beside its layers: at every token its queries, what they find and the gradients of both,
 * in parts; and who may see whom in each row, in plain ops from the batch's masks to those of both streams.
 */
const ofSlotMaps = ({ batch, length, keys, hidden, slotMaps }: Sizes): number =>
  slotMaps > 0 ? batch * length * (6 * slotMaps * hidden + 11 * keys) : 0;

/**
 * Bytes of all textures that a step has made when it is done, in use or waiting to be used again: what the graphics
 * card has to hold. Until its end a step gives next to nothing back.
 */
export function bytesOf(sizes: Sizes): number {
  const { batch, length, scores, heads, hidden, slots, vocab, layers, maps, slotMaps, passes } = sizes;
  const times = made[sizes.isPlain ? 'plain' : 'fused'];
  const tokens = batch * length;
  /** Tokens that pass a layer: more than a batch has where layers share weights or there are two streams. */
  const passing = (passes * tokens + slotMaps * slots) / layers.length;
  const ofLayers = sum(layers.map((layer) => passing * (2 * writtenBy(layer) + layer.normed)));
  // A head is as wide in narrow layers as in wide ones.
  const allHeads = (maps * heads * sum(layers.map(({ width }) => width / hidden))) / layers.length;
  const ofScores = allHeads * batch * scores.rows * scores.cols;
  const asked = sizes.isAskedEverywhere ? tokens : slots;
  const guesses = (sizes.isTaught ? tokens : slots) * vocab;
  return (
    4 *
    (times.layers * (ofLayers + 2 * asked * writtenBy(sizes.answering)) +
      times.scores * ofScores +
      times.ends * sizes.stacks * tokens * hidden +
      (times.guesses + (sizes.isSampled ? sampling : 0)) * guesses +
      times.weights * sizes.weights +
      times.tables * sizes.tables +
      times.slotMaps * ofSlotMaps(sizes))
  );
}

/** Says that a run takes more memory than a page may count on; it is no reason not to try. */
export function strainOf(run: Run, vocabSize: number): string | undefined {
  const bytes = bytesOf(withVocab(run, vocabSize));
  if (bytes <= expectedBytes) return undefined;
  const dial = turnDown(run, (other) => bytesOf(withVocab(other, vocabSize)) <= expectedBytes);
  const advice = dial ? `${dial.advice} to stay below 2 GB.` : takeLess;
  return `A step of this run takes about ${(bytes / 2 ** 30).toFixed(1)} GB of the memory of the graphics card. Where there is less, the run stops. ${advice}`;
}

/** How TensorFlow.js says that a texture is too large. */
const raw = /^Requested texture size \[(\d+)x(\d+)\] greater than WebGL maximum on this browser \/ GPU \[(\d+)x/;

/** Any error as a sentence for the person at the screen. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const said = error instanceof Error ? error.message : String(error);
  const sides = raw.exec(said);
  if (!sides) return new AppError('internal', `Something went wrong in the training itself: ${said}`);
  const [width = 0, height = 0, largest = 0] = sides.slice(1).map(Number);
  return tooLarge('An array of this run needs', { width, height }, { largest }, takeLess, 'batchSize');
}
