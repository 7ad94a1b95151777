import * as l10n from '@vscode/l10n';
import type { PublicCommand } from '../command-table';
import type { StatusFacts } from './status-text';
import { spentToday } from './status-text';

/** A row of the menu; without a command it parts two groups. */
export interface MenuItem {
  readonly label: string;
  readonly description?: string;
  readonly command?: PublicCommand;
}

/** `lockedTo` is the only model that the chat view's conversation asks, where the user chose one. */
export function menuItems(facts: StatusFacts, lockedTo: string | undefined): readonly MenuItem[] {
  const lock = lockedTo === undefined ? l10n.t('not locked') : l10n.t('locked to {0}', lockedTo);
  return [
    row('comment-discussion', l10n.t('Ask…'), 'conduit.ask'),
    { label: l10n.t('How models are chosen') },
    row('layers', l10n.t('Pool'), 'conduit.selectPool', facts.pool),
    row('settings', l10n.t('Preset'), 'conduit.selectPreset', facts.preset),
    row('credit-card', l10n.t('Set Budget…'), 'conduit.setBudget', ...spentToday(facts)),
    row('lock', l10n.t('Lock Conversation to a Model…'), 'conduit.lockConversation', lock),
    facts.learning
      ? row('debug-pause', l10n.t('Pause Learning'), 'conduit.pauseLearning')
      : row('debug-continue', l10n.t('Resume Learning'), 'conduit.resumeLearning', l10n.t('paused')),
    { label: l10n.t('What is known') },
    row('graph-line', l10n.t('Routing Stats'), 'conduit.showStats', ...spentToday(facts)),
    row('pulse', l10n.t('Doctor'), 'conduit.doctor'),
    { label: l10n.t('Set up') },
    row('gear', l10n.t('Configuration'), 'conduit.openConfiguration'),
    row('key', l10n.t('API Keys'), 'conduit.manageApiKeys'),
    row('book', l10n.t('Get Started'), 'conduit.getStarted'),
  ];
}

function row(icon: string, name: string, command: PublicCommand, description = ''): MenuItem {
  return { label: `$(${icon}) ${name}`, description, command };
}
