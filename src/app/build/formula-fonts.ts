import type { Plugin } from 'vite';

/** Leaves one format of KaTeX's fonts in its style sheet: every browser that runs the site reads woff2. */
export function formulaFonts(): Plugin {
  return {
    name: 'formula-fonts',
    enforce: 'pre',
    transform: {
      filter: { id: /katex(\.min)?\.css$/ },
      handler: (code) => ({ code: code.replace(/,url\([^)]+\.(?:woff|ttf)\) format\("[a-z]+"\)/g, ''), map: null }),
    },
  };
}
