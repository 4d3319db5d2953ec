import type { Sighting } from '../../exact.ts';

/** A node of a circuit: its number. Children have lower numbers than their parents. */
export type Node = number;

/** The node whose value is always 1. */
export const one: Node = 0;

/** Builds a circuit of weighted sums and products over leaves "the token at this position is this one". */
export interface Builder {
  leaf(position: number, token: number): Node;
  product(children: readonly Node[]): Node;
  /** Σ weight · child; one weight for all, or one each. */
  sum(children: readonly Node[], weights: number | readonly number[]): Node;
  build(root: Node): Circuit;
}

/**
 * A probability as a circuit. It is linear in the leaves of each position, so its derivatives by them are all the
 * posteriors at once: Darwiche 2003, "A differential approach to inference in Bayesian networks", theorem 1.
 */
export interface Circuit {
  /** The values of all nodes under the sightings; the arrays are reused by the next call. */
  evaluate(sightings: readonly Sighting[]): Float64Array;
  /** After `evaluate`: derivatives of the root by every node. */
  differentiate(): Float64Array;
  readonly root: Node;
  /** The leaves of a position: node and token. */
  leavesAt(position: number): readonly { readonly node: Node; readonly token: number }[];
}

interface Leaf {
  readonly node: Node;
  readonly position: number;
  readonly token: number;
}

/** More tokens than any vocabulary has, so that position and token are one number. */
const mostTokens = 2 ** 24;

export function createBuilder(): Builder {
  /** 1 for a product, 0 for a sum or a leaf. */
  const isProduct: number[] = [0];
  const starts: number[] = [0, 0];
  const children: number[] = [];
  const weights: number[] = [];
  const leaves = new Map<number, Leaf>();

  function add(product: boolean, nodes: readonly Node[], factors: readonly number[]): Node {
    for (let i = 0; i < nodes.length; i++) {
      children.push(nodes[i]!);
      weights.push(factors[i] ?? 1);
    }
    isProduct.push(product ? 1 : 0);
    starts.push(children.length);
    return isProduct.length - 1;
  }

  return {
    leaf(position, token) {
      const key = position * mostTokens + token;
      const known = leaves.get(key);
      if (known) return known.node;
      const node = add(false, [], []);
      leaves.set(key, { node, position, token });
      return node;
    },
    product(nodes) {
      const factors = nodes.filter((node) => node !== one);
      if (factors.length < 2) return factors[0] ?? one;
      return add(true, factors, []);
    },
    sum(nodes, factors) {
      if (nodes.length === 1 && (factors === 1 || (typeof factors !== 'number' && factors[0] === 1))) return nodes[0]!;
      return add(false, nodes, typeof factors === 'number' ? nodes.map(() => factors) : factors);
    },
    build: (root) =>
      createCircuit(
        root,
        new Uint8Array(isProduct),
        new Int32Array(starts),
        new Int32Array(children),
        new Float64Array(weights),
        [...leaves.values()],
      ),
  };
}

const likelihood = (sighting: Sighting | undefined, token: number): number => {
  if (sighting === null || sighting === undefined) return 1;
  if (typeof sighting === 'number') return sighting === token ? 1 : 0;
  return sighting[token] ?? 0;
};

/** `starts[n] … starts[n + 1]` are node n's places in `children` and `weights`. */
function createCircuit(
  root: Node,
  isProduct: Uint8Array,
  starts: Int32Array,
  children: Int32Array,
  weights: Float64Array,
  leaves: readonly Leaf[],
): Circuit {
  const values = new Float64Array(isProduct.length);
  const slopes = new Float64Array(isProduct.length);
  const isLeaf = new Uint8Array(isProduct.length);
  isLeaf[one] = 1;
  const byPosition = new Map<number, { node: Node; token: number }[]>();
  for (const { node, position, token } of leaves) {
    isLeaf[node] = 1;
    const list = byPosition.get(position) ?? [];
    byPosition.set(position, list);
    list.push({ node, token });
  }

  function evaluate(sightings: readonly Sighting[]): Float64Array {
    values[one] = 1;
    for (const { node, position, token } of leaves) values[node] = likelihood(sightings[position], token);
    for (let node = 1; node <= root; node++) {
      if (isLeaf[node]) continue;
      const end = starts[node + 1]!;
      let value = isProduct[node] ? 1 : 0;
      if (isProduct[node]) for (let i = starts[node]!; i < end; i++) value *= values[children[i]!]!;
      else for (let i = starts[node]!; i < end; i++) value += weights[i]! * values[children[i]!]!;
      values[node] = value;
    }
    return values;
  }

  /** A product passes on its slope times the other factors; a single zero factor is the only one that can get any. */
  function passThroughProduct(node: Node, slope: number): void {
    let zeros = 0;
    let zero = 0;
    let others = slope;
    for (let i = starts[node]!; i < starts[node + 1]!; i++) {
      const value = values[children[i]!]!;
      if (value !== 0) others *= value;
      else {
        zeros++;
        zero = children[i]!;
      }
    }
    if (zeros > 1) return;
    if (zeros === 1) {
      slopes[zero]! += others;
      return;
    }
    for (let i = starts[node]!; i < starts[node + 1]!; i++) slopes[children[i]!]! += others / values[children[i]!]!;
  }

  function differentiate(): Float64Array {
    slopes.fill(0);
    slopes[root] = 1;
    for (let node = root; node > 0; node--) {
      const slope = slopes[node]!;
      if (slope === 0 || isLeaf[node]) continue;
      if (isProduct[node]) passThroughProduct(node, slope);
      else for (let i = starts[node]!; i < starts[node + 1]!; i++) slopes[children[i]!]! += slope * weights[i]!;
    }
    return slopes;
  }

  return { evaluate, differentiate, root, leavesAt: (position) => byPosition.get(position) ?? [] };
}
