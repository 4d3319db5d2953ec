import { AppError } from '../core/errors.ts';
import { build, type TreeOf } from '../core/params.ts';
import { createRng } from '../core/rng.ts';
import { type Chosen, gather } from '../hub/gathered.ts';
import { type ModelFolder, openModel } from '../hub/model-folder.ts';
import type { AnyForward, Parts } from '../models/architecture.ts';
import { loadForward } from '../models/forwards.ts';
import { createFrozen, type Frozen } from '../nn/frozen.ts';
import { setKernels } from '../nn/kernels/kernel.ts';
import type { Tensor } from '../nn/tf.ts';
import { collate } from '../objectives/batch.ts';
import type { Example } from '../objectives/objective.ts';
import type { Device } from './context.ts';
import { look } from './look.ts';
import { checkView, questionsAsked } from './look-fit.ts';
import type { Command, Message } from './protocol.ts';
import { frameMaker } from './watch.ts';

type Told = Extract<Command, { type: 'open' | 'view' }>;

/** A model that came in files, to be asked and not trained. */
export interface Opened {
  tell(command: Told): Promise<void>;
  /** Reads it again, when all that was on the graphics card is gone. */
  remake(): Promise<void>;
}

interface Model extends Pick<ModelFolder, 'blueprint' | 'config'> {
  readonly files: readonly Chosen[];
  readonly forward: AnyForward;
  readonly params: TreeOf<Parts, Tensor>;
  readonly frozen: Frozen;
}

/** Told this often how far it is, in bytes. */
const told = 4e6;

/** The one model of a session that came in files. */
export function createOpened(post: (message: Message) => void, device: Pick<Device, 'limits'>): Opened {
  let model: Model | undefined;

  async function read(files: readonly Chosen[]): Promise<Model> {
    const folder = await openModel(await gather(files));
    const { blueprint, config, bytes } = folder;
    checkView(blueprint, config, device.limits());
    const forward = await loadForward(blueprint.id);
    setKernels('fused');
    const frozen = createFrozen();
    try {
      const tensors = new Map<string, Tensor>();
      let next = 0;
      await folder.load(
        (name, { shape }, values) => tensors.set(name, frozen.add(values, shape)),
        (done) => {
          if (done < next && done < bytes) return;
          next = done + told;
          post({ type: 'stage', text: 'Reading the weights', done, of: bytes });
        },
      );
      const params = build(blueprint.spec(config), (name) => tensors.get(name)!);
      return { blueprint, config, files, forward, params, frozen };
    } catch (error) {
      frozen.dispose();
      throw error;
    }
  }

  async function view({ blueprint, config, forward, params }: Model, example: Example) {
    const asked = { blueprint, config, ...questionsAsked(blueprint) };
    setKernels('fused');
    const rng = createRng('look');
    const frame = await frameMaker(asked, [example])!.frame({
      step: 0,
      write: async () => [],
      inspect(examples, taps) {
        const { length } = example.inputIds;
        return look({ forward, params, config, rng }, collate(examples, { length, slots: length, padId: 0 }), taps);
      },
    });
    return frame;
  }

  return {
    async tell(command) {
      if (command.type === 'open') {
        const before = model;
        model = await read(command.files);
        before?.frozen.dispose();
        return post({ type: 'opened', id: command.id });
      }
      if (!model) throw new AppError('unavailable', 'There is no model yet. Choose its files first.');
      post({ type: 'viewed', id: command.id, frame: await view(model, command.example) });
    },
    async remake() {
      if (model) model = await read(model.files);
    },
  };
}
