import * as l10n from '@vscode/l10n';

/** What is wrong with a section that is no mapping. */
export function mappingNeeded(section: string): string {
  switch (section) {
    case 'router':
      return l10n.t('must be a mapping, for example { preset: balanced }');
    case 'budgets':
      return l10n.t('must be a mapping, for example { day_usd: 2.00 }');
    case 'router.measure':
      return l10n.t('must be a mapping, for example { against: opus, share: 0.03 }');
    default:
      return l10n.t('must be a mapping');
  }
}
