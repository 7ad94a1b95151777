/** The closed protocol between the encoder and its worker thread. Both sides check what they receive. */
export type ToWorker =
  /** Once, first. `modelsFolder` is absolute; the files are in `<modelsFolder>/<model>/`. */
  | { readonly type: 'load'; readonly modelsFolder: string; readonly model: string }
  | { readonly type: 'embed'; readonly id: number; readonly text: string }
  /** Embeds the anchors and fits the projection to them. */
  | { readonly type: 'fit'; readonly id: number; readonly components: number };

export type FromWorker =
  | { readonly type: 'ready'; readonly loadMs: number }
  /** Of unit length. */
  | { readonly type: 'vector'; readonly id: number; readonly vector: Float32Array }
  | {
      readonly type: 'fitted';
      readonly id: number;
      readonly mean: Float32Array;
      readonly matrix: Float32Array;
    }
  /** Without an id: the model could not be loaded. */
  | { readonly type: 'failed'; readonly id: number | undefined; readonly detail: string };

/** What the host sent, or undefined where it isn't of the protocol. */
export function readToWorker(value: unknown): ToWorker | undefined {
  if (!isRecord(value)) return undefined;
  const { type, id, text, modelsFolder, model, components } = value;
  switch (type) {
    case 'load':
      return isText(modelsFolder) && isText(model) ? { type, modelsFolder, model } : undefined;
    case 'embed':
      return isCount(id) && isText(text) ? { type, id, text } : undefined;
    case 'fit':
      return isCount(id) && isCount(components) ? { type, id, components } : undefined;
    default:
      return undefined;
  }
}

/** What the worker sent, or undefined where it isn't of the protocol. */
export function readFromWorker(value: unknown): FromWorker | undefined {
  if (!isRecord(value)) return undefined;
  const { type, id, loadMs, vector, mean, matrix, detail } = value;
  switch (type) {
    case 'ready':
      return typeof loadMs === 'number' ? { type, loadMs } : undefined;
    case 'vector':
      return isCount(id) && vector instanceof Float32Array ? { type, id, vector } : undefined;
    case 'fitted':
      return isCount(id) && mean instanceof Float32Array && matrix instanceof Float32Array
        ? { type, id, mean, matrix }
        : undefined;
    case 'failed':
      return (id === undefined || isCount(id)) && isText(detail) ? { type, id, detail } : undefined;
    default:
      return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
