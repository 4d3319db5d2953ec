import type { Scene } from '../../exact.ts';
import type { Circuit, Node } from './circuit.ts';

/** A circuit whose root is the mean of equally likely hypotheses. */
export function createScene(circuit: Circuit, hypotheses: readonly Node[], vocabularySize: number): Scene {
  /** The derivative by the leaves of a position, made to add up to 1. */
  function posterior(slopes: Float64Array, position: number): Float64Array | undefined {
    const answer = new Float64Array(vocabularySize);
    let total = 0;
    for (const { node, token } of circuit.leavesAt(position)) {
      answer[token] = slopes[node]!;
      total += slopes[node]!;
    }
    if (total === 0) return undefined;
    for (const { token } of circuit.leavesAt(position)) answer[token]! /= total;
    return answer;
  }

  return {
    logProbability: (sightings) => Math.log(circuit.evaluate(sightings)[circuit.root]!),
    posteriors(sightings, positions) {
      circuit.evaluate(sightings);
      const slopes = circuit.differentiate();
      return positions.map((position) => posterior(slopes, position));
    },
    hypotheses(sightings) {
      const values = circuit.evaluate(sightings);
      const each = hypotheses.map((node) => values[node]!);
      const total = each.reduce((sum, value) => sum + value, 0);
      return total > 0 ? each.map((value) => value / total) : undefined;
    },
  };
}
