import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { outputFolder } from './harness/files';

/** What the companion saw: a question for its models, a request, or a request that was cancelled. */
export interface CompanionEntry {
  readonly listed?: boolean;
  readonly silent?: boolean;
  readonly family?: string;
  readonly messages?: readonly { readonly role: number; readonly text: string }[];
  readonly modelOptions?: Readonly<Record<string, unknown>>;
  readonly cancelled?: boolean;
}

/** Packs the test extension that offers language models, and returns the VSIX. */
export async function packCompanion(): Promise<string> {
  const packagePath = path.join(outputFolder, 'companion.vsix');
  await createVSIX({
    cwd: path.join(import.meta.dirname, 'companion'),
    packagePath,
    dependencies: false,
    skipLicense: true,
  });
  return packagePath;
}

/** What the companion wrote to its log, oldest first. */
export function readCompanionLog(file: string): readonly CompanionEntry[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as CompanionEntry);
}
