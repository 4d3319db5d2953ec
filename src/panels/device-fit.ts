import { AppError } from '../core/errors.ts';
import { type Limits, leastLimits, limitsOf } from '../core/textures.ts';
import type { AnyBlueprint } from '../models/architecture.ts';
import { misfitOf, strainOf } from '../training/fit.ts';
import { misfitOfView, strainOfView } from '../training/look-fit.ts';
import type { Run } from '../training/run.ts';

/** How a run goes with the graphics card of this page, where there is something to say. */
export interface Fit {
  readonly text: string;
  /** The control it is about. */
  readonly field?: string | undefined;
  /** It cannot be carried out. */
  readonly isBarred: boolean;
}

let limits: Limits | undefined;

/** What textures the device offers; the context it is asked with is given back. */
function ofDevice(): Limits | undefined {
  const gl = limits ? null : document.createElement('canvas').getContext('webgl2');
  if (gl) limits = limitsOf(gl);
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return limits;
}

/** How reading with a model from a file goes with the graphics card of this page; undefined where all is well. */
export function viewFitOf(blueprint: AnyBlueprint, config: object): Fit | undefined {
  const offered = misfitOfView(blueprint, config, leastLimits) && ofDevice();
  const misfit = offered && misfitOfView(blueprint, config, offered);
  if (misfit) return { text: misfit.message, isBarred: true };
  const strain = strainOfView(blueprint, config);
  return strain === undefined ? undefined : { text: strain, isBarred: false };
}

/**
 * Undefined where a run fits, where nothing is known of the device, and where a setting is wrong in another way, which
 * is said by others. No context is opened for what fits everywhere.
 */
export function fitOf(run: Run, vocabSize: number): Fit | undefined {
  try {
    const offered = misfitOf(run, vocabSize, leastLimits) && ofDevice();
    const misfit = offered && misfitOf(run, vocabSize, offered);
    if (misfit) return { text: misfit.message, field: misfit.field, isBarred: true };
    const strain = strainOf(run, vocabSize);
    return strain === undefined ? undefined : { text: strain, isBarred: false };
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
