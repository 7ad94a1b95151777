import type uPlot from 'uplot';

/** Of every chart, in CSS pixels. */
export const plotHeight = 200;

/**
 * Follows the size of the holder and the theme of the page: a canvas does neither by itself.
 *
 * @returns ends it
 */
export function followPage(
  holder: HTMLElement,
  resize: (size: { readonly width: number; readonly height: number }) => void,
  draw: () => void,
): () => void {
  const sizes = new ResizeObserver(() => resize({ width: plotWidth(holder), height: plotHeight }));
  sizes.observe(holder);
  // The theme is in the classes of the body.
  const themes = new MutationObserver(draw);
  themes.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  return () => {
    sizes.disconnect();
    themes.disconnect();
  };
}

/** Width of a chart in its holder, in CSS pixels. */
export function plotWidth(holder: HTMLElement): number {
  return Math.max(160, Math.min(960, holder.clientWidth));
}

/** Colours and fonts of an axis in the theme of the moment. */
export function axisStyle(): uPlot.Axis {
  const text = themeColour('--vscode-foreground', '#888');
  // The border's own colour is as bright as the lines in high contrast.
  const grid = `color-mix(in srgb, ${text} 18%, transparent)`;
  const { fontSize, fontFamily } = getComputedStyle(document.body);
  const font = `${fontSize} ${fontFamily}`;
  return { stroke: text, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid }, font, labelFont: font };
}

/** A colour of the theme by the name of its CSS variable. */
export function themeColour(name: string, otherwise: string): string {
  return getComputedStyle(document.body).getPropertyValue(name).trim() || otherwise;
}

/** The editor's own chart colours, in an order in which neighbours differ; its orange is dim in dark themes. */
const colours = ['blue', 'yellow', 'green', 'purple', 'red', 'orange'];
/** Lines differ by their dashes too: not everybody sees the colours, and high contrast has few of them. */
const dashes = [[], [6, 4], [2, 3], [10, 4, 2, 4], [1, 5], [12, 6]];

export function colourOf(index: number): string {
  return themeColour(`--vscode-charts-${colours[index % colours.length] ?? 'blue'}`, '#4080d0');
}

/** Shifted by one in every round of colours, so that no two of 36 lines share both. */
export function dashOf(index: number): number[] {
  return dashes[(index + Math.floor(index / colours.length)) % dashes.length] ?? [];
}
