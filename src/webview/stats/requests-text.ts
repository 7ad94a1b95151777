import * as l10n from '@vscode/l10n';

export function requestsText(count: number): string {
  return count === 1 ? l10n.t('1 request') : l10n.t('{0} requests', count);
}
