import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ConfigurationSource } from '../configuration/configuration-source';

/** A model of a pool that the user chose. */
export interface ModelChoice {
  readonly pool: string;
  readonly deploymentId: string;
}

interface ModelItem extends vscode.QuickPickItem {
  readonly choice?: ModelChoice;
}

const anyModel = l10n.t('Let Conduit choose');

/**
 * Offers the models of the pool in use, then those of the others. Resolves to the model, to 'any' where the user
 * leaves the choice to the router (offered where `mayBeAny`), or to undefined where they left the list.
 */
export async function chooseModel(
  configuration: ConfigurationSource,
  title: string,
  mayBeAny: boolean,
): Promise<ModelChoice | 'any' | undefined> {
  const [{ pools }, current] = await Promise.all([configuration.current(), configuration.pool()]);
  const others = pools.filter(({ name }) => name !== current.name);
  const items = [current, ...others].flatMap((pool): readonly ModelItem[] => [
    { label: pool.name, kind: vscode.QuickPickItemKind.Separator },
    ...pool.deployments.map(({ id }) => ({
      label: id,
      description: pool.name,
      choice: { pool: pool.name, deploymentId: id },
    })),
  ]);
  const any: readonly ModelItem[] = mayBeAny
    ? [{ label: anyModel, description: l10n.t('among the models of {0}', current.name) }]
    : [];
  const picked = await vscode.window.showQuickPick([...any, ...items], { title, matchOnDescription: true });
  if (picked === undefined) return undefined;
  return picked.choice ?? 'any';
}
