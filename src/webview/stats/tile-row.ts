import { h } from '../dom';
import type { TileView } from '../protocol/stats-board';

/** The first figures of the page; updated in place. */
export interface TileRow {
  readonly element: HTMLElement;
  update(tiles: readonly TileView[], decided: string): void;
}

export function createTileRow(): TileRow {
  const list = h('dl', { class: 'tiles' });
  const decided = h('p', { class: 'facts', 'data-testid': 'decided' });
  let shown = '';
  return {
    element: h('div', {}, list, decided),
    update: (tiles, text) => {
      decided.textContent = text;
      decided.hidden = text === '';
      const next = JSON.stringify(tiles);
      if (next === shown) return;
      shown = next;
      list.replaceChildren(
        ...tiles.map(({ name, label, value, notes }) =>
          h(
            'div',
            { class: 'tile', 'data-testid': `tile-${name}` },
            h('dt', {}, label),
            h('dd', { class: 'value' }, value),
            ...notes.map((note) => h('dd', { class: 'note' }, note)),
          ),
        ),
      );
    },
  };
}
