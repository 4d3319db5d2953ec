import type { Tensor } from '../../nn/tf.ts';
import type { Context, Tap } from '../architecture.ts';

/** A tap that wants the named values and no others. */
export function tapFor(names: readonly string[], see: Tap['see']): Tap {
  const wanted = new Set(names);
  return {
    wants: (name) => wanted.has(name),
    see(name, value) {
      if (wanted.has(name)) see(name, value);
    },
  };
}

/** Shows a value that costs something to form; undefined where nobody wants it. */
export const showing = ({ tap }: Pick<Context, 'tap'>, name: string): ((value: Tensor) => void) | undefined =>
  tap?.wants(name) ? (value) => tap.see(name, value) : undefined;
