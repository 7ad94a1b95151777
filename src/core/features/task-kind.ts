import type { KeywordTable } from './keyword-scores';
import { mostMatched } from './keyword-scores';

/** What a prompt asks for. The order is the order of the one-hot features: append only with a new feature space. */
export const taskKinds = [
  'fix-code',
  'write-tests',
  'document',
  'explain',
  'write-code',
  'command-or-configuration',
  'math',
  'question-over-text',
  'rewrite',
  'write-prose',
  'question',
] as const;

export type TaskKind = (typeof taskKinds)[number];

const keywords: KeywordTable<TaskKind> = {
  'fix-code':
    /\b(fix|bug|error|exception|fails?|failing|broken|crash\w*|stack trace|doesn'?t work|not working|debug)\b/gi,
  'write-tests': /\b(unit tests?|test cases?|write (a )?tests?|vitest|jest|pytest|coverage|mock)\b/gi,
  document: /\b(document(ation)?|docstrings?|jsdoc|readme|comments?|changelog)\b/gi,
  explain: /\b(explain|what does|how does|walk me through|understand|meaning of|why (is|does|do|are))\b/gi,
  'write-code':
    /\b(implement|write (a|an|the|some) (\w+ ){0,3}(function|class|script|program|query|component|method|parser|endpoint)|code (that|for|to)|create (a|an) (\w+ )?(function|class|api|app|component)|refactor)\b/gi,
  'command-or-configuration':
    /\b(docker\w*|bash|shell|command line|cli|yaml|nginx|kubernetes|kubectl|git (rebase|merge|commit)|webpack|config\w*|ci pipeline|terraform|regex)\b/gi,
  math: /\b(solve|calculate|equation|integral|derivative|probabilit\w*|prove|theorem|how many|percent)\b|\d\s*[+*/^=]\s*\d/gi,
  'question-over-text':
    /\b(according to|the (passage|article|text|document|following)|context:|passage:|based on the)\b/gi,
  rewrite:
    /\b(translate|rewrite|rephrase|paraphrase|summari[sz]e|shorten|proofread|improve the (wording|text|style))\b/gi,
  'write-prose': /\b(essay|story|poem|letter|e-?mail|blog|article|speech|tweet|slogan)\b/gi,
  question: /(?!)/g,
};

export function taskKindOf(prompt: string): TaskKind {
  return mostMatched(prompt, keywords, taskKinds, 'question');
}
