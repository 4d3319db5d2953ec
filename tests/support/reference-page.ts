import type { Comparison } from '../../src/checks/comparison.ts';
import { compare } from '../../src/checks/reference.ts';
import { useBackend } from '../../src/nn/tf.ts';

/** A reference as JSON carries it into a page: bytes as base64. */
export interface EncodedReference {
  readonly config: string;
  readonly weights: string;
  readonly io: string;
}

/** What comes back from the page; errors lose their class on the way. */
export type Answer =
  | { readonly comparisons: readonly Comparison[] }
  | { readonly name: string; readonly message: string };

const bytes = (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** `compare` on the WebGL backend of the page that loads this module. */
export async function compareInPage({ config, weights, io }: EncodedReference): Promise<Answer> {
  await useBackend('webgl');
  try {
    return { comparisons: await compare({ config: bytes(config), weights: bytes(weights), io }) };
  } catch (error) {
    const { name, message } = error as Error;
    return { name, message };
  }
}
