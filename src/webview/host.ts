/** What the editor gives to a webview. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The way to the extension host, with the messages of one page. */
export interface Host<Out> {
  post(message: Out): void;
  /** What the page wrote last, in an earlier life of it too; undefined: nothing. */
  readState(): unknown;
  writeState(state: unknown): void;
}

/** Connects to the extension host. Messages that the schema does not know are reported and dropped. */
export function connect<In, Out>(
  schema: { safeParse(value: unknown): { success: true; data: In } | { success: false } },
  receive: (message: In) => void,
): Host<Out> {
  const api = acquireVsCodeApi();
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const message = schema.safeParse(data);
    if (message.success) receive(message.data);
    else console.warn('A message of the extension host was not understood.');
  });
  return {
    post: (message) => api.postMessage(message),
    readState: () => api.getState(),
    writeState: (state) => api.setState(state),
  };
}
