import { isSoftware, type Limits, limitsOf } from '../../core/textures.ts';
import type { Content, Flat, FlatCopy, Sheet } from './layout.ts';

/** A program that the driver was given to compile, perhaps beside others. */
export interface Begun {
  readonly program: WebGLProgram;
  /** Waits until it is compiled, and says where its uniforms are. Throws what the driver has against it. */
  readonly finish: () => Compiled;
}

/** A compiled program and where its uniforms are. */
export interface Compiled {
  readonly program: WebGLProgram;
  readonly ints: readonly (WebGLUniformLocation | null)[];
  readonly uints: readonly (WebGLUniformLocation | null)[];
  readonly floats: readonly (WebGLUniformLocation | null)[];
}

/** What one WebGL context owns beyond TensorFlow.js: layouts, programs and textures of our own. */
export interface Gpu extends Limits {
  readonly gl: WebGL2RenderingContext;
  /** Fragments a draw should have at least, lest most of the device stand idle. */
  readonly fragments: number;
  readonly triangle: WebGLVertexArrayObject;
  readonly programs: Map<string, Compiled>;
  /** Those that were begun ahead of their first draw. */
  readonly begun: Map<string, Begun>;
  /** Draws only begin to compile their programs, and write nothing. */
  isRehearsing: boolean;
  /** Sheets and flats that nobody uses, by size. */
  readonly idleSheets: Map<number, Sheet[]>;
  readonly idleFlats: Map<number, Flat[]>;
  /** Where the numbers of a tensor are, for tensors that hold them in our layouts. */
  readonly contents: Map<object, Content>;
  /** Copies in our layouts of tensors that TensorFlow.js or the CPU holds. */
  readonly sheetCopies: Map<object, Sheet>;
  readonly flatCopies: Map<object, FlatCopy>;
  /** Bytes of all textures that are in use. */
  bytes: number;
}

/** One triangle that covers the whole target. */
function coveringTriangle(gl: WebGL2RenderingContext): WebGLVertexArrayObject {
  const array = gl.createVertexArray()!;
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, Float32Array.of(-1, -1, 3, -1, -1, 3), gl.STATIC_DRAW);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
  gl.bindVertexArray(null);
  return array;
}

/** `limits`: less than the device offers, for tests. */
export function createGpu(gl: WebGL2RenderingContext, limits?: Partial<Limits>): Gpu {
  return {
    ...limitsOf(gl),
    ...limits,
    gl,
    fragments: isSoftware(gl) ? 256 : 2048,
    triangle: coveringTriangle(gl),
    programs: new Map(),
    begun: new Map(),
    isRehearsing: false,
    idleSheets: new Map(),
    idleFlats: new Map(),
    contents: new Map(),
    sheetCopies: new Map(),
    flatCopies: new Map(),
    bytes: 0,
  };
}
