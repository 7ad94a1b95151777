/**
 * Hues of Okabe & Ito, "Color Universal Design" (2008), which colour-blind readers tell apart, each darkened or
 * lightened to a contrast of 3 or more with the card behind it: [on light, on dark].
 */
const palette = [
  ['#0072b2', '#4fa8e0'],
  ['#b83a00', '#ff8a4c'],
  ['#00835f', '#2cc295'],
  ['#b85a8c', '#e58fbf'],
  ['#ad8500', '#e6b422'],
  ['#3794cb', '#9ad4f5'],
  ['#5f6368', '#868e98'],
] as const;

/** Four, where the colours are seven: 28 styles pass before one returns. */
const dashes = ['', '7 3', '2 3', '10 3 2 3'] as const;

/** A card of its own behind the drawing, so that it can be read on a page of any colour. */
const style = `
svg { --card: #ffffff; --ink: #1f2328; --soft: #59636e; --grid: #dfe3e8; --edge: #b7bec6;
${palette.map(([light], index) => `  --s${index}: ${light};`).join('\n')} }
@media (prefers-color-scheme: dark) {
  svg { --card: #161b22; --ink: #e6edf3; --soft: #9aa4af; --grid: #2b323b; --edge: #4a535e;
${palette.map(([, dark], index) => `    --s${index}: ${dark};`).join('\n')} }
}
text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; fill: var(--ink);
  paint-order: stroke; stroke: var(--card); stroke-width: 3px; stroke-linejoin: round; }
.card { fill: var(--card); stroke: var(--edge); }
.title { font-size: 17px; font-weight: 600; }
.strong { font-weight: 700; }
.soft { fill: var(--soft); }
.grid { stroke: var(--grid); fill: none; }
.leader { stroke: var(--soft); fill: none; stroke-width: 0.8px; }
.edge { stroke: var(--edge); fill: none; }
${palette
  .map(
    (_, index) =>
      `.s${index} { stroke: var(--s${index}); fill: none; } .f${index} { fill: var(--s${index}); }`,
  )
  .join('\n')}
`;

/** Classes and attributes of the series with this number, from 0: those of any two of the first 28 differ. */
export function seriesStyle(index: number): {
  readonly line: string;
  readonly fill: string;
  readonly dash: string;
} {
  const colour = index % palette.length;
  const dash = dashes[index % dashes.length] ?? '';
  return { line: `s${colour}`, fill: `f${colour}`, dash: dash === '' ? '' : ` stroke-dasharray="${dash}"` };
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A whole drawing, `body` on an opaque card that follows the reader's colour scheme. */
export function svgDocument(width: number, height: number, title: string, body: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${style}</style>`,
    `<rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    ...body,
    '</svg>',
    '',
  ].join('\n');
}

export function svgText(
  x: number,
  y: number,
  text: string,
  { anchor = 'start', kind = '' }: { anchor?: 'start' | 'middle' | 'end'; kind?: string } = {},
): string {
  const classes = kind === '' ? '' : ` class="${kind}"`;
  return `<text x="${px(x)}" y="${px(y)}" text-anchor="${anchor}"${classes}>${escaped(text)}</text>`;
}

export function svgPath(points: readonly (readonly [x: number, y: number])[], attributes: string): string {
  return `<path d="M${points.map(([x, y]) => `${px(x)} ${px(y)}`).join('L')}" ${attributes}/>`;
}

/** At most this wide in any of the fonts: nothing here can measure. */
export function textWidth(text: string): number {
  return text.length * 6.9;
}

/** To a tenth of a pixel, as short as it goes. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Text as XML has it; what no XML document may hold, such as a bell, becomes U+FFFD. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
}
