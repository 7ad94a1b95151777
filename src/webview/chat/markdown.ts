import * as l10n from '@vscode/l10n';
import DOMPurify from 'dompurify';
import MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';
import cjkFriendly from 'markdown-it-cjk-friendly';
import { readFileLink } from '../protocol/file-link';
import { withFormulas } from './formula-rules';
import { formulaOf } from './formula-text';
import { highlighted } from './highlight';
import { drawFormulas, loadMathematics } from './mathematics';
import { withReferences } from './reference-rules';
import { withSpacedLinks } from './spaced-link-rule';
import { withTables } from './table-rule';
import { withTags } from './tag-rules';
import { visibleNodes, withVisibleControls } from './visible-controls';

/** Longer answers are shown as plain text. */
const longestMarkdown = 200_000;
/** So are answers of more parts, such as a table of ten thousand cells, which takes seconds to lay out. */
const mostTokens = 20_000;
/** So are answers with more of these, each of which might begin a link: markdown-it takes quadratic time on them. */
const mostBrackets = 20_000;
/** So are deeper ones: markdown-it leaves out what is nested a hundred times. */
const deepest = 98;

/** Formulas within a line that are longer scroll by themselves; shorter ones stand on the line as letters do. */
const longestInText = 60;

/** What a link of an answer may point at, beside files. Everything else (`command:`, `javascript:`, `data:`) is text. */
const allowedLink = /^(?:https?|mailto):/i;

const renderer = new MarkdownIt({ html: false, linkify: true, breaks: false });
renderer.validateLink = (href) => allowedLink.test(href.trim()) || readFileLink(href) !== undefined;
// A file's name is no host: `main.py` and `lib.rs` would be links to Paraguay and Serbia.
renderer.linkify.set({ fuzzyLink: false });
renderer
  .use(cjkFriendly)
  .use(withFormulas)
  .use(withTags)
  .use(withReferences)
  .use(withTables)
  .use(withSpacedLinks);

/** What a file's link is: the page knows no files, so it has no address, and a click asks the extension to open it. */
function linkOpen(href: string): string {
  const escape = renderer.utils.escapeHtml;
  if (allowedLink.test(href.trim())) return `<a href="${escape(href)}">`;
  const link = readFileLink(href);
  if (link === undefined) return '<span>';
  const { path, line } = link;
  const title = line === undefined ? l10n.t('Open {0}', path) : l10n.t('Open {0} at line {1}', path, line);
  return `<span class="file-link" role="link" tabindex="0" data-file="${escape(href)}" title="${escape(title)}">`;
}

function linkClose(href: string): string {
  return allowedLink.test(href.trim()) ? '</a>' : '</span>';
}

function hrefOf(token: Token | undefined): string {
  return String(token?.attrGet('href') ?? '');
}

renderer.renderer.rules['link_open'] = (tokens, index) => linkOpen(hrefOf(tokens[index]));
renderer.renderer.rules['link_close'] = (tokens, index) => linkClose(hrefOf(tokens[index]));
/** An end tag has no address of its own: it is that of the tag before it, for links hold no other links. */
renderer.core.ruler.push('link_ends', ({ tokens }) => {
  for (const { children } of tokens) {
    let href = '';
    for (const token of children ?? []) {
      if (token.type === 'link_open') href = hrefOf(token);
      else if (token.type === 'link_close') token.attrSet('href', href);
    }
  }
});

renderer.renderer.rules['formula'] = (tokens, index) => formula('span', tokens[index]);
renderer.renderer.rules['formula_block'] = (tokens, index) => `${formula('div', tokens[index])}\n`;

/** Its source, until it is drawn. One without an end is not. */
function formula(element: 'span' | 'div', token: Token | undefined): string {
  const source = token?.content ?? '';
  const text = renderer.utils.escapeHtml(source);
  if (token?.info === 'open') return `<${element} class="formula-source" dir="ltr">${text}</${element}>`;
  const isWide = element === 'div' || formulaOf(source).isDisplayed;
  const classes = `formula${isWide ? ' display' : source.length > longestInText ? ' long' : ''}`;
  return `<${element} class="${classes}" dir="ltr"${isWide ? ' tabindex="0"' : ''}>${text}</${element}>`;
}

/** No image is ever loaded: the address of one can carry what the conversation said. It becomes a link. */
renderer.renderer.rules['image'] = (tokens, index) => {
  const token = tokens[index];
  const href = String(token?.attrGet('src') ?? '');
  const escape = renderer.utils.escapeHtml;
  if (href === '') return escape(token?.content ?? '');
  return `${linkOpen(href)}${escape(token?.content || href)}${linkClose(href)}`;
};

renderer.renderer.rules['fence'] = (tokens, index) =>
  codeBlock(tokens[index]?.content ?? '', tokens[index]?.info ?? '');
renderer.renderer.rules['code_block'] = (tokens, index) => codeBlock(tokens[index]?.content ?? '', '');

renderer.renderer.rules['code_inline'] = (tokens, index) =>
  `<code>${withVisibleControls(renderer.utils.escapeHtml(tokens[index]?.content ?? ''))}</code>`;

/** A wide table scrolls by itself; alignment is a class, since the page allows no inline style. */
renderer.renderer.rules['table_open'] = () => '<div class="scroll" tabindex="0"><table>';
renderer.renderer.rules['table_close'] = () => '</table></div>';
for (const cell of ['th', 'td']) {
  renderer.renderer.rules[`${cell}_open`] = (tokens, index) => {
    const align = /center|right/.exec(String(tokens[index]?.attrGet('style') ?? ''))?.[0];
    return align === undefined ? `<${cell}>` : `<${cell} class="align-${align}">`;
  };
}

function codeBlock(code: string, info: string): string {
  const language = info.trim().split(/\s/)[0] ?? '';
  const escape = renderer.utils.escapeHtml;
  const button = (action: string, icon: string, label: string): string =>
    `<button type="button" class="icon-button" data-action="${action}" title="${label}" aria-label="${label}">` +
    `<span class="codicon codicon-${icon}" aria-hidden="true"></span></button>`;
  return (
    `<div class="code"><div class="code-bar"><span class="code-language">${escape(language || 'text')}</span>` +
    `${button('copy', 'copy', l10n.t('Copy code'))}${button('insert', 'insert', l10n.t('Insert at cursor'))}` +
    `${button('apply', 'diff', l10n.t('Apply to the open file…'))}${button('new-file', 'new-file', l10n.t('New file'))}</div>` +
    `<pre tabindex="0" dir="ltr"><code class="hljs">${withVisibleControls(highlighted(code, language) ?? escape(code))}</code></pre></div>\n`
  );
}

/**
 * An answer as sanitised nodes. HTML in it is shown as text, but for a few tags that only mark text; what markdown makes
 * of it is sanitised once more, so that two independent libraries would have to fail together. `onMathematics` is called
 * where the answer has formulas that are shown as their source as yet, once they can be drawn.
 */
export function renderAnswer(text: string, onMathematics?: () => void): DocumentFragment {
  if (text.length > longestMarkdown || countOf('[', text) > mostBrackets) return plainText(text);
  const tokens = renderer.parse(text, {});
  if (tokens.length > mostTokens || tokens.some(({ level }) => level >= deepest)) return plainText(text);
  const html = renderer.renderer.render(tokens, renderer.options, {});
  const fragment = sanitised(html);
  if (html.includes('class="formula') && !drawFormulas(fragment))
    loadMathematics().then(onMathematics, (error: unknown) =>
      console.warn('Formulas are shown as their source.', error),
    );
  return fragment;
}

function sanitised(html: string): DocumentFragment {
  return DOMPurify.sanitize(html, {
    USE_PROFILES: { html: true },
    FORBID_TAGS: [
      'img',
      'picture',
      'video',
      'audio',
      'style',
      'form',
      'input',
      'textarea',
      'select',
      'iframe',
    ],
    FORBID_ATTR: ['style', 'id', 'name', 'target', 'srcset'],
    ALLOWED_URI_REGEXP: allowedLink,
    // DOMPurify holds every attribute that it does not know to be harmless against the pattern of links.
    ADD_URI_SAFE_ATTR: ['dir', 'start', 'tabindex', 'type'],
    RETURN_DOM_FRAGMENT: true,
  });
}

function countOf(character: string, text: string): number {
  return text.split(character).length - 1;
}

function plainText(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const block = document.createElement('pre');
  block.append(...visibleNodes(text));
  fragment.append(block);
  return fragment;
}
