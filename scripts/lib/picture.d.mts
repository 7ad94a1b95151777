import type { LayersReport } from './layers.mjs';

/** Where the picture stands in the project. */
export const pictureFile: string;

/** As they stand in a drawing, such as `core/routing → core/learning`, sorted. */
export function arrowsInDrawing(svg: string): readonly string[];
/** The same of the code. */
export function arrowsToDraw(report: Pick<LayersReport, 'imports'>): readonly string[];
export function drawFolders(report: Pick<LayersReport, 'files' | 'imports'>): Promise<string>;
