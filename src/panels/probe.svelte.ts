import type { Probe as Guesses } from '../figures/probes.ts';
import type { MapPattern } from '../models/architecture.ts';
import { noisings } from '../objectives/catalog.ts';
import { roomFor } from '../objectives/frame.ts';
import { pack } from '../objectives/make.ts';
import type { Example } from '../objectives/objective.ts';
import { type Data, recipeOf } from '../training/data.ts';
import { blueprintOf, questionsOf } from '../training/model.ts';
import type { Snapshot } from '../training/protocol.ts';
import { encodeProbe, hide, predictions } from './predictions.ts';
import type { Runner } from './runner.svelte.ts';

/** One head's probabilities, row-major [query, key] over the probe's own tokens. */
export interface ProbeHead {
  /** Whose look it is: a name to tell it by (`generator`, `cross`) and words for a caption. */
  readonly part: string;
  readonly title: string;
  readonly layer: number;
  readonly head: number;
  readonly weights: Float32Array;
}

/** A fixed sentence with hidden places that every stage of a run is asked about. */
export interface Probe {
  /** The packed tokens, special ones included. */
  readonly tokens: readonly string[];
  readonly example: Example | undefined;
  readonly hidden: readonly number[];
  /** What the run says now; empty before it has begun. */
  readonly predictions: readonly Guesses[];
  readonly heads: readonly ProbeHead[];
  /** The step at which it said so. */
  readonly askedAt: number | undefined;
}

/** The maps that can be drawn over the probe's own tokens; those with rows of a few places only are left out. */
const whole = (patterns: readonly MapPattern[]) => patterns.filter(({ rows }) => !rows.places);

/**
 * Every head's map of the tapped layers, cut to the first `length` positions; taps are [1, head, query, key]. What was
 * carried from a step before stands in front of a text's own keys and is cut away.
 */
export function headsOf(
  taps: Readonly<Record<string, Snapshot>>,
  patterns: readonly MapPattern[],
  length: number,
): readonly ProbeHead[] {
  return whole(patterns)
    .flatMap(({ name, title, rows, columns, taps: names }) =>
      names.flatMap((tap, layer) => {
        const snapshot = taps[tap];
        if (!snapshot) return [];
        const [, heads = 0, queries = 0, keys = 0] = snapshot.shape;
        const before = rows.of === columns.of ? keys - queries : 0;
        return Array.from({ length: heads }, (_, head) => {
          const weights = new Float32Array(length * length);
          for (let i = 0; i < Math.min(length, queries); i++) {
            const from = (head * queries + i) * keys + before;
            weights.set(snapshot.data.subarray(from, from + Math.min(length, keys - before)), i * length);
          }
          return { part: name, title, layer, head, weights };
        });
      }),
    )
    .sort((a, b) => a.layer - b.layer || a.head - b.head);
}

/** Between two questions: at least so long, and so many times as long as the last one took. */
const shortestPauseMs = 1000;
const costShare = 15;

/**
 * Asks the run about the sentence whenever its weights have moved on; one question at a time. To be called while a
 * component is set up.
 */
export function createProbe(
  runner: Runner,
  data: () => Data | undefined,
  text: () => string,
  hidden: () => readonly number[],
): Probe {
  let found = $state.raw<Pick<Probe, 'predictions' | 'heads' | 'askedAt'>>({
    predictions: [],
    heads: [],
    askedAt: undefined,
  });
  let asking = false;
  let again = false;
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let tookMs = 0;

  const frame = $derived(runner.run && recipeOf(runner.run).frame);
  const room = $derived(roomFor(1, { maxLength: runner.run?.recipe.maxLength ?? 64, frame }));
  const ids = $derived.by(() => {
    const ready = data();
    return ready ? encodeProbe(text(), ready.tokenizer, room) : [];
  });
  const example = $derived.by(() => {
    const ready = data();
    return ready && hide(ids, hidden(), ready.vocabulary, noisings[runner.run?.recipe.noising ?? ''], frame);
  });
  const tokens = $derived.by(() => {
    const ready = data();
    if (!ready) return [];
    return pack({ a: ids }, ready.vocabulary, frame).ids.map((id) => ready.vocabulary.tokens[id] ?? '?');
  });

  async function ask(): Promise<void> {
    const ready = data();
    const { run } = runner;
    if (!ready || !example || !run) return;
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    again = false;
    askedAtMs = performance.now();
    const asked = example;
    const { shown: step } = runner;
    const { blueprint, config } = blueprintOf(run, ready.vocabulary.size);
    const patterns = blueprint.patterns(config, asked);
    const maps = whole(patterns).flatMap(({ taps }) => taps);
    const aboutTokens = Object.values(questionsOf(run)).find(({ kind }) => kind === 'token');
    const named = `logits.${aboutTokens?.logits}`;
    try {
      const answer = await runner.inspect(asked, [...maps, named]);
      const logits = answer[named];
      found = {
        heads: headsOf(answer, patterns, asked.inputIds.length),
        predictions: logits ? predictions(asked, logits, ready.vocabulary) : [],
        askedAt: step,
      };
    } finally {
      tookMs = performance.now() - askedAtMs;
      asking = false;
      if (again) void ask();
    }
  }

  $effect(() => {
    void runner.version;
    if (runner.run && example && runner.status !== 'preparing') ask().catch(() => undefined);
  });

  // While it trains, ask as often as costs the training little.
  $effect(() => {
    void runner.step;
    if (runner.status !== 'running' || asking) return;
    if (performance.now() - askedAtMs > Math.max(shortestPauseMs, costShare * tookMs)) ask().catch(() => undefined);
  });

  return {
    get tokens() {
      return tokens;
    },
    get example() {
      return example;
    },
    get hidden() {
      return hidden();
    },
    get predictions() {
      return found.predictions;
    },
    get heads() {
      return found.heads;
    },
    get askedAt() {
      return found.askedAt;
    },
  };
}
