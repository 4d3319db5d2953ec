import type { Component } from 'svelte';
import { render } from 'svelte/server';

/** A figure rendered on the server, as an SVG file that opens by itself in the colours of the site. */
export function drawn<Props extends object>(figure: (internals: never, props: Props) => unknown, props: Props): string {
  const { body: markup } = render(figure as unknown as Component, { props: props as Record<string, never> });
  const body = markup.replaceAll(/<!--[\s\S]*?-->/g, '').trim();
  const sheet = '<?xml-stylesheet href="../../../src/figures/palette.css"?>\n';
  return `${sheet}${body.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ').replaceAll('><', '>\n<')}\n`;
}

/** The file of a specimen: `token-strip` and `masked pair, narrow` → `snapshots/token-strip-masked-pair-narrow.svg`. */
export const fileOf = (figure: string, specimen: string): string =>
  `./snapshots/${figure}-${specimen.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.svg`;
