import type { Point } from './label-layout';
import { px, seriesStyle, svgPath, svgText, textWidth } from './svg';

export type PointKind = 'conduit' | 'router' | 'single' | 'random' | 'oracle';

const kinds: Readonly<Record<PointKind, { readonly series: number; readonly name: string }>> = {
  conduit: { series: 0, name: 'Conduit, by λ' },
  router: { series: 3, name: 'another router' },
  single: { series: 6, name: 'one model for all' },
  random: { series: 1, name: 'chance' },
  oracle: { series: 2, name: 'the best for each' },
};

/** The line that joins the points of Conduit. */
export const conduitLine = seriesStyle(kinds.conduit.series).line;

/** A row of the kinds that occur, each beside its marker. */
export function legend(occurring: ReadonlySet<PointKind>): readonly string[] {
  let left = 26;
  return (Object.keys(kinds) as PointKind[])
    .filter((kind) => occurring.has(kind))
    .flatMap((kind) => {
      const { name } = kinds[kind];
      const at = left;
      left += textWidth(name) + 30;
      return [marker(kind, [at, 58]), svgText(at + 12, 62, name, { kind: 'soft' })];
    });
}

/** Kinds differ in shape as well as in colour. */
export function marker(kind: PointKind, [x, y]: Point): string {
  const { line, fill } = seriesStyle(kinds[kind].series);
  switch (kind) {
    case 'conduit':
      return `<circle class="${fill}" cx="${px(x)}" cy="${px(y)}" r="5"/>`;
    case 'single':
      return `<circle class="${line}" cx="${px(x)}" cy="${px(y)}" r="4" stroke-width="2"/>`;
    case 'router':
      return `<rect class="${fill}" x="${px(x - 4)}" y="${px(y - 4)}" width="8" height="8"/>`;
    case 'random':
      return svgPath(
        [
          [x, y - 5.5],
          [x + 5.5, y + 4],
          [x - 5.5, y + 4],
          [x, y - 5.5],
        ],
        `class="${fill}"`,
      );
    case 'oracle':
      return svgPath(
        [
          [x, y - 6],
          [x + 6, y],
          [x, y + 6],
          [x - 6, y],
          [x, y - 6],
        ],
        `class="${fill}"`,
      );
  }
}
