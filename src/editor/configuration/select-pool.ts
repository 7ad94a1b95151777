import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ConfigurationSource } from './configuration-source';
import { update } from './settings';

/** `Conduit: Select Pool`: which models requests go to, kept in `conduit.defaultPool`. */
export async function selectPool(configuration: ConfigurationSource): Promise<void> {
  const [{ pools }, current] = await Promise.all([configuration.current(), configuration.pool()]);
  const items = pools.map((pool) => ({
    label: pool.name,
    description: pool.name === current.name ? l10n.t('current') : '',
    detail: pool.deployments.map(({ id }) => id).join(', '),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: l10n.t('Which pool should requests go to?'),
  });
  if (picked === undefined) return;
  await update('defaultPool', picked.label);
}
