import * as l10n from '@vscode/l10n';

/** True where a text is a web page: proxies, bot walls and wrong addresses answer with one. */
export function isPage(text: string): boolean {
  return /^\s*(?:<!--[\s\S]{0,500}?-->\s*)?<(?:!doctype html|html|head|body)\b/i.test(text);
}

/** What a page says, in one sentence that says too that it was one. */
export function textOfPage(page: string): string {
  const title = plainText(/<title[^>]*>([^<]*)</i.exec(page)?.[1] ?? '');
  const body = plainText(page.replace(/<(style|script|title|noscript)\b[\s\S]*?(?:<\/\1>|$)/gi, ' '));
  const said = body.startsWith(title) ? body : [title, body].filter((text) => text !== '').join(' – ');
  return said === ''
    ? l10n.t('The server answered with an empty web page.')
    : l10n.t('The server answered with a web page: {0}', said);
}

/** A text without its marks. */
export function plainText(marked: string): string {
  return marked
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&nbsp;/gi, ' ')
    .replace(/&quot;/gi, '"')
    .replace(/&#0?39;|&apos;/gi, "'")
    .replace(/&lt;/gi, '<')
    .replace(/&gt;/gi, '>')
    .replace(/&amp;/gi, '&')
    .replace(/\s+/g, ' ')
    .trim();
}
