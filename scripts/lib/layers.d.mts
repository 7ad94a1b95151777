export interface LayersReport {
  readonly modules: number;
  readonly dependencies: number;
  readonly violations: readonly { readonly rule: string; readonly from: string; readonly to: string }[];
}

export function checkLayers(folder: string): Promise<LayersReport>;
