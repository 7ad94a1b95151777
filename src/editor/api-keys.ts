import * as vscode from 'vscode';
import { hostOf } from '../core/pool/host';
import type { ConfigurationSource } from './configuration-source';
import type { KeyStore } from './key-store';
import { confirm, notify } from './notify';

/** Hosts that a key can always be set for, whatever the configuration says. */
const knownHosts: Readonly<Record<string, string>> = {
  'api.openai.com': 'OpenAI',
  'api.anthropic.com': 'Anthropic',
};

/** `Conduit: Set API Key`: for which host, then the key, which goes to the editor's secret storage. */
export async function setApiKey(keys: KeyStore, configuration: ConfigurationSource): Promise<void> {
  const host = await pickHost(await hostsToOffer(configuration), await keys.hosts());
  if (host === undefined) return;
  const key = await vscode.window.showInputBox({
    title: `API key for ${host}`,
    prompt: `It is kept in the editor’s secret storage and sent to ${host} only.`,
    password: true,
    ignoreFocusOut: true,
    validateInput: checkKey,
  });
  if (key === undefined) return;
  await keys.set(host, key.trim());
  notify('info', `The key for ${host} is stored in the editor’s secret storage.`, [
    { label: 'Ask Conduit', run: () => vscode.commands.executeCommand('conduit.ask') },
  ]);
}

/** `Conduit: Remove API Key`. */
export async function removeApiKey(keys: KeyStore): Promise<void> {
  const stored = await keys.hosts();
  if (stored.size === 0) {
    notify('info', 'No API key is stored. Keys in environment variables are not Conduit’s to remove.');
    return;
  }
  const host = await pickHost([...stored], stored);
  if (host === undefined) return;
  const agreed = await confirm(
    `Remove the key for ${host}?`,
    'Models on this host are left out of routing until a key is set again.',
    'Remove Key',
  );
  if (!agreed) return;
  await keys.remove(host);
  notify('info', `The key for ${host} was removed.`);
}

async function hostsToOffer(configuration: ConfigurationSource): Promise<readonly string[]> {
  const { pools } = await configuration.current();
  const fromPools = pools.flatMap((pool) =>
    pool.deployments.flatMap(({ provider, apiBase }) => (provider === 'simulated' ? [] : [hostOf(apiBase)])),
  );
  return [...new Set([...fromPools, ...Object.keys(knownHosts)])];
}

async function pickHost(hosts: readonly string[], stored: ReadonlySet<string>): Promise<string | undefined> {
  const items = hosts.map((host) => ({
    label: knownHosts[host] ?? host,
    description: host,
    detail: stored.has(host) ? 'A key is stored' : 'No key is stored',
    host,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: 'Which provider is the key for?' });
  return picked?.host;
}

function checkKey(value: string): string | undefined {
  if (value.trim() === '') return 'Paste the key as the provider shows it.';
  if (/\s/.test(value.trim())) return 'A key has no spaces or line breaks: this looks like something else.';
  return undefined;
}
