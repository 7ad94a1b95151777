import * as l10n from '@vscode/l10n';
import type { WorkspaceRequest } from '../../config/workspace/workspace-rules';

/** More than anybody reads in a dialogue: what can't be shown can't be agreed to. */
const mostLines = 24;
const longestLine = 1_500;

export interface RequestText {
  readonly title: string;
  /** What would go where, a line each. */
  readonly detail: string;
  /** False where there is more than the dialogue shows. */
  readonly complete: boolean;
}

/** What the dialogue says about a workspace's request. The lines quote somebody else's file: they are made plain. */
export function requestText({ lines }: WorkspaceRequest, allowed: boolean): RequestText {
  const plain = lines.map(plainLine);
  const complete = plain.length <= mostLines && plain.every((line) => line.length <= longestLine);
  const shown = plain
    .slice(0, mostLines)
    .map((line) => `• ${line.length > longestLine ? `${line.slice(0, longestLine)}…` : line}`);
  const rest = complete
    ? []
    : [
        '',
        l10n.t('It asks for more than fits here, so it can’t be allowed. Open the file to see all of it.'),
      ];
  const after = allowed
    ? l10n.t('You allowed this for this workspace. A change of the file asks again.')
    : l10n.t(
        'Nothing of this is applied unless you allow it. Allow it only where you know who wrote the file.',
      );
  return {
    title: allowed
      ? l10n.t('This workspace’s conduit.yaml may do the following.')
      : l10n.t('This workspace’s conduit.yaml asks for more than a choice among your pools.'),
    detail: [...shown, ...rest, '', after].join('\n'),
    complete,
  };
}

/** Without control characters and invisible or direction-changing ones, which could make a line say something else. */
function plainLine(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}
