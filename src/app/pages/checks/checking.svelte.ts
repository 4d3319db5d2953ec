import addresses from 'virtual:references';
import type { Asked, AskedReference, Told } from '../../../checks/protocol.ts';
import type { ChecksState } from './page.ts';
import { describeReference, type Line } from './report.ts';

const groups = {
  kernels: 'Fused operations against plain ones',
  outputs: 'Outputs against the reference',
  learning: 'Loss and gradients against PyTorch',
};

/** What stands between a run that has ended and one that may go on. */
export type Stand = 'idle' | 'running' | 'stopped' | 'lost' | 'done' | 'failed';

/** The references to follow, and in which ways; fused operations exist on a graphics card only. */
function planned({ on, plain }: ChecksState): readonly (AskedReference & { readonly group: string })[] {
  const ways = on === 'processor' ? (['plain'] as const) : plain ? (['fused', 'plain'] as const) : (['fused'] as const);
  return Object.entries(addresses).flatMap(([name, url]) => {
    const group = name.endsWith('-learning') ? groups.learning : groups.outputs;
    const absolute = new URL(url, document.baseURI).href;
    return ways.map((kernels) => ({
      title: `${describeReference(name)}${ways.length > 1 ? `, ${kernels}` : ''}`,
      url: absolute,
      kernels,
      group,
    }));
  });
}

const openWorker = () => new Worker(new URL('../../../checks/check-worker.ts', import.meta.url), { type: 'module' });

/** The checks of a page: what is planned, what came of it, and a worker that does it while the page goes on. */
export function createChecking(open: () => Worker = openWorker) {
  let lines = $state<readonly Line[]>([]);
  let stand = $state<Stand>('idle');
  let device = $state<string>();
  let problem = $state<string>();
  let worker: Worker | undefined;

  function end(how: Stand): void {
    worker?.terminate();
    worker = undefined;
    stand = how;
    lines = lines.map(({ isRunning: _, ...line }) => line);
  }
  const change = (title: string, to: Partial<Line>) => {
    lines = lines.map((line) => (line.title === title ? { ...line, isRunning: false, ...to } : line));
  };
  function hear(told: Told): void {
    if (told.type === 'device') {
      device = told.name;
      problem = told.problem;
      lines = [...told.kernels.map((title) => ({ title, group: groups.kernels })), ...lines];
    } else if (told.type === 'begun') change(told.title, { isRunning: true });
    else if (told.type === 'found') change(told.title, { finding: told.finding });
    else if (told.type === 'broke') change(told.title, { problem: told.problem });
    else {
      if (told.type === 'failed') problem = told.problem;
      end(told.type);
    }
  }

  return {
    get lines() {
      return lines;
    },
    get stand() {
      return stand;
    },
    /** The name of what computes, once it is known. */
    get device() {
      return device;
    },
    /** Why it is not what was asked for, or why nothing runs. */
    get problem() {
      return problem;
    },
    /** Begins anew. */
    start(state: ChecksState): void {
      end('running');
      const references = planned(state);
      lines = references.map(({ title, group }) => ({ title, group }));
      device = undefined;
      problem = undefined;
      worker = open();
      worker.addEventListener('message', ({ data }: MessageEvent<Told>) => hear(data));
      worker.addEventListener('error', ({ message }) => {
        problem = `The checks could not be started: ${message || 'their script failed to load'}. Reload the page to try again.`;
        end('failed');
      });
      worker.postMessage({ on: state.on, references: references.map(({ group: _, ...one }) => one) } satisfies Asked);
    },
    stop: () => end('stopped'),
    close: () => worker?.terminate(),
  };
}
