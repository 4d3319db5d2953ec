import type { AnyBlueprint } from '../models/architecture.ts';
import type { Tensor } from '../nn/tf.ts';
import * as tf from '../nn/tf.ts';
import { pairings } from '../objectives/catalog.ts';
import type { Snapshot } from './protocol.ts';
import type { Run } from './run.ts';

/** What a model remembers from one batch to the next, in the order of `Blueprint.carries`. */
export interface Memory {
  /** Undefined where a run carries nothing; no tensor before the first batch. */
  readonly now: readonly Tensor[] | undefined;
  /** Holds what a forward pass left behind; to be called within it. */
  hold(next: readonly Tensor[] | undefined): void;
  /** Puts what is held in the place of what was given; to be called when nobody computes with that any more. */
  settle(): void;
  /** Undefined where a run carries nothing. */
  read(): Promise<readonly Snapshot[] | undefined>;
  load(carried: readonly Snapshot[] | undefined): void;
  dispose(): void;
}

/**
 * The memory of a run: empty at first. Only where a text goes on from batch to batch, and the model can carry something
 * along, is there one (Dai et al. 2019, §3.2). No gradient reaches back into it.
 */
export function createMemory({ recipe }: Run, carries: ReturnType<NonNullable<AnyBlueprint['carries']>>): Memory {
  const isKept = carries.length > 0 && pairings[recipe.pairing]?.follow !== undefined;
  let now: readonly Tensor[] = [];
  let held: readonly Tensor[] = [];
  function put(next: readonly Tensor[]): void {
    tf.dispose([...now]);
    now = next;
  }
  return {
    get now() {
      return isKept ? now : undefined;
    },
    hold(next = []) {
      if (isKept) held = next.map((tensor) => tf.keep(tf.clone(tensor)));
    },
    settle() {
      if (isKept) put(held);
      held = [];
    },
    async read() {
      if (!isKept) return undefined;
      const copies = now.map((tensor) => tf.clone(tensor));
      const data = await Promise.all(copies.map((tensor) => tensor.data()));
      return copies.map((tensor, i) => {
        tensor.dispose();
        return { shape: tensor.shape, data: Float32Array.from(data[i]!) };
      });
    },
    load(carried = []) {
      if (isKept) put(carried.map(({ shape, data }) => tf.keep(tf.tensor(data, [...shape]))));
    },
    dispose: () => put([]),
  };
}
