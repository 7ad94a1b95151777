import type { Import, LayersReport } from './layers.mjs';

export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** How many imports it stands for. */
  readonly count: number;
  readonly typeOnly: boolean;
}

export function arrowsBetween(
  imports: readonly Import[],
  placeOf: (file: string) => string | undefined,
): readonly Arrow[];

export interface Rooms {
  /** From the top. */
  readonly rooms: readonly { readonly name: string; readonly files: number }[];
  readonly arrows: readonly Arrow[];
  readonly climbing: readonly Arrow[];
}

export function roomsOfCore(report: Pick<LayersReport, 'files' | 'imports'>): Rooms;
