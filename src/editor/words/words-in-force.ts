import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { extensionId } from '../command-table';
import { readWords } from './read-words';
import { writeIn } from '../../text/local-format';

/**
 * Read as the first of all modules, since others name their words as soon as they are loaded. The pages get the same.
 */
export const wordsInForce = readWords(
  path.join(vscode.extensions.getExtension(extensionId)?.extensionPath ?? '', 'l10n'),
  vscode.env.language,
);
writeIn(wordsInForce.language);
if (wordsInForce.translations !== undefined) l10n.config({ contents: { ...wordsInForce.translations } });
