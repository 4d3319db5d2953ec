/** What a run is computed with: `auto` takes the graphics card, and the processor where that is only imitated by it. */
export const engines = ['auto', 'webgl', 'wasm'] as const;
export type Engine = (typeof engines)[number];

const place = 'unmask/engine';

/** Whether this names one. */
export const isEngine = (name: unknown): name is Engine => engines.some((one) => one === name);

/** What the reader chose in this browser. */
export function readEngine(): Engine {
  try {
    const name: unknown = localStorage.getItem(place);
    return isEngine(name) ? name : 'auto';
  } catch {
    return 'auto';
  }
}

/** It is used by what is opened from now on. */
export function writeEngine(engine: Engine): void {
  try {
    localStorage.setItem(place, engine);
  } catch {
    // Private windows and full disks: the next page chooses by itself again.
  }
}
