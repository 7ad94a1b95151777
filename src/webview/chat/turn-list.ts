import * as l10n from '@vscode/l10n';
import { h, textButton } from '../dom';
import type { FromChat, TurnView } from '../protocol/chat';
import { followEnd } from './follow-end';
import type { TurnElement } from './turn-element';
import { createTurnElement } from './turn-element';
import type { TurnWindow } from './turn-window';
import { atEnd, grown, newer, older } from './turn-window';

/** The turns of a conversation on the page: those around what is in sight. */
export interface TurnList {
  /** `earlier` tells how many turns of the conversation come before them: the host is asked for those in time. */
  show(turns: readonly TurnView[], earlier?: number): void;
}

interface Shown {
  turn: TurnView;
  readonly turnElement: TurnElement;
}

/** How near to an end of the window the next turns are loaded, in heights of the view. */
const nearViews = 1.5;

export function createTurnList(scroller: HTMLElement, post: (message: FromChat) => void): TurnList {
  const shown = new Map<string, Shown>();
  const end = followEnd(scroller);
  let turns: readonly TurnView[] = [];
  let earlier = 0;
  let askedBefore: string | undefined;
  let range: TurnWindow = { first: 0, end: 0 };
  const toOlder = textButton('', up, { 'data-testid': 'older' });
  const toNewer = textButton('', () => move(newer(range, turns.length)), { 'data-testid': 'newer' });
  const above = h('div', { class: 'more-turns' }, toOlder);
  const below = h('div', { class: 'more-turns' }, toNewer);

  scroller.addEventListener('scroll', () => {
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    const near = nearViews * clientHeight;
    if (scrollTop < near && range.first + earlier > 0) up();
    else if (scrollHeight - scrollTop - clientHeight < near && range.end < turns.length)
      move(newer(range, turns.length));
  });

  function up(): void {
    if (range.first > 0) return move(older(range));
    const before = turns[0]?.id;
    if (before === undefined || before === askedBefore) return;
    askedBefore = before;
    post({ type: 'earlier', before });
  }

  /** Shows another part, and leaves what is in sight where it is. */
  function move(to: TurnWindow): void {
    const stays = turns.slice(Math.max(range.first, to.first), Math.min(range.end, to.end));
    const elements = stays.flatMap(({ id }) => shown.get(id)?.turnElement.element ?? []);
    const top = scroller.getBoundingClientRect().top;
    const anchor = elements.find((element) => element.getBoundingClientRect().bottom > top) ?? elements[0];
    // What has the focus stays on the page: it may hold a text that is being written.
    if (scroller.contains(document.activeElement) && !kept(elements)) return;
    const before = anchor?.getBoundingClientRect().top ?? 0;
    range = to;
    render();
    if (anchor !== undefined) scroller.scrollTop += anchor.getBoundingClientRect().top - before;
  }

  function kept(elements: readonly HTMLElement[]): boolean {
    const focused = document.activeElement?.closest('.turn');
    return !focused || elements.some((element) => element === focused);
  }

  function render(): void {
    const wanted = turns.slice(range.first, range.end);
    const ids = new Set(wanted.map(({ id }) => id));
    for (const [id, { turnElement }] of shown) {
      if (ids.has(id)) continue;
      turnElement.element.remove();
      shown.delete(id);
    }
    let next: Element | null = null;
    for (const turn of wanted.toReversed()) {
      const element = elementOf(turn);
      if (element.parentElement !== scroller || element.nextElementSibling !== next)
        scroller.insertBefore(element, next);
      next = element;
    }
    const before = range.first + earlier;
    showMore(above, toOlder, before, l10n.t('Show older questions ({0} more)', before));
    const left = turns.length - range.end;
    showMore(below, toNewer, left, l10n.t('Show newer questions ({0} more)', left));
    if (before > 0) scroller.prepend(above);
    if (left > 0) scroller.append(below);
  }

  function showMore(row: HTMLElement, button: HTMLElement, count: number, label: string): void {
    button.textContent = label;
    if (count === 0) row.remove();
  }

  function elementOf(turn: TurnView): HTMLElement {
    const known = shown.get(turn.id);
    if (known === undefined) {
      const turnElement = createTurnElement(turn, post, end.keep);
      shown.set(turn.id, { turn, turnElement });
      return turnElement.element;
    }
    if (known.turn !== turn) known.turnElement.update(turn);
    known.turn = turn;
    return known.turnElement.element;
  }

  return {
    show: (next, beforeThem = 0) => {
      const before = turns;
      turns = next;
      earlier = beforeThem;
      const shift = before[0] === undefined ? -1 : next.findIndex(({ id }) => id === before[0]?.id);
      if (shift > 0) {
        range = { first: range.first + shift, end: range.end + shift };
        move(older(range));
        return;
      }
      const same = shift === 0 && next.length >= before.length;
      const added = !same || next.length > before.length;
      if (!same) {
        askedBefore = undefined;
        range = atEnd(next.length);
      } else if (added) range = grown(range, next.length);
      render();
      if (added) end.toEnd();
    },
  };
}
