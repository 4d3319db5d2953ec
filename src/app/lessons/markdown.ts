import { tex } from '@mdit/plugin-tex';
import katex from 'katex';
import MarkdownIt from 'markdown-it';
import footnote from 'markdown-it-footnote';
import { type PaperId, papers } from '../../core/papers.ts';
import { isModelPart, modelParts } from '../../figures/named-parts.ts';
import type { Blame } from './mistake.ts';
import { renameStyles } from './styles.ts';

type Token = ReturnType<MarkdownIt['parse']>[number];

/** What every rule of one rendering can ask; markdown-it hands it from parsing to rendering. */
interface Env {
  readonly docId: string;
  readonly citations: Set<PaperId>;
}

export interface Setting {
  /** Line of the text's first line in its file, from 1. */
  readonly firstLine: number;
  /** Tells footnotes of one step from those of another. */
  readonly scope: string;
  readonly blame: Blame;
  /** Whether an address within the site leads somewhere. */
  readonly resolves: (address: string) => boolean;
}

const isPaper = (key: string): key is PaperId => Object.hasOwn(papers, key);

/** `Devlin et al. 2019`, `Loshchilov and Hutter 2019`. */
export function shortCitation(id: PaperId): string {
  const { authors, year } = papers[id];
  const [first, second, ...others] = authors.split(', ');
  const names = others.length > 0 ? `${first} et al.` : second ? `${first} and ${second}` : first;
  return `${names} ${year}`;
}

const citation = /^\[@([\w-]+)(?:,\s*([^\]]+))?\]/;

/** `[@bert]` and `[@bert, Table 5]` become a link to the paper. */
function citations(markdown: MarkdownIt): void {
  markdown.inline.ruler.before('link', 'citation', (state, silent) => {
    const match = citation.exec(state.src.slice(state.pos));
    if (!match) return false;
    if (!silent) {
      const token = state.push('citation', '', 0);
      token.content = match[1] ?? '';
      token.info = match[2] ?? '';
    }
    state.pos += match[0].length;
    return true;
  });
  markdown.renderer.rules.citation = (tokens, i) => {
    const { content, info } = tokens[i] as Token;
    if (!isPaper(content)) return '';
    const { arxiv, title } = papers[content];
    const where = info ? `, ${markdown.utils.escapeHtml(info)}` : '';
    return `<a class="citation" href="https://arxiv.org/abs/${arxiv}" title="${markdown.utils.escapeHtml(title)}">${shortCitation(content)}${where}</a>`;
  };
}

const namedPart = /^\[([^\]]+)\]\{\.([\w-]+)\}/;

/** `[heads]{.attention}` names a part of the model: the word and the picture light each other. */
function parts(markdown: MarkdownIt): void {
  markdown.inline.ruler.before('link', 'part', (state, silent) => {
    const match = namedPart.exec(state.src.slice(state.pos));
    if (!match) return false;
    if (!silent) {
      const token = state.push('part', '', 0);
      token.content = match[1] ?? '';
      token.info = match[2] ?? '';
    }
    state.pos += match[0].length;
    return true;
  });
  markdown.renderer.rules.part = (tokens, i) => {
    const { content, info } = tokens[i] as Token;
    return `<button type="button" class="part" data-part="${info}">${markdown.utils.escapeHtml(content)}</button>`;
  };
}

const forScreen = /^\[([^\]]+)\]\{\.screen\}/;

/** `[Move the slider.]{.screen}` says what to do with a hand: it is left out on paper. */
function screenOnly(markdown: MarkdownIt): void {
  markdown.inline.ruler.before('part', 'screen', (state, silent) => {
    const [all, inside = ''] = forScreen.exec(state.src.slice(state.pos)) ?? [];
    if (all === undefined) return false;
    if (!silent) {
      const { pos, posMax } = state;
      state.push('screen_open', 'span', 1).attrSet('class', 'screen-only');
      state.pos = pos + 1;
      state.posMax = state.pos + inside.length;
      state.md.inline.tokenize(state);
      state.push('screen_close', 'span', -1);
      Object.assign(state, { pos, posMax });
    }
    state.pos += all.length;
    return true;
  });
}

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: true, quotes: '“”‘’' })
  // Quotes turn, and nothing else does: the third of several, (c), is no copyright.
  .disable('replacements')
  .use(footnote)
  .use(citations)
  .use(parts)
  .use(screenOnly)
  .use(tex, {
    render: (formula: string, displayMode: boolean) =>
      katex
        .renderToString(formula, { displayMode, throwOnError: true, strict: 'error', output: 'htmlAndMathml' })
        // On a phone a long one is scrolled to, by keyboard too.
        .replace('class="katex-display"', 'class="katex-display" tabindex="0" role="group" aria-label="Formula"'),
  });

// A number stays with its percent sign.
markdown.core.ruler.push('percent', ({ tokens }) => {
  for (const { children } of tokens)
    for (const token of children ?? [])
      if (token.type === 'text') token.content = token.content.replace(/(\d) %/g, '$1\u00a0%');
});

// A wide table scrolls by itself, also from the keyboard, instead of widening the page.
markdown.renderer.rules.table_open = () => '<div class="table" tabindex="0" role="region" aria-label="Table"><table>\n';
markdown.renderer.rules.table_close = () => '</table></div>\n';

function checkToken(token: Token, line: number, { blame, resolves }: Setting): void {
  if (token.type === 'part' && !isModelPart(token.info))
    blame(line, `{.${token.info}} is no part of the model; there are ${modelParts.join(', ')}.`);
  if (token.type === 'citation' && !isPaper(token.content))
    blame(line, `[@${token.content}] is no paper of the bibliography (src/core/papers.ts).`);
  if (token.type === 'math_inline' || token.type === 'math_block') {
    try {
      katex.renderToString(token.content, { throwOnError: true, strict: 'error' });
    } catch (error) {
      blame(line, `has a formula that cannot be set: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (token.type === 'text' && /\[\^[^\]]+\]/.test(token.content))
    blame(line, `has a footnote mark without its note in the same step: ${token.content}`);
  if (token.type === 'link_open') {
    const address = String(token.attrGet('href') ?? '');
    if (!/^https:\/\//.test(address) && !resolves(address)) blame(line, `has a link that leads nowhere: ${address}`);
  }
  if (token.type === 'image') blame(line, 'has an image; place a figure instead.');
}

/** Markdown of one step to HTML: tables, footnotes, TeX, citations. Any mistake is blamed on its line. */
export function renderMarkdown(text: string, setting: Setting): string {
  const env: Env = { docId: setting.scope, citations: new Set() };
  const tokens = markdown.parse(text, env);
  let line = setting.firstLine;
  for (const token of tokens) {
    if (token.map) line = setting.firstLine + token.map[0];
    checkToken(token, line, setting);
    let within = line;
    for (const child of token.children ?? []) {
      checkToken(child, within, setting);
      if (child.type === 'softbreak' || child.type === 'hardbreak') within += 1;
    }
  }
  return renameStyles(markdown.renderer.render(tokens, markdown.options, env).trim());
}

/** One line of Markdown, without a paragraph around it. */
export function renderLine(text: string, setting: Setting): string {
  return renderMarkdown(text, setting).replace(/^<p>([\s\S]*)<\/p>$/, '$1');
}
