import type { Lab } from '../../src/panels/lab.svelte.ts';
import { createRunner } from '../../src/panels/runner.svelte.ts';
import type { Client } from '../../src/training/client.ts';
import type { Data } from '../../src/training/data.ts';
import type { Command, Message, Snapshot } from '../../src/training/protocol.ts';
import type { Settings } from '../../src/training/run.ts';
import { runFrom } from '../../src/training/settings.ts';
import { tools } from './tape-tools.ts';

export const data: Data = {
  tokenizer: tools.tokenizer,
  vocabulary: tools.tokenizer.vocabulary,
  train: tools.documents,
  heldOut: tools.documents,
};

/** A lab on two short documents; its run begins at once and answers every question with `taps`. */
export function labOf(
  run: Settings,
  {
    taps,
    text = data,
  }: { readonly taps?: (input: readonly number[]) => Readonly<Record<string, Snapshot>>; readonly text?: Data } = {},
): Lab {
  const whole = runFrom({ pairingOptions: {}, noisingOptions: {}, maxLength: 24, ...run });
  let say: (message: Message) => void = () => undefined;
  const client: Client = {
    send: (command: Command) => {
      if (command.type !== 'start') return;
      say({
        type: 'started',
        run: command.run,
        step: 7,
        parameters: 1,
        history: { steps: [], evaluations: [] },
        kept: [],
      });
    },
    inspect: async (example) => taps?.(example.inputIds) ?? {},
    weights: async () => ({}),
    readBack: async () => undefined,
    write: async () => ({ ids: [], step: 0, taps: {} }),
    close: async () => undefined,
  };
  const runner = createRunner((hear) => {
    say = hear;
    return client;
  });
  if (taps) runner.start(whole, { paused: true });
  return { run: whole, text: { data: text, stage: undefined, problem: undefined }, runner };
}
