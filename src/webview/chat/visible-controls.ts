/**
 * Characters that turn the order of what follows, or take no room: code with them reads as what it isn't. The joiner
 * within an emoji is none of them.
 */
const hidden =
  /[\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|(?<!\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d/gu;

function nameOf(control: string): string {
  return `U+${control.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** HTML of code in which each of them is shown by name, and copied as it is. */
export function withVisibleControls(html: string): string {
  return html.replace(
    hidden,
    (control) => `<span class="bidi-control" title="${nameOf(control)}">${control}</span>`,
  );
}

/** The same of a plain text, as nodes. */
export function visibleNodes(text: string): readonly (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let end = 0;
  for (const { 0: control, index } of text.matchAll(hidden)) {
    const mark = document.createElement('span');
    mark.className = 'bidi-control';
    mark.title = nameOf(control);
    mark.textContent = control;
    nodes.push(text.slice(end, index), mark);
    end = index + control.length;
  }
  return [...nodes, text.slice(end)];
}
