import { arch, platform, release } from 'node:os';
import * as vscode from 'vscode';
import { z } from 'zod';
import type { DoctorFacts } from './doctor-facts';

const manifestSchema = z.object({ version: z.string() });

/** Of the extension and of what it runs in, with names. */
export function versionsOf(extension: vscode.Extension<unknown>): DoctorFacts['versions'] {
  const manifest = manifestSchema.safeParse(extension.packageJSON);
  return [
    ['Conduit', manifest.success ? manifest.data.version : 'unknown'],
    [vscode.env.appName, vscode.version],
    ['Remote', vscode.env.remoteName ?? 'none'],
    ['Node', process.version],
    ['Platform', `${platform()} ${arch()} ${release()}`],
  ];
}
