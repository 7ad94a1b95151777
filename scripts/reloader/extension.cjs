const { watch } = require('node:fs');
const vscode = require('vscode');

/**
 * Of `node scripts/try.mjs --watch` only, never shipped: reloads the window when something was built, which writes the
 * file `built` beside this one. It is activated before Conduit, so that no build is missed: what comes earlier is loaded
 * anyway.
 */
exports.activate = ({ subscriptions }) => {
  let reloading = false;
  const watcher = watch(__dirname, (_event, name) => {
    if (name !== 'built' || reloading) return;
    reloading = true;
    vscode.commands.executeCommand('workbench.action.reloadWindow');
  });
  subscriptions.push({ dispose: () => watcher.close() });
};
