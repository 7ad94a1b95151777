/**
 * What a request asks for. The order is the order of the one-hot features: append only, with a new feature space. The
 * last ones are known by who asks: no prompt is taken for a step of an agent.
 */
export const taskKinds = [
  'complete-code',
  'write-code',
  'fix-code',
  'explain-code',
  'write-tests',
  'document-code',
  'command-or-configuration',
  'logic-puzzle',
  'word-problem',
  'mathematics',
  'multiple-choice',
  'question-over-text',
  'long-question',
  'technical-science',
  'science-question',
  'everyday-question',
  'fact-question',
  'search-phrase',
  'unfinished-sentence',
  'constrained-text',
  'rewrite',
  'write-prose',
  'instruction',
  'refactor-code',
  'contest-problem',
  'commit-message',
  'agent-step',
  'agent-explore',
  'agent-edit',
  'agent-verify',
  'agent-answer',
] as const;

export type TaskKind = (typeof taskKinds)[number];

/** What a surface knows of a request: it goes before what the text is taken for. */
export interface KnownOfRequest {
  /** What is asked, where a command says it. */
  readonly kind?: TaskKind | undefined;
  /** The user's own words, where the message holds more than them, such as attached code: the kind is read off them. */
  readonly words?: string | undefined;
  /**
   * The editor's id of the language of what goes with the words ("typescript", "markdown"), or the end of its file's
   * name ("ts"); absent: nothing does.
   */
  readonly language?: string | undefined;
}
