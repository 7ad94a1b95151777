export interface Import {
  readonly from: string;
  /** A file of the project, or the path or the name of a library. */
  readonly to: string;
  readonly typeOnly: boolean;
}

export interface LayersReport {
  /** Paths from the folder, such as `src/extension.ts`. */
  readonly files: readonly string[];
  readonly imports: readonly Import[];
  readonly modules: number;
  readonly dependencies: number;
  readonly violations: readonly { readonly rule: string; readonly from: string; readonly to: string }[];
}

export function checkLayers(folder: string): Promise<LayersReport>;
