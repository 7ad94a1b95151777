import * as l10n from '@vscode/l10n';
import type { ConfigurationProblem } from '../../config/problem';
import type { TaskFamily } from '../../core/features/task-kind';
import type { BreakerState } from '../../core/terms/ports';
import type { RequestOrigin } from '../../core/terms/request';
import type { StuckReason } from '../../core/terms/stuck';
import type { TaskKind } from '../../core/terms/task';

/** Names of what the ledger has codes for. A code that only an older or newer version knows is spelt out. */
export const nameOfTask = namesOf<TaskKind>({
  'complete-code': l10n.t('complete code'),
  'write-code': l10n.t('write code'),
  'fix-code': l10n.t('fix code'),
  'explain-code': l10n.t('explain code'),
  'write-tests': l10n.t('write tests'),
  'document-code': l10n.t('document code'),
  'command-or-configuration': l10n.t('command or configuration'),
  'logic-puzzle': l10n.t('logic puzzle'),
  'word-problem': l10n.t('word problem'),
  mathematics: l10n.t('mathematics'),
  'multiple-choice': l10n.t('multiple choice'),
  'question-over-text': l10n.t('question over text'),
  'long-question': l10n.t('long question'),
  'technical-science': l10n.t('technical science'),
  'science-question': l10n.t('science question'),
  'everyday-question': l10n.t('everyday question'),
  'fact-question': l10n.t('fact question'),
  'search-phrase': l10n.t('search phrase'),
  'unfinished-sentence': l10n.t('unfinished sentence'),
  'constrained-text': l10n.t('constrained text'),
  rewrite: l10n.t('rewrite'),
  'write-prose': l10n.t('write prose'),
  instruction: l10n.t('instruction'),
  'refactor-code': l10n.t('refactor code'),
  'contest-problem': l10n.t('contest problem'),
  'commit-message': l10n.t('commit message'),
  'agent-step': l10n.t('agent step'),
  'agent-explore': l10n.t('agent step: explore'),
  'agent-edit': l10n.t('agent step: edit'),
  'agent-verify': l10n.t('agent step: verify'),
  'agent-answer': l10n.t('agent step: answer'),
});

export const nameOfDomain = namesOf<TaskFamily>({
  code: l10n.t('code'),
  reasoning: l10n.t('reasoning'),
  reading: l10n.t('reading'),
  knowledge: l10n.t('knowledge'),
  facts: l10n.t('facts'),
  language: l10n.t('language'),
});

export const nameOfOrigin = namesOf<RequestOrigin>({
  chat: l10n.t('chat'),
  participant: l10n.t('participant'),
  'explain-selection': l10n.t('explain selection'),
  edit: l10n.t('edit'),
  fix: l10n.t('fix'),
  tests: l10n.t('tests'),
  document: l10n.t('document'),
  'commit-message': l10n.t('commit message'),
  'language-model': l10n.t('language model'),
});

/** What a stuck agent does: goes on "an agent was stuck with … (…)". */
export function nameOfStuck(stuck: StuckReason): string {
  switch (stuck) {
    case 'repeats':
      return l10n.t('the same calls, over and over');
    case 'bad-arguments':
      return l10n.t('calls that its tools refuse');
    case 'failed-edits':
      return l10n.t('edits that don’t apply');
    case 'same-error':
      return l10n.t('the same error after every edit');
    case 'waits':
      return l10n.t('waiting for what doesn’t change');
    case 'nothing-new':
      return l10n.t('calls that bring nothing new');
  }
}

export function nameOfBreaker(state: BreakerState): string {
  switch (state) {
    case 'closed':
      return l10n.t('closed');
    case 'open':
      return l10n.t('open');
    case 'half-open':
      return l10n.t('half-open');
  }
}

export function nameOfSeverity(severity: Exclude<ConfigurationProblem['severity'], 'note'>): string {
  switch (severity) {
    case 'error':
      return l10n.t('error');
    case 'warning':
      return l10n.t('warning');
  }
}

function namesOf<Code extends string>(names: Readonly<Record<Code, string>>): (code: string) => string {
  const known = new Map<string, string>(Object.entries<string>(names));
  return (code) => known.get(code) ?? code.replaceAll('-', ' ');
}
