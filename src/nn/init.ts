import { build, flatten, type Init, type Leaf, type Spec, sizeOf, type TreeOf } from '../core/params.ts';
import type { Rng } from '../core/rng.ts';
import { type Tensor, tensor } from './tf.ts';

/** Weights of a spec as tensors. */
export type Params<S> = TreeOf<S, Tensor>;

/**
 * Starting numbers of one weight, row-major. Devlin et al. 2019 use a normal of std 0.02; we do not truncate it, as
 * Hugging Face does not.
 */
export function initialValues({ shape, init }: Leaf, rng: Rng): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  fill(values, init, shape, rng);
  return values;
}

function fill(values: Float32Array, init: Init, shape: readonly number[], rng: Rng): void {
  if (init.kind === 'zeros') return;
  if (init.kind === 'ones') {
    values.fill(1);
    return;
  }
  const width = shape[shape.length - 1] ?? 1;
  if (init.kind === 'sinusoids') {
    for (let i = 0; i < values.length; i++) {
      const position = Math.floor(i / width);
      const column = i % width;
      const angle = position / 10000 ** ((2 * Math.floor(column / 2)) / width);
      values[i] = init.amplitude * (column % 2 === 0 ? Math.sin(angle) : Math.cos(angle));
    }
    return;
  }
  for (let i = 0; i < values.length; i += 2) {
    // Box–Muller: two normals from two uniforms; 1 − u is never 0.
    const radius = init.std * Math.sqrt(-2 * Math.log(1 - rng.next()));
    const angle = 2 * Math.PI * rng.next();
    values[i] = radius * Math.cos(angle);
    if (i + 1 < values.length) values[i + 1] = radius * Math.sin(angle);
  }
  if (init.zeroRow !== undefined) values.fill(0, init.zeroRow * width, (init.zeroRow + 1) * width);
}

/** Starting numbers of every weight by name; each has a stream of its own, so a new layer changes no other's start. */
export function initialState(spec: Spec, rng: Rng): Map<string, Float32Array> {
  return new Map(flatten(spec).map(([name, leaf]) => [name, initialValues(leaf, rng.fork(`params/${name}`))]));
}

/** Tensors for a spec out of numbers by name. */
export function toParams<S extends Spec>(spec: S, state: ReadonlyMap<string, Float32Array>): Params<S> {
  return build(spec, (name, { shape }) => {
    const values = state.get(name);
    if (!values || values.length !== sizeOf(shape))
      throw new Error(`expected ${name} [${shape}], found ${values?.length ?? 'nothing'}`);
    return tensor(values, [...shape], 'float32');
  });
}

/** Fresh tensors for a spec. */
export function init<S extends Spec>(spec: S, rng: Rng): Params<S> {
  return toParams(spec, initialState(spec, rng));
}
