import { z } from 'zod';
import '@vscode/codicons/dist/codicon.css';
import '../page.css';
import './chat.css';
import { h, rootElement } from '../dom';
import { connect } from '../host';
import type { FromChat, ToChat, TurnView } from '../protocol';
import { toChatSchema } from '../protocol';
import { createComposer } from './composer';
import { emptyState, simulatedBanner } from './empty-state';
import type { TurnElement } from './turn-element';
import { createTurnElement } from './turn-element';

const draftSchema = z.object({ draft: z.string() });

const host = connect<ToChat, FromChat>(toChatSchema, receive);
const post = (message: FromChat): void => host.post(message);
const kept = draftSchema.safeParse(host.kept());

const turns = new Map<string, TurnElement>();
const banner = h('div');
const list = h('section', { class: 'turns', 'aria-label': 'Conversation' });
const announcer = h('div', { class: 'hidden', role: 'status', 'aria-live': 'polite' });
const composer = createComposer({
  post,
  draft: kept.success ? kept.data.draft : '',
  onDraft: (draft) => host.keep({ draft }),
});
rootElement().append(banner, list, composer.element, announcer);
post({ type: 'ready' });

function receive(message: ToChat): void {
  switch (message.type) {
    case 'conversation':
      banner.replaceChildren(...(message.simulated ? [simulatedBanner(post)] : []));
      composer.setPool(message.pool);
      composer.setSelection(message.selection);
      return showConversation(message.turns);
    case 'turn':
      return keepingAtEnd(() => showTurn(message.turn));
    case 'delta':
      return keepingAtEnd(() => turns.get(message.turnId)?.append(message.text));
    case 'selection':
      return composer.setSelection(message.selection);
    case 'focus':
      return composer.focus();
  }
}

function showConversation(views: readonly TurnView[]): void {
  turns.clear();
  list.replaceChildren();
  if (views.length === 0) list.append(emptyState((prompt) => composer.setText(prompt)));
  for (const view of views) showTurn(view);
  composer.setAnswering(views.some(isUnderWay));
  list.scrollTop = list.scrollHeight;
}

function showTurn(view: TurnView): void {
  if (turns.size === 0) list.replaceChildren();
  const known = turns.get(view.id);
  announce(known?.turn, view);
  if (known === undefined) {
    const created = createTurnElement(view, post);
    turns.set(view.id, created);
    list.append(created.element);
    list.scrollTop = list.scrollHeight;
  } else {
    known.update(view);
  }
  composer.setAnswering([...turns.values()].some(({ turn }) => isUnderWay(turn)));
}

function isUnderWay({ status }: TurnView): boolean {
  return status === 'waiting' || status === 'streaming';
}

/** Tells a screen reader of the beginning and the end of an answer; not of every token. */
function announce(before: TurnView | undefined, { status, line, error }: TurnView): void {
  if (before?.status === status) return;
  if (status === 'streaming') announcer.textContent = 'Answering.';
  if (status === 'done' && line) announcer.textContent = `Answer finished by ${line.model}, ${line.cost}.`;
  if (status === 'stopped') announcer.textContent = 'Stopped.';
  if (status === 'failed') announcer.textContent = error?.text ?? 'The answer failed.';
}

/** Follows a growing answer only where the user is at its end: who scrolled up is reading. */
function keepingAtEnd(change: () => void): void {
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  change();
  if (!atEnd) return;
  requestAnimationFrame(() => requestAnimationFrame(() => (list.scrollTop = list.scrollHeight)));
}
