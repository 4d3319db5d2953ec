import type { Plugin } from 'vite';

/** What the built site may load, and from where. There is no exception for inline scripts, inline styles or eval. */
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "worker-src 'self'",
  // A picture becomes a PNG by way of a data: address.
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The training worker may also compile WebAssembly, which is no eval: where there is no GPU it computes with that. */
const workerPolicy = policy.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'");

/**
 * For hosts that read a file of this name (Netlify, Cloudflare Pages and others). A policy sent as a header also binds
 * the training worker, which the page's own `<meta>` does not reach. Names in `assets/` change with their content.
 */
const headers = `/*
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
/
  Content-Security-Policy: ${policy}
/index.html
  Content-Security-Policy: ${policy}
/sw.js
  Content-Security-Policy: ${policy}
/assets/*
  Content-Security-Policy: ${workerPolicy}
  Cache-Control: public, max-age=31536000, immutable
`;

/** Puts the policy into the built page and beside it. The development server needs inline styles: it goes without. */
export function contentPolicy(): Plugin {
  return {
    name: 'content-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
        injectTo: 'head-prepend',
      },
    ],
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: headers });
    },
  };
}
