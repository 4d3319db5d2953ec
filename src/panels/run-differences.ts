import type { RunConfig } from '../training/protocol.ts';

/** One setting that two runs do not share, in words. */
export interface Difference {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

const names: Readonly<Record<keyof RunConfig, string>> = {
  architecture: 'architecture',
  layers: 'layers',
  hidden: 'width',
  heads: 'heads',
  dropout: 'dropout',
  corpus: 'text',
  ownText: 'own text',
  tokenizer: 'tokenizer',
  vocabSize: 'vocabulary',
  pairing: 'pairing',
  pairingOptions: 'pairing options',
  noising: 'objective',
  noisingOptions: 'objective options',
  maxLength: 'length',
  seed: 'seed',
  batchSize: 'batch',
  steps: 'steps',
  learningRate: 'learning rate',
  warmup: 'warm-up',
  decayFrom: 'decay',
  warmUpSteps: 'tokens only',
  weightDecay: 'weight decay',
  clip: 'clipping',
  positions: 'positions',
  evaluateEvery: 'evaluation',
  architectureOptions: 'model options',
  evaluationOptions: 'evaluation options',
  warmUpOptions: 'first phase',
  kernels: 'kernels',
};

const shown = (value: unknown): string => {
  if (typeof value === 'string') return value.length > 24 ? `${value.slice(0, 21)}…` : value;
  return typeof value === 'object' ? 'other' : String(value);
};

/** What differs between the run on the chart and the one asked for; objects are named field by field. */
export function differences(from: RunConfig, to: RunConfig): readonly Difference[] {
  return (Object.keys(names) as (keyof RunConfig)[]).flatMap((key) => {
    const a: unknown = from[key];
    const b: unknown = to[key];
    if (JSON.stringify(a) === JSON.stringify(b)) return [];
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
      return [{ name: names[key], from: shown(a ?? 'none'), to: shown(b ?? 'none') }];
    const before = new Map<string, unknown>(Object.entries(a));
    const after = new Map<string, unknown>(Object.entries(b));
    return [...new Set([...before.keys(), ...after.keys()])]
      .filter((field) => JSON.stringify(before.get(field)) !== JSON.stringify(after.get(field)))
      .map((field) => ({
        name: field,
        from: shown(before.get(field) ?? 'default'),
        to: shown(after.get(field) ?? 'default'),
      }));
  });
}
