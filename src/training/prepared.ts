import type { OnStage } from '../text/learn.ts';
import { type Data, prepare } from './data.ts';
import type { TextChoice } from './run.ts';
import { isSameText } from './settings.ts';

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
