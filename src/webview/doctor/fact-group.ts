import { h } from '../dom';
import type { ToDoctor } from '../protocol/doctor';

type Group = Extract<ToDoctor, { type: 'doctor' }>['groups'][number];

/** A list of names and values under a heading. */
export function factGroup({ title, facts }: Group): HTMLElement {
  return h(
    'section',
    { 'data-group': title },
    h('h2', {}, title),
    h('dl', {}, ...facts.flatMap(({ name, value }) => [h('dt', {}, name), h('dd', {}, h('bdi', {}, value))])),
  );
}
