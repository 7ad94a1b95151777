import { arch, platform, release } from 'node:os';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { z } from 'zod';
import type { DoctorFacts } from './doctor-facts';

const manifestSchema = z.object({ version: z.string() });

/** Of the extension and of what it runs in, with names. */
export function versionsOf(extension: vscode.Extension<unknown>): DoctorFacts['versions'] {
  const manifest = manifestSchema.safeParse(extension.packageJSON);
  return [
    ['Conduit', manifest.success ? manifest.data.version : l10n.t('unknown')],
    [vscode.env.appName, vscode.version],
    [l10n.t('Remote'), vscode.env.remoteName ?? l10n.t('none')],
    ['Node', process.version],
    [l10n.t('Platform'), `${platform()} ${arch()} ${release()}`],
  ];
}
