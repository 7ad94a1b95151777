import type { TableView } from '../protocol/stats-board';
import { themeColour } from './plot-style';

/** Pictures have twice the pixels of the page, so that they are sharp elsewhere too. */
const sharpness = 2;

/** A canvas on the page's own ground, with a drawing over it. */
function canvasOf(
  width: number,
  height: number,
  draw: (context: CanvasRenderingContext2D) => void,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * sharpness);
  canvas.height = Math.ceil(height * sharpness);
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  context.scale(sharpness, sharpness);
  context.fillStyle = themeColour('--vscode-editor-background', '#fff');
  context.fillRect(0, 0, width, height);
  draw(context);
  return canvas;
}

/** A chart of uPlot as it is shown. */
export function pictureOfCanvas(source: HTMLCanvasElement): HTMLCanvasElement {
  const { clientWidth, clientHeight } = source;
  return canvasOf(clientWidth, clientHeight, (context) =>
    context.drawImage(source, 0, 0, clientWidth, clientHeight),
  );
}

/**
 * Of the drawing in an element: of lines, rectangles, circles, paths and texts, in the colours that it has on the page.
 * Undefined: there is none.
 */
export function pictureOfDrawing(holder: Element): HTMLCanvasElement | undefined {
  const svg = holder.querySelector('svg');
  if (svg === null) return undefined;
  const { width, height } = svg.getBoundingClientRect();
  return canvasOf(width, height, (context) => {
    for (const element of svg.querySelectorAll<SVGElement>('line, rect, circle, path, text'))
      drawElement(context, element);
  });
}

function drawElement(context: CanvasRenderingContext2D, element: SVGElement): void {
  const style = getComputedStyle(element);
  const number = (name: string): number => Number(element.getAttribute(name) ?? 0);
  context.fillStyle = style.fill;
  context.strokeStyle = style.stroke;
  context.lineWidth = parseFloat(style.strokeWidth) || 1;
  context.globalAlpha = Number(style.opacity) || 1;
  if (element.tagName === 'text') {
    context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    context.textAlign = alignOf(style.textAnchor);
    context.fillText(element.textContent, number('x'), number('y'));
    return;
  }
  const path = pathOf(element, number);
  if (style.fill !== 'none' && element.tagName !== 'line') context.fill(path);
  if (style.stroke !== 'none') context.stroke(path);
}

function alignOf(anchor: string): CanvasTextAlign {
  return anchor === 'middle' ? 'center' : anchor === 'end' ? 'right' : 'left';
}

function pathOf(element: SVGElement, number: (name: string) => number): Path2D {
  if (element.tagName === 'path') return new Path2D(element.getAttribute('d') ?? '');
  const path = new Path2D();
  switch (element.tagName) {
    case 'rect':
      path.rect(number('x'), number('y'), number('width'), number('height'));
      break;
    case 'circle':
      path.arc(number('cx'), number('cy'), number('r'), 0, 2 * Math.PI);
      break;
    case 'line':
      path.moveTo(number('x1'), number('y1'));
      path.lineTo(number('x2'), number('y2'));
  }
  return path;
}

const rowHeight = 26;
const padding = 10;

/** A table as a picture; `shade01` says how dark a cell's ground is. */
export function pictureOfTable(
  { columns, rows }: TableView,
  shade01: (row: number, column: number) => number | undefined,
): HTMLCanvasElement {
  const { fontSize, fontFamily } = getComputedStyle(document.body);
  const font = `${fontSize} ${fontFamily}`;
  const measure = document.createElement('canvas').getContext('2d');
  if (measure !== null) measure.font = font;
  const widths = columns.map((column, index) => {
    const texts = [column, ...rows.map((row) => row[index] ?? '')];
    return Math.max(...texts.map((text) => measure?.measureText(text).width ?? 0)) + 2 * padding;
  });
  const width = widths.reduce((total, each) => total + each, 0);
  return canvasOf(width, (rows.length + 1) * rowHeight, (context) => {
    const text = themeColour('--vscode-foreground', '#888');
    const ground = themeColour('--vscode-charts-blue', '#4080d0');
    [columns, ...rows].forEach((cells, line) => {
      let x = 0;
      cells.forEach((cell, column) => {
        const shade = line === 0 ? undefined : shade01(line - 1, column);
        const own = widths[column] ?? 0;
        if (shade !== undefined) {
          context.globalAlpha = shade;
          context.fillStyle = ground;
          context.fillRect(x, line * rowHeight, own, rowHeight);
          context.globalAlpha = 1;
        }
        context.font = line === 0 ? `600 ${font}` : font;
        context.fillStyle = text;
        context.fillText(cell, x + padding, line * rowHeight + 17);
        x += own;
      });
    });
  });
}

/** Puts it on the clipboard; false where the editor doesn't let the page. */
export async function copyPicture(canvas: HTMLCanvasElement): Promise<boolean> {
  try {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (blob === null) return false;
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
    return true;
  } catch {
    return false;
  }
}

/** The bytes of its PNG in base 64. */
export function base64Of(canvas: HTMLCanvasElement): string {
  return canvas.toDataURL('image/png').split(',')[1] ?? '';
}
