import * as l10n from '@vscode/l10n';

/** Takes the translations out of the page. The first module of each page: others name their words when loaded. */
const contents = document.getElementById('words')?.textContent;
if (contents) l10n.config({ contents });
