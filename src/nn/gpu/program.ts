import type { Begun, Compiled, Gpu } from './gpu.ts';
import type { Flat, Sheet } from './layout.ts';

/** What a program may read: a sheet or flat of ours, or a texture of TensorFlow.js (one number a texel). */
export type Input = Sheet | Flat | { readonly texture: WebGLTexture; readonly plain: true };

/** What it writes to, in texels. */
export interface Target {
  readonly framebuffer: WebGLFramebuffer;
  readonly width: number;
  readonly height: number;
  /** Only these rows of texels, from and up to; all, if absent. */
  readonly within?: readonly [number, number];
}

/**
 * A fragment program: everything that is constant is in the source, everything that changes from run to run is a
 * uniform.
 */
export interface Program {
  /** Tells it from every other one: its name and all that went into the source. */
  readonly key: string;
  /** Names of the samplers; a sheet's is a `sampler2DArray`, others' a `sampler2D`. */
  readonly inputs: readonly string[];
  /** Whole numbers, one each. */
  readonly ints?: readonly string[];
  /** 32-bit keys. */
  readonly uints?: readonly string[];
  readonly floats?: readonly string[];
  readonly source: () => string;
}

export interface Numbers {
  readonly ints?: readonly number[];
  readonly uints?: readonly number[];
  readonly floats?: readonly number[];
}

const vertexSource = `#version 300 es
in vec2 corner;
void main() { gl_Position = vec4(corner, 0, 1); }`;

function shader(gl: WebGL2RenderingContext, type: number, source: string): WebGLShader {
  const made = gl.createShader(type)!;
  gl.shaderSource(made, source);
  gl.compileShader(made);
  return made;
}

function header(
  { layers }: Gpu,
  { inputs, ints = [], uints = [], floats = [] }: Program,
  given: readonly Input[],
): string {
  const samplers = inputs.map(
    (name, i) => `uniform ${'framebuffer' in given[i]! ? 'sampler2DArray' : 'sampler2D'} ${name};`,
  );
  const numbers = [
    ...ints.map((name) => `uniform int ${name};`),
    ...uints.map((name) => `uniform uint ${name};`),
    ...floats.map((name) => `uniform float ${name};`),
  ];
  return `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
precision highp sampler2DArray;
${samplers.join('\n')}
${numbers.join('\n')}
// Four columns of one row of a sheet; four numbers of a flat.
#define AT(sheet, row, x) texelFetch(sheet, ivec3((x), (row) >> ${Math.log2(layers)}, (row) & ${layers - 1}), 0)
#define BLOCK(sheet, y, layer, x) texelFetch(sheet, ivec3((x), (y), (layer)), 0)
#define FLAT(vector, t) texelFetch(vector, ivec2((t) & 1023, (t) >> 10), 0)
`;
}

/** Gives a program to the driver, which may compile several at a time as long as nobody asks how they are. */
function begin(gpu: Gpu, program: Program, given: readonly Input[]): Begun {
  const { gl } = gpu;
  const made = gl.createProgram()!;
  const source = header(gpu, program, given) + program.source();
  const fragment = shader(gl, gl.FRAGMENT_SHADER, source);
  gl.attachShader(made, shader(gl, gl.VERTEX_SHADER, vertexSource));
  gl.attachShader(made, fragment);
  gl.bindAttribLocation(made, 0, 'corner');
  gl.linkProgram(made);
  const finish = (): Compiled => {
    if (!gl.getProgramParameter(made, gl.LINK_STATUS) && !gl.isContextLost()) {
      const said = gl.getShaderInfoLog(fragment) || gl.getProgramInfoLog(made);
      throw new Error(`the program ${program.key} does not compile: ${said}`, { cause: source });
    }
    gl.useProgram(made);
    program.inputs.forEach((name, unit) => {
      gl.uniform1i(gl.getUniformLocation(made, name), unit);
    });
    const locations = (names: readonly string[] = []) => names.map((name) => gl.getUniformLocation(made, name));
    return {
      program: made,
      ints: locations(program.ints),
      uints: locations(program.uints),
      floats: locations(program.floats),
    };
  };
  return { program: made, finish };
}

/** One draw: runs a program for every texel of the target. */
export function draw(
  gpu: Gpu,
  program: Program,
  inputs: readonly Input[],
  target: Target,
  numbers: Numbers = {},
): void {
  const { gl, programs, begun } = gpu;
  const { key } = program;
  let compiled = programs.get(key);
  if (gpu.isRehearsing) {
    if (!compiled && !begun.has(key)) begun.set(key, begin(gpu, program, inputs));
    return;
  }
  if (!compiled) {
    compiled = (begun.get(key) ?? begin(gpu, program, inputs)).finish();
    begun.delete(key);
    programs.set(key, compiled);
  }
  gl.useProgram(compiled.program);
  gl.bindFramebuffer(gl.FRAMEBUFFER, target.framebuffer);
  gl.viewport(0, 0, target.width, target.height);
  const [from, to] = target.within ?? [0, target.height];
  gl.scissor(0, from, target.width, to - from);
  gl.bindVertexArray(gpu.triangle);
  for (let unit = 0; unit < inputs.length; unit++) {
    const input = inputs[unit]!;
    gl.activeTexture(gl.TEXTURE0 + unit);
    gl.bindTexture('framebuffer' in input ? gl.TEXTURE_2D_ARRAY : gl.TEXTURE_2D, input.texture);
  }
  const { ints, uints, floats } = numbers;
  if (ints) for (let i = 0; i < ints.length; i++) gl.uniform1i(compiled.ints[i]!, ints[i]!);
  if (uints) for (let i = 0; i < uints.length; i++) gl.uniform1ui(compiled.uints[i]!, uints[i]!);
  if (floats) for (let i = 0; i < floats.length; i++) gl.uniform1f(compiled.floats[i]!, floats[i]!);
  gl.drawArrays(gl.TRIANGLES, 0, 3);
}

/** Lines for 0 … n−1. */
export const each = (n: number, line: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => line(i)).join('\n');

/** Declares the outputs `y0 …`, one a layer. */
export const outputs = (layers: number): string => each(layers, (i) => `layout(location = ${i}) out vec4 y${i};`);
