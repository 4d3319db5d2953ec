import { AppError } from '../core/errors.ts';
import { fits, inDigits, type Limits, takeLess, tooLarge } from '../core/textures.ts';
import { arraysOf, type Sizes, type StepArray, sizesOf } from './arrays.ts';
import { type Run, runFields } from './run.ts';

/** What may be turned down, the cheapest for what is learned first. */
const dials = ['batchSize', 'layers', 'maxLength', 'hidden', 'vocabSize'];

/**
 * Bytes that a page may count on. WebGL says of no device how many there are; built-in graphics share a few GB with all
 * other programs, and a browser takes a context away that asks for more than there is.
 */
const expectedBytes = 2 ** 31;

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

/**
 * Bytes that a training step keeps, about: of each attention map with the layer around it 40 arrays as wide as the
 * model and 3 of scores, of the guesses 3, of the weights 11. Measured; plain ops keep about four times as much.
 */
export function bytesOf({ batch, length, keys, heads, hidden, maps, slots, vocab, weights, isPlain }: Sizes): number {
  const layer = 40 * batch * keys * hidden + 3 * batch * heads * length * keys;
  return 4 * (isPlain ? 4 : 1) * (maps * layer + 3 * slots * vocab + 11 * weights);
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
