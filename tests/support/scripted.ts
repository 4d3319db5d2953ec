import type { Rng } from '../../src/core/rng.ts';

/** One call of an `Rng` and what it is to answer. */
export type Call =
  | { readonly u: number }
  /** Uniform whole number; `of` is the `n` that must be asked for. */
  | { readonly int: number; readonly of?: number }
  /** The first entries of a permutation of `of`; the others follow in order. */
  | { readonly perm: readonly number[]; readonly of?: number }
  | { readonly pick: number };

/** An `Rng` that answers from a script and throws when it is asked out of order. `left` says how many calls remain. */
export function scripted(calls: readonly Call[]): Rng & { left(): number } {
  let at = 0;
  const take = <K extends string>(name: K): Extract<Call, Record<K, unknown>> => {
    const call = calls[at];
    if (!call || !(name in call)) {
      throw new Error(`call ${at}: ${name} was asked for, the script has ${JSON.stringify(call) ?? 'ended'}`);
    }
    at += 1;
    return call as Extract<Call, Record<K, unknown>>;
  };
  const agree = (asked: number, scriptedSize?: number) => {
    if (scriptedSize !== undefined && asked !== scriptedSize) {
      throw new Error(`call ${at - 1}: asked for one of ${asked}, the script says ${scriptedSize}`);
    }
  };
  return {
    key: 0,
    left: () => calls.length - at,
    next: () => take('u').u,
    int(n) {
      const { int, of } = take('int');
      agree(n, of);
      if (int < 0 || int >= n) throw new Error(`call ${at - 1}: ${int} is not below ${n}`);
      return int;
    },
    permutation(n) {
      const { perm, of } = take('perm');
      agree(n, of);
      return [...perm, ...Array.from({ length: n }, (_, i) => i).filter((i) => !perm.includes(i))];
    },
    pick: () => take('pick').pick,
    fork: () => {
      throw new Error('a scripted stream has no forks');
    },
  };
}

/** The script's calls of `objectives.md`: a uniform, a whole number with both ends, a permutation, a weighted pick. */
export const u = (...values: readonly number[]): Call[] => values.map((value) => ({ u: value }));
export const int = (low: number, high: number, value: number): Call => ({ int: value - low, of: high - low + 1 });
export const perm = (of: number, ...perm: readonly number[]): Call => ({ perm, of });
export const pick = (index: number): Call => ({ pick: index });
