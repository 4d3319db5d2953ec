import { AppError } from '../core/errors.ts';
import { build } from '../core/params.ts';
import { createRng } from '../core/rng.ts';
import type { Limits } from '../core/textures.ts';
import { type Chosen, gather } from '../hub/gathered.ts';
import { type ModelFolder, openModel } from '../hub/model-folder.ts';
import { loadForward } from '../models/forwards.ts';
import { loadPicture } from '../models/pictures.ts';
import { createFrozen } from '../nn/frozen.ts';
import { setKernels } from '../nn/kernels/kernel.ts';
import type { Tensor } from '../nn/tf.ts';
import { collate } from '../objectives/batch.ts';
import type { Example } from '../objectives/objective.ts';
import type { Device } from './context.ts';
import { look } from './look.ts';
import { checkView, questionsAsked } from './look-fit.ts';
import type { Frame } from './probed.ts';
import type { Command, Message, Snapshot } from './protocol.ts';
import { frameMaker } from './watch.ts';

type Told = Extract<Command, { type: 'open' | 'view' }>;

/** A model that came in files, to be asked and not trained. */
export interface Opened {
  tell(command: Told): Promise<void>;
  /** Reads it again, when all that was on the graphics card is gone. */
  remake(): Promise<void>;
}

/** A model whose weights lie where they are computed with. */
export interface LoadedModel extends Pick<ModelFolder, 'blueprint' | 'config'> {
  /** The values of the named taps (and `logits.<name>`) for an example, at its own length. */
  inspect(example: Example, taps: readonly string[]): Promise<Record<string, Snapshot>>;
  dispose(): void;
}

/**
 * Reads a model's weights, each put where it is computed with piece by piece. `onBytes` is told how many
 * bytes of all are read. Throws as `openModel` does, and `too-large` where a weight fits no texture.
 */
export async function loadModel(
  files: readonly Chosen[],
  limits: Limits | undefined,
  onBytes: (done: number, of: number) => void,
): Promise<LoadedModel> {
  const folder = await openModel(await gather(files));
  const { blueprint, config, bytes } = folder;
  checkView(blueprint, config, limits);
  await loadPicture(blueprint.id);
  const forward = await loadForward(blueprint.id);
  setKernels('fused');
  const frozen = createFrozen();
  try {
    const tensors = new Map<string, Tensor>();
    await folder.load(
      (name, { shape }) => {
        const { put, end } = frozen.begin(shape);
        return { put, end: () => void tensors.set(name, end()) };
      },
      (done) => onBytes(done, bytes),
    );
    const params = build(blueprint.spec(config), (name) => tensors.get(name)!);
    const rng = createRng('look');
    return {
      blueprint,
      config,
      inspect(example, taps) {
        setKernels('fused');
        const { length } = example.inputIds;
        return look({ forward, params, config, rng }, collate([example], { length, slots: length, padId: 0 }), taps);
      },
      dispose: () => frozen.dispose(),
    };
  } catch (error) {
    frozen.dispose();
    throw error;
  }
}

/** One example at a time. */
const inspectOne =
  (inspect: LoadedModel['inspect']) =>
  ([example]: readonly Example[], taps: readonly string[]) =>
    inspect(example!, taps);

/** Told this often how far it is, in bytes. */
const told = 4e6;

/** The one model of a session that came in files. */
export function createOpened(post: (message: Message) => void, device: Pick<Device, 'limits'>): Opened {
  let model: LoadedModel | undefined;
  let files: readonly Chosen[] = [];

  function read(): Promise<LoadedModel> {
    let next = 0;
    return loadModel(files, device.limits(), (done, of) => {
      if (done < next && done < of) return;
      next = done + told;
      post({ type: 'stage', text: 'Reading the weights', done, of });
    });
  }

  function view({ blueprint, config, inspect }: LoadedModel, example: Example): Promise<Frame> {
    const asked = { blueprint, config, ...questionsAsked(blueprint) };
    const given = { step: 0, write: async () => [], inspect: inspectOne(inspect) };
    return frameMaker(asked, [example])!.frame(given);
  }

  return {
    async tell(command) {
      if (command.type === 'open') {
        const before = model;
        files = command.files;
        model = await read();
        before?.dispose();
        return post({ type: 'opened', id: command.id });
      }
      if (!model) throw new AppError('unavailable', 'There is no model yet. Choose its files first.');
      post({ type: 'viewed', id: command.id, frame: await view(model, command.example) });
    },
    async remake() {
      if (model) model = await read();
    },
  };
}
