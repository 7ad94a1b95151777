import { toolWordsOf } from '../terms/tool-kind';

const endingWords = new Set(['complete', 'completion', 'completed', 'finish', 'finished', 'done', 'submit']);

/** True of a tool that a model calls to say that it is done, such as attempt_completion. */
export function endsByTool(name: string): boolean {
  return toolWordsOf(name).some((word) => endingWords.has(word));
}
