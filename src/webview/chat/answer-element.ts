import { h } from '../dom';
import type { FromChat } from '../protocol/chat';
import { copiedAnswer } from './copied-answer';
import { renderAnswer } from './markdown';

/** The text of an answer as markdown; grows without rendering on every token. */
export interface AnswerElement {
  readonly element: HTMLElement;
  /** Shows the text at once, or, while it grows, as soon as its length allows. */
  show(text: string, growing: boolean): void;
}

/**
 * Pauses between two renderings of a growing answer: long ones must not freeze the page. By its length, and
 * never shorter than four times what the last rendering took, where that was more than three frames.
 */
function pauseMs(length: number, lastRenderingMs: number): number {
  const byCost = lastRenderingMs > 50 ? 4 * lastRenderingMs : 0;
  if (length < 20_000) return byCost;
  return Math.max(byCost, length < 100_000 ? 250 : 1_000);
}

/** `decisionId` names the decision that what is done with the text is evidence on. */
export function createAnswerElement(
  post: (message: FromChat) => void,
  onRendered: () => void,
  decisionId: () => string | undefined,
): AnswerElement {
  let text = '';
  let shown = '';
  let scheduled = false;
  let lastRenderingMs = 0;
  let toldCopiedOf: string | undefined;
  const element = h('div', { class: 'answer', 'data-testid': 'answer', dir: 'auto' });
  element.addEventListener('click', (event) => onClick(event, post, decisionId()));
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') openFile(event, post);
  });
  element.addEventListener('copy', (event) => {
    const copied = copiedAnswer(document.getSelection());
    if (copied !== undefined && event.clipboardData !== null) {
      event.clipboardData.setData('text/plain', copied.text);
      event.clipboardData.setData('text/html', copied.html);
      event.preventDefault();
    }
    const id = decisionId();
    if (id === undefined || id === toldCopiedOf) return;
    toldCopiedOf = id;
    post({ type: 'copied', decisionId: id });
  });

  function render(): void {
    scheduled = false;
    if (shown === text) return;
    shown = text;
    const startedMs = performance.now();
    replaceChanged(element, renderAnswer(text, renderAgain));
    lastRenderingMs = performance.now() - startedMs;
    onRendered();
  }

  function renderAgain(): void {
    shown = '';
    render();
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    const pause = pauseMs(text.length, lastRenderingMs);
    if (pause === 0) requestAnimationFrame(render);
    else setTimeout(render, pause);
  }

  return {
    element,
    show: (next, growing) => {
      text = next;
      if (growing) schedule();
      else render();
    },
  };
}

/** Leaves the blocks that are the same where they are, with what is selected or has the focus in them. */
function replaceChanged(holder: HTMLElement, next: DocumentFragment): void {
  keepUnfolded(holder, next);
  const known = [...holder.childNodes];
  const fresh = [...next.childNodes];
  let same = 0;
  while (same < known.length && same < fresh.length && fresh[same]?.isEqualNode(known[same] ?? null)) same++;
  for (const node of known.slice(same)) node.remove();
  holder.append(...fresh.slice(same));
}

/** What the reader unfolded stays so, as the answer grows. */
function keepUnfolded(holder: HTMLElement, next: DocumentFragment): void {
  const known = [...holder.getElementsByTagName('details')];
  if (known.length === 0) return;
  const fresh = next.querySelectorAll('details');
  for (const [index, { open }] of known.entries()) fresh[index]?.toggleAttribute('open', open);
}

/** The page knows no files: the extension looks whether there is one, and whether it may be opened. */
function openFile(event: Event, post: (message: FromChat) => void): boolean {
  const link = event.target instanceof Element ? event.target.closest('[data-file]') : null;
  const href = link?.getAttribute('data-file');
  if (!href) return false;
  event.preventDefault();
  post({ type: 'open-file', href });
  return true;
}

function onClick(event: Event, post: (message: FromChat) => void, decisionId: string | undefined): void {
  if (!(event.target instanceof Element) || openFile(event, post)) return;
  const link = event.target.closest('a');
  if (link !== null) {
    // The editor listens further up and would open the link a second time.
    event.stopPropagation();
    event.preventDefault();
    const href = link.getAttribute('href');
    return href ? post({ type: 'open-link', href }) : undefined;
  }
  const button = event.target.closest('button[data-action]');
  const code = button?.closest('.code')?.querySelector('code')?.textContent;
  if (!button || code === undefined) return;
  const used = { code, ...(decisionId !== undefined && { decisionId }) };
  switch (button.getAttribute('data-action')) {
    case 'insert':
      return post({ type: 'insert', ...used });
    case 'apply':
      return post({ type: 'apply', ...used });
    case 'new-file': {
      const language = button.closest('.code')?.querySelector('.code-language')?.textContent ?? '';
      return post({ type: 'new-file', ...used, language });
    }
    default:
      // With a newline at its end a terminal would run it as it is pasted.
      post({ type: 'copy', ...used, code: code.replace(/\n$/, '') });
      return confirmCopied(button);
  }
}

function confirmCopied(button: Element): void {
  const mark = button.querySelector('.codicon');
  mark?.classList.replace('codicon-copy', 'codicon-check');
  setTimeout(() => mark?.classList.replace('codicon-check', 'codicon-copy'), 1_500);
}
