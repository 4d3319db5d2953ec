import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stepsOf } from '../../src/training/phases.ts';
import { runFrom, withSettings } from '../../src/training/settings.ts';
import { taughtLayers, transferOf, withTransfer } from '../../src/training/transfer.ts';

const experiment = (id: string) =>
  JSON.parse(readFileSync(`lessons/11-narrow-and-deep/experiments/${id}.json`, 'utf8'));
const { base, arms } = experiment('strategies');
const [layers, together, once] = arms.map(({ change }: { change: object }) => runFrom({ ...base, ...change }));

describe('how the layers of a student are taught', () => {
  it('is read from the phases of a run', () => {
    expect([layers, together, once].map(transferOf)).toEqual(['layers', 'together', 'once']);
    expect(transferOf(runFrom(experiment('student').base))).toBe('layers');
    // Words first is none of these ways.
    expect(transferOf({ ...together, phases: together.phases.toReversed() })).toBeUndefined();
  });

  it('is changed into phases as those of the stored comparison, in as many steps', () => {
    expect(withTransfer(once, 'layers').phases).toEqual(layers.phases);
    const all = withTransfer(once, 'together').phases;
    // Its own prefix names all layers; here each is named.
    expect(all).toEqual([{ ...together.phases[0], trainable: taughtLayers(once) }, together.phases[1]]);
    expect(withTransfer(layers, 'once').phases).toHaveLength(1);
    for (const way of ['once', 'together', 'layers'] as const) {
      const changed = withTransfer(together, way);
      expect([transferOf(changed), stepsOf(changed)]).toEqual([way, 200]);
    }
  });

  it('leaves the pair unasked while layers are taught, where there is one', () => {
    const pairs = withTransfer(withSettings(once, { pairing: 'nsp' }), 'together');
    expect(pairs.phases.map(({ without }) => without)).toEqual([
      ['noising', 'distillation', 'pairing'],
      ['features', 'maps'],
    ]);
    expect(transferOf(pairs)).toBe('together');
  });

  it('is no question for who has no states to learn from', () => {
    expect(taughtLayers(once)).toEqual([0, 1].map((i) => `model.mobilebert.encoder.layer.${i}.`));
    expect(taughtLayers(runFrom({ architecture: 'distilbert' }))).toEqual([]);
  });
});
