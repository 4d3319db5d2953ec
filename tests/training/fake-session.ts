import { expect } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import type { Limits } from '../../src/core/textures.ts';
import * as tf from '../../src/nn/tf.ts';
import type { Device } from '../../src/training/context.ts';
import type { Message } from '../../src/training/protocol.ts';
import { createSession } from '../../src/training/session.ts';
import { runFrom } from '../../src/training/settings.ts';
import type { RunStore } from '../../src/training/store.ts';
import { memoryStore } from './memory-store.ts';

/** A run that takes a moment without a GPU. */
export const tiny = runFrom({
  layers: 1,
  hidden: 8,
  heads: 2,
  batchSize: 4,
  maxLength: 12,
  pairingOptions: { sentences: 1 },
  steps: 9,
  warmup: 2,
  evaluateEvery: 4,
});

/** A session on WebAssembly that can be told to lose what it computes on, and all it says. */
export function fakeSession({
  canRebuild = true,
  store = memoryStore(),
  limits,
}: {
  readonly canRebuild?: boolean;
  readonly store?: RunStore;
  readonly limits?: Limits;
} = {}) {
  const heard: Message[] = [];
  let isLost = false;
  let listener: () => void = () => undefined;
  const device: Device = {
    start: async () => {
      await tf.useBackend('wasm');
      return { backend: 'wasm', adapter: 'wasm' };
    },
    onLost: (said) => {
      listener = said;
    },
    isLost: () => isLost,
    rebuild: async () => {
      if (!canRebuild) throw new AppError('no-webgl2', 'none');
      isLost = false;
    },
    lose: () => {
      isLost = true;
      listener();
    },
    limits: () => limits,
  };
  let onMessage: (message: Message) => void = () => undefined;
  let loses: (message: Message) => boolean = () => false;
  const post = (message: Message) => {
    heard.push(message);
    onMessage(message);
    if (!loses(message)) return;
    loses = () => false;
    device.lose();
  };
  const { receive } = createSession(post, device, store, () => () => undefined);
  /** Loses the context as soon as something is said, once. */
  const loseAt = (is: typeof loses) => {
    loses = is;
  };
  const has = (type: Message['type']) => heard.some((message) => message.type === type);
  const until = (type: Message['type']) => expect.poll(() => has(type), { timeout: 20_000 }).toBe(true);
  /** The last loss heard of each step. */
  const losses = () => {
    const steps = heard.flatMap((message) => (message.type === 'steps' ? message.steps : []));
    return [...new Map(steps.map(({ step, loss }) => [step, loss])).values()];
  };
  const evaluations = () => heard.flatMap((message) => (message.type === 'evaluated' ? [message.at.step] : []));
  return {
    receive,
    heard,
    device,
    loseAt,
    until,
    losses,
    evaluations,
    listen: (to: typeof onMessage) => (onMessage = to),
  };
}
