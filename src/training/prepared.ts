import type { OnStage } from '../text/learn.ts';
import { type Data, prepare } from './data.ts';
import type { Floors } from './protocol.ts';
import type { Run, TextChoice } from './run.ts';
import { isSameText, keyOf } from './settings.ts';

/**
 * `prepare`, which keeps the text that it made ready last: a restart with other settings need not wait for it again.
 */
export function createPreparing(): (of: TextChoice, onStage: OnStage) => Promise<Data> {
  let last: { readonly of: TextChoice; readonly data: Data } | undefined;
  return async (of, onStage) => {
    if (last && isSameText(last.of, of)) return last.data;
    const data = await prepare(of, onStage);
    last = { of, data };
    return data;
  };
}

/** The reference lines of a run, which are kept until those of another one are asked for. */
export function createFloors(): (data: Data, run: Run) => Promise<Floors> {
  let last: { readonly data: Data; readonly key: string; readonly floors: Floors } | undefined;
  return async (data, run) => {
    const key = keyOf(run);
    if (last?.data === data && last.key === key) return last.floors;
    const { floorsOf } = await import('./floors.ts');
    last = { data, key, floors: floorsOf(data, run) };
    return last.floors;
  };
}
