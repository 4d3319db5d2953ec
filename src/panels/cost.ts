import { count } from '../core/params.ts';
import type { Costs } from '../figures/cost-lines.ts';
import { loadPicture } from '../models/pictures.ts';
import { sizesOf } from '../training/arrays.ts';
import { bytesOf } from '../training/fit.ts';
import { blueprintOf } from '../training/model.ts';
import { multiplyAddsOf } from '../training/multiply-adds.ts';
import type { Run, Settings } from '../training/run.ts';
import { runFrom } from '../training/settings.ts';
import { measuredLengths } from './measured-lengths.ts';
import { type Reader, readAnew, readOn } from './reading-cost.ts';

export interface CostsAsked {
  readonly of: 'multiplyAdds' | 'parameters' | 'bytes' | 'scores' | 'reading' | 'stepTime' | 'attentionTime';
  readonly over?: { readonly key: string; readonly label: string; readonly values: readonly number[] };
  readonly base?: Settings;
  readonly arms?: readonly { readonly label: string; readonly change: Settings }[];
}

/** Rows of the word table, where no text says how many it needs. */
const vocab = 192;

/** What is counted from the shapes of a run, and what it is called. */
const counted = {
  multiplyAdds: { unit: 'multiply-adds a training step', of: (run: Run) => multiplyAddsOf(run, vocab) },
  parameters: {
    unit: 'weights',
    of: (run: Run) => {
      const { blueprint, config } = blueprintOf(run, vocab);
      return Object.values(blueprint.spec(config)).reduce((sum, part) => sum + count(part), 0);
    },
  },
  bytes: { unit: 'bytes on the graphics card', of: (run: Run) => bytesOf(sizesOf(run, vocab)) },
  scores: {
    unit: 'scores of a head',
    of: (run: Run) => {
      const { scores } = sizesOf(run, vocab);
      return scores.rows * scores.cols;
    },
  },
} as const;

const usualWindows = [32, 64, 128, 256, 512, 1024];

/** A predicted word of a model as lesson 8 trains it: 2 layers of width 128, segments of 32. */
const reader: Reader = { layers: 2, hidden: 128, vocab, segment: 32 };

/** Fetches what multiply-adds are counted by: the parts of each architecture. To be awaited before `costsOf`. */
export async function costsReady({ of, base = {}, arms = [] }: CostsAsked): Promise<void> {
  if (of !== 'multiplyAdds') return;
  await Promise.all(arms.map(({ change }) => loadPicture(runFrom({ ...base, ...change }).model.architecture)));
}

/** The lines that are asked for. */
export function costsOf({ of, over, base = {}, arms = [] }: CostsAsked): Omit<Costs, 'log' | 'at'> {
  if (of === 'stepTime' || of === 'attentionTime') {
    const { lengths, [of]: times } = measuredLengths;
    const line = (name: string, ms: readonly number[]) => ({ name, points: ms.map((y, i) => ({ x: lengths[i]!, y })) });
    const unit = of === 'stepTime' ? 'milliseconds a step' : 'milliseconds of attention';
    return { across: 'tokens of a text', unit, lines: [line('full', times.full), line('in blocks', times.blocks)] };
  }
  if (of === 'reading') {
    const windows = over?.values ?? usualWindows;
    const line = (name: string, cost: (window: number) => number) => ({
      name,
      points: windows.map((x) => ({ x, y: cost(x) })),
    });
    return {
      across: over?.label ?? 'words in sight',
      unit: 'multiply-adds a predicted word',
      lines: [
        line('read anew for each word', (window) => readAnew(reader, window)),
        line('with a memory', (window) => readOn(reader, window)),
      ],
    };
  }
  const { unit, of: countOf } = counted[of];
  const { key, label, values } = over ?? { key: 'maxLength', label: 'tokens of a text', values: usualWindows };
  return {
    across: label,
    unit,
    lines: arms.map(({ label: name, change }) => ({
      name,
      points: values.map((x) => ({ x, y: countOf(runFrom({ ...base, ...change, [key]: x })) })),
    })),
  };
}

/** The exponent of the power of x that y follows best: the slope of the line through their logarithms. */
export function exponentOf(points: readonly { readonly x: number; readonly y: number }[]): number {
  const logs = points.map(({ x, y }) => [Math.log(x), Math.log(y)] as const);
  const mean = (of: 0 | 1) => logs.reduce((sum, point) => sum + point[of], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const along = logs.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return along / logs.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}
