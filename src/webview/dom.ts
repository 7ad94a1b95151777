type Child = Node | string | undefined | false;

interface Attributes {
  readonly [name: string]: string | number | boolean | undefined | ((event: Event) => void);
}

/**
 * Makes an element. Attributes that are functions become listeners (`click`, not `onclick`); `true` sets an empty
 * attribute, `false` and `undefined` leave it out. Strings become text, never HTML.
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** One of the editor's own icons; what it means is said by the control around it. */
export function icon(name: string): HTMLElement {
  return h('span', { class: `codicon codicon-${name}`, 'aria-hidden': 'true' });
}

/** A button with an icon, a name for the tooltip and the screen reader, and no visible text. */
export function iconButton(name: string, label: string, attributes: Attributes = {}): HTMLButtonElement {
  return h(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': label, title: label, ...attributes },
    icon(name),
  );
}

export function textButton(label: string, click: () => void, attributes: Attributes = {}): HTMLButtonElement {
  return h('button', { type: 'button', class: 'text-button', click, ...attributes }, label);
}

/** A translated sentence with elements and texts in the places of its `{0}`, `{1}`…: their order is the language's. */
export function phrase(sentence: string, ...parts: readonly (Node | string)[]): readonly (Node | string)[] {
  const pieces = sentence.split(/\{(\d+)\}/);
  return pieces.map((piece, index) => (index % 2 === 0 ? piece : (parts[Number(piece)] ?? piece)));
}

/** Renders anew, and gives the focus back to the control with the same `data-key`. */
export function keepingFocus(container: HTMLElement, render: () => void): void {
  const focused = document.activeElement;
  const key =
    focused instanceof HTMLElement && container.contains(focused) ? focused.dataset['key'] : undefined;
  render();
  if (key === undefined) return;
  const again = [...container.querySelectorAll<HTMLElement>('[data-key]')];
  again.find((element) => element.dataset['key'] === key)?.focus();
}

/** The page's mount point. Throws where the HTML of the host lacks it. */
export function rootElement(): HTMLElement {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no #root.');
  return root;
}
