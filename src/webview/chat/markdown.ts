import * as l10n from '@vscode/l10n';
import DOMPurify from 'dompurify';
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import go from 'highlight.js/lib/languages/go';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import markdown from 'highlight.js/lib/languages/markdown';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import MarkdownIt from 'markdown-it';
import { visibleNodes, withVisibleControls } from './visible-controls';

const languages = {
  bash,
  cpp,
  csharp,
  css,
  diff,
  go,
  java,
  javascript,
  json,
  markdown,
  php,
  python,
  ruby,
  rust,
  sql,
  typescript,
  xml,
  yaml,
};
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);

/** Longer code is shown without colours: highlighting it again with every token would freeze the page. */
const longestHighlighted = 20_000;
/** So is code with longer lines, which is minified or no code: the grammars take quadratic time on it. */
const longestHighlightedLine = 2_000;
/** Longer answers are shown as plain text. */
const longestMarkdown = 200_000;
/** So are answers of more parts, such as a table of ten thousand cells, which takes seconds to lay out. */
const mostTokens = 20_000;
/** So are answers with more of these, each of which might begin a link: markdown-it takes quadratic time on them. */
const mostBrackets = 20_000;
/** So are deeper ones: markdown-it leaves out what is nested a hundred times. */
const deepest = 98;

/** What a link of an answer may point at. Everything else (`command:`, `file:`, `javascript:`, `data:`) is text. */
const allowedLink = /^(?:https?|mailto):/i;

const renderer = new MarkdownIt({ html: false, linkify: true, breaks: false });
renderer.validateLink = (href) => allowedLink.test(href.trim());

/** No image is ever loaded: the address of one can carry what the conversation said. It becomes a link. */
renderer.renderer.rules['image'] = (tokens, index) => {
  const token = tokens[index];
  const href = String(token?.attrGet('src') ?? '');
  const escape = renderer.utils.escapeHtml;
  if (href === '') return escape(token?.content ?? '');
  return `<a href="${escape(href)}">${escape(token?.content || href)}</a>`;
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
    `<pre tabindex="0" dir="ltr"><code class="hljs">${withVisibleControls(highlighted(code, language))}</code></pre></div>\n`
  );
}

function highlighted(code: string, language: string): string {
  const readable =
    code.length <= longestHighlighted &&
    code.split('\n').every((line) => line.length <= longestHighlightedLine);
  if (!readable || hljs.getLanguage(language) === undefined) return renderer.utils.escapeHtml(code);
  return hljs.highlight(code, { language, ignoreIllegals: true }).value;
}

/**
 * An answer as sanitised nodes. HTML in it is shown as text; what markdown makes of it is sanitised once more,
 * so that two independent libraries would have to fail together.
 */
export function renderAnswer(text: string): DocumentFragment {
  if (text.length > longestMarkdown || countOf('[', text) > mostBrackets) return plainText(text);
  const tokens = renderer.parse(text, {});
  if (tokens.length > mostTokens || tokens.some(({ level }) => level >= deepest)) return plainText(text);
  return DOMPurify.sanitize(renderer.renderer.render(tokens, renderer.options, {}), {
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
