import * as vscode from 'vscode';
import type { TurnView } from '../../webview/protocol';
import { viewCommands } from '../command-table';
import type { Choice } from '../notify';

type Action = NonNullable<TurnView['error']>['actions'][number];

/** What can be done about a failure, as buttons of its message. */
export function failureChoices(actions: readonly Action[], retry: () => unknown): readonly Choice[] {
  return actions.map((action): Choice => {
    switch (action) {
      case 'retry':
        return { label: 'Retry', run: retry };
      case 'set-key':
        return { label: 'Set Key', run: run('set-key') };
      case 'open-configuration':
        return { label: 'Open Configuration', run: run('open-configuration') };
      case 'show-log':
        return { label: 'Show Log', run: run('show-log') };
    }
  });
}

function run(action: Exclude<Action, 'retry'>): () => unknown {
  return () => vscode.commands.executeCommand(viewCommands[action]);
}
