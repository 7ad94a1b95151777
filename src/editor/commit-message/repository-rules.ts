import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { z } from 'zod';
import type { Attachment } from '../../text/attached-text';
import { beginningOf } from '../../text/beginning';
import { fileText } from '../../text/file-text';
import { decodeAs } from '../attachments/decoding';
import type { GitRepository } from './git-access';

/** Where commitlint looks for its rules, in a repository's folder. */
const ruleFiles = [
  '.commitlintrc',
  ...['json', 'yaml', 'yml', 'js', 'cjs', 'mjs', 'ts', 'cts', 'mts'].map(
    (ending) => `.commitlintrc.${ending}`,
  ),
  ...['js', 'cjs', 'mjs', 'ts', 'cts', 'mts'].map((ending) => `commitlint.config.${ending}`),
];
/** More of one is not sent, in characters. */
const longest = 4_000;

const packageSchema = z.object({ commitlint: z.record(z.string(), z.unknown()) });

/** What the repository says of its messages itself: git's template for them, and the rules of commitlint. */
export async function rulesOf(repository: GitRepository): Promise<readonly Attachment[]> {
  const [template, lint] = [await templateOf(repository), await lintRules(repository.rootUri)];
  return [...template, ...lint].map((rule) => ({ ...rule, text: beginningOf(rule.text, longest) }));
}

async function templateOf(repository: GitRepository): Promise<readonly Attachment[]> {
  try {
    const name = (await repository.getConfig('commit.template')).trim();
    if (name === '') return [];
    const file = name.startsWith('~/') ? path.join(homedir(), name.slice(2)) : name;
    const text = await textOf(vscode.Uri.file(path.resolve(repository.rootUri.fsPath, file)));
    const label = 'the template of commit messages (lines that begin with # are no part of a message)';
    return text === undefined ? [] : [{ label, languageId: 'text', text }];
  } catch {
    // Git has no such setting, or the editor doesn't tell it.
    return [];
  }
}

async function lintRules(root: vscode.Uri): Promise<readonly Attachment[]> {
  try {
    const there = new Set((await vscode.workspace.fs.readDirectory(root)).map(([name]) => name));
    const name = ruleFiles.find((each) => there.has(each));
    if (name !== undefined) {
      const text = await textOf(vscode.Uri.joinPath(root, name));
      return text === undefined ? [] : [{ label: name, languageId: path.extname(name).slice(1), text }];
    }
    if (!there.has('package.json')) return [];
    const manifest = await textOf(vscode.Uri.joinPath(root, 'package.json'));
    const { success, data } = packageSchema.safeParse(JSON.parse(manifest ?? ''));
    if (!success) return [];
    return [
      { label: 'commitlint in package.json', languageId: 'json', text: JSON.stringify(data.commitlint) },
    ];
  } catch {
    // A message without them is better than none.
    return [];
  }
}

async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  const file = await fileText(await vscode.workspace.fs.readFile(uri), decodeAs(uri));
  return 'text' in file ? file.text : undefined;
}
