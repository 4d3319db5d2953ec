import type { Finding } from './checks.ts';

/** What a page asks of the checking worker, once. */
export interface Asked {
  readonly on: 'graphics' | 'processor';
  readonly references: readonly AskedReference[];
}

export interface AskedReference {
  readonly title: string;
  /** The address of its file. */
  readonly url: string;
  readonly kernels: 'fused' | 'plain';
}

/**
 * What the page is told, in this order: the device and the ops that will be compared there, then of each check that it
 * has begun and what came of it, ops first, then the end.
 */
export type Told =
  | { readonly type: 'device'; readonly name: string; readonly kernels: readonly string[]; readonly problem?: string }
  | { readonly type: 'begun'; readonly title: string }
  | { readonly type: 'found'; readonly title: string; readonly finding: Finding }
  | { readonly type: 'broke'; readonly title: string; readonly problem: string }
  | { readonly type: 'lost' }
  | { readonly type: 'failed'; readonly problem: string }
  | { readonly type: 'done' };
