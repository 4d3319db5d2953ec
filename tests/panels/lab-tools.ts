import type { Lab } from '../../src/panels/lab.svelte.ts';
import type { RunData } from '../../src/panels/run-data.svelte.ts';
import { createRunner } from '../../src/panels/runner.svelte.ts';
import type { Runner } from '../../src/panels/runner.ts';
import type { Scene } from '../../src/panels/scene.svelte.ts';
import type { Tray } from '../../src/panels/tray.svelte.ts';
import type { Client } from '../../src/training/client.ts';
import type { Data } from '../../src/training/data.ts';
import type { Command, Message, Snapshot } from '../../src/training/protocol.ts';
import type { Settings } from '../../src/training/run.ts';
import { runFrom } from '../../src/training/settings.ts';
import { idOf, toIds, vocabulary } from '../support/lost-and-found.ts';
import { tools } from './tape-tools.ts';

export const data: Data = {
  tokenizer: tools.tokenizer,
  vocabulary: tools.tokenizer.vocabulary,
  train: tools.documents,
  heldOut: tools.documents,
};

/** Two sentences of the text with a grammar, each word one token. */
export const storyData: Data = {
  ...data,
  tokenizer: {
    ...tools.tokenizer,
    vocabulary,
    encode: (text) => text.split(' ').map(idOf),
    decode: (ids) => ids.map((id) => vocabulary.tokens[id]).join(' '),
  },
  vocabulary,
  train: [
    {
      sentences: [
        toIds('on friday , mira went to the harbor and saw a gull .'),
        toIds('on saturday , a letter came to the harbor from tel aviv .'),
      ],
    },
  ],
};

/** A runner whose run begins at once and answers every question with `taps`. */
export function runnerOf(taps?: (input: readonly number[]) => Readonly<Record<string, Snapshot>>): Runner {
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
    judgeBy: async () => undefined,
    write: async () => ({ ids: [], step: 0, taps: {} }),
    close: async () => undefined,
  };
  return createRunner((hear) => {
    say = hear;
    return client;
  });
}

/** A text that is read. */
export const textOf = (text: Data): RunData => ({
  data: text,
  dataOf: () => text,
  stage: undefined,
  problem: undefined,
});

/** A scene of which nothing is known yet. */
export const emptyScene: Scene = {
  run: undefined,
  vocabulary: undefined,
  probe: undefined,
  sentence: undefined,
  frame: undefined,
  origin: undefined,
  step: undefined,
  steps: [],
  at: undefined,
  settled: undefined,
  place: undefined,
  seek: () => undefined,
};

/** A tray without any run. */
export const emptyTray: Tray = {
  runs: [],
  shown: [],
  live: undefined,
  axis: undefined,
  count: () => undefined,
  add: async () => undefined,
  show: () => undefined,
  remove: () => undefined,
  looked: undefined,
  look: () => undefined,
};

/** A lab of which nothing is shown. */
export const labWith = (parts: Pick<Lab, 'run' | 'text' | 'trained' | 'runner'>): Lab => ({
  ...parts,
  scene: emptyScene,
  tray: emptyTray,
  lit: { part: undefined },
  probe: { sentence: '', hidden: [] },
  ask: () => undefined,
  needStored: () => undefined,
});

/** A lab on two short documents; its run begins at once and answers every question with `taps`. */
export function labOf(
  run: Settings,
  { taps, text = data }: { readonly taps?: Parameters<typeof runnerOf>[0]; readonly text?: Data } = {},
): Lab {
  const whole = runFrom({ pairingOptions: {}, noisingOptions: {}, maxLength: 24, ...run });
  const runner = runnerOf(taps);
  if (taps) runner.start(whole, { paused: true });
  return labWith({ run: whole, text: textOf(text), trained: text, runner });
}
