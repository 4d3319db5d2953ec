import { type GPGPUContext, type GPGPUProgram, MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { backend_util, DataId, DataType, MemoryInfo, TensorInfo } from '@tensorflow/tfjs-core';
import type { Limits } from '../../core/textures.ts';
import { toPlain } from './convert.ts';
import { releaseFlat } from './flat.ts';
import { createGpu, type Gpu } from './gpu.ts';
import { release, soleSheet } from './sheet.ts';

type BackendValues = backend_util.BackendValues;

/**
 * TensorFlow.js's WebGL backend, whose tensors may also lie in our layouts: our programs read those as they are, an op
 * of TensorFlow.js makes it write them out in its own layout first.
 */
export class SheetBackend extends MathBackendWebGL {
  readonly own: Gpu;

  constructor(context: GPGPUContext, limits?: Partial<Limits>) {
    super(context);
    this.own = createGpu(context.gl as WebGL2RenderingContext, limits);
  }

  override uploadToGPU(dataId: DataId): void {
    const content = this.own.contents.get(dataId);
    const data = this.texData.get(dataId);
    const missing = content !== undefined && data.texture == null && data.values == null;
    super.uploadToGPU(dataId);
    if (!missing) return;
    const { gl } = this.own;
    const [height = 1, width = 1] = data.texShape!;
    const framebuffer = gl.createFramebuffer()!;
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, data.texture!.texture, 0);
    const size = data.shape.reduce((product, n) => product * n, 1);
    toPlain(this.own, content, size, { framebuffer, width, height });
    gl.deleteFramebuffer(framebuffer);
  }

  /**
   * A row in one sheet, which is what losses are reported in, is read from it directly: no draw, and no wait before the
   * fence.
   */
  override async read(dataId: DataId): Promise<BackendValues> {
    const content = this.own.contents.get(dataId);
    const sheet = content && soleSheet(content, content.kind === 'parts' ? content.cols : 0);
    const data = this.texData.get(dataId);
    if (!sheet || sheet.rows > 1 || data.values != null || data.texture != null) return super.read(dataId);
    const { gl } = this.own;
    const { cols, width, framebuffer } = sheet;
    const buffer = gl.createBuffer();
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    gl.readBuffer(gl.COLOR_ATTACHMENT0);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
    gl.bufferData(gl.PIXEL_PACK_BUFFER, width * 16, gl.STREAM_READ);
    gl.readPixels(0, 0, width, 1, gl.RGBA, gl.FLOAT, 0);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    await this.getGPGPUContext().createAndWaitForFence();
    const values = new Float32Array(width * 4);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
    gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, values);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    gl.deleteBuffer(buffer);
    return values.subarray(0, cols);
  }

  override runWebGLProgram(
    program: GPGPUProgram,
    inputs: TensorInfo[],
    outputDtype: DataType,
    customUniformValues?: number[][],
    preventEagerUnpackingOfOutput?: boolean,
    customTexShape?: [number, number],
  ): TensorInfo {
    for (const { dataId } of inputs) if (this.own.contents.has(dataId)) this.uploadToGPU(dataId);
    return super.runWebGLProgram(
      program,
      inputs,
      outputDtype,
      customUniformValues,
      preventEagerUnpackingOfOutput,
      customTexShape,
    );
  }

  override shouldExecuteOnCPU(inputs: TensorInfo[], sizeThreshold?: number): boolean {
    return (
      !inputs.some(({ dataId }) => this.own.contents.has(dataId)) && super.shouldExecuteOnCPU(inputs, sizeThreshold)
    );
  }

  override disposeData(dataId: DataId, force?: boolean): boolean {
    const gone = super.disposeData(dataId, force);
    if (gone) this.forget(dataId);
    return gone;
  }

  override memory(): ReturnType<MathBackendWebGL['memory']> & MemoryInfo {
    const said = super.memory();
    return { ...said, numBytesInGPU: said.numBytesInGPU + this.own.bytes } as ReturnType<MathBackendWebGL['memory']> &
      MemoryInfo;
  }

  private forget(dataId: DataId): void {
    const { own } = this;
    const content = own.contents.get(dataId);
    if (content) {
      own.contents.delete(dataId);
      if (content.kind === 'parts') for (const { sheet } of content.parts) release(own, sheet);
    }
    const sheet = own.sheetCopies.get(dataId);
    if (sheet) {
      own.sheetCopies.delete(dataId);
      release(own, sheet);
    }
    const copy = own.flatCopies.get(dataId);
    if (copy) {
      own.flatCopies.delete(dataId);
      releaseFlat(own, copy.flat);
    }
  }
}
