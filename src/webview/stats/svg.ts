/** Makes an element of an SVG. Numbers are rounded: a tenth of a pixel is enough. */
export function s(
  tag: string,
  attributes: Readonly<Record<string, string | number | undefined>> = {},
  ...children: readonly (Node | string)[]
): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    const text = typeof value === 'number' ? String(Math.round(10 * value) / 10) : value;
    element.setAttribute(name, text);
  }
  element.append(...children);
  return element;
}
