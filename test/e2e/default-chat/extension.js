'use strict';

const vscode = require('vscode');

/** Stands where Copilot would: it repeats what it is told. */
exports.activate = (context) => {
  const handler = (request, _context, stream) =>
    stream.markdown(`The default participant heard: ${request.prompt}`);
  context.subscriptions.push(vscode.chat.createChatParticipant('conduit-tests.default', handler));
};
