'use strict';

const { subscribe } = require('node:diagnostics_channel');
const { appendFileSync } = require('node:fs');
const { createServer } = require('node:http');
const Module = require('node:module');
const path = require('node:path');
const vscode = require('vscode');

/**
 * Notes, in the extension host that Conduit runs in too, when the editor hands Conduit a request, and when the HTTP
 * request for it begins to be written to its socket. Conduit is the packaged one and knows nothing of this: what is
 * wrapped is the editor's API, before Conduit is activated.
 */
exports.activate = (context) => {
  let received;
  const note = (surface, prompt) => (received = { surface, prompt, receivedMs: nowMs() });
  watchRequests(note);
  subscribe('undici:client:sendHeaders', ({ request }) => {
    if (received === undefined || !String(request.path).endsWith('/chat/completions')) return;
    record({ ...received, sentMs: nowMs() });
    received = undefined;
  });
  const server = createServer(answer);
  server.listen(0, '127.0.0.1', () => record({ port: server.address().port }));
  context.subscriptions.push({ dispose: () => server.close() });
};

/** On the clock that all processes of a machine share, to fractions of a millisecond. */
const nowMs = () => performance.timeOrigin + performance.now();

const record = (entry) => appendFileSync(process.env.STOPWATCH_LOG, `${JSON.stringify(entry)}\n`);

/** The API object that the editor gives to Conduit: each extension has one of its own. */
function apiOfConduit() {
  const { extensionPath, packageJSON } = vscode.extensions.getExtension('conduit-router.conduit');
  return Module._load('vscode', { filename: path.join(extensionPath, packageJSON.main) });
}

function watchRequests(note) {
  const { lm, window } = apiOfConduit();
  const { registerLanguageModelChatProvider } = lm;
  lm.registerLanguageModelChatProvider = (vendor, provider) => {
    const { provideLanguageModelChatResponse } = provider;
    provider.provideLanguageModelChatResponse = (model, messages, ...others) => {
      note('language model', messages.at(-1).content[0].value);
      return provideLanguageModelChatResponse.call(provider, model, messages, ...others);
    };
    return registerLanguageModelChatProvider(vendor, provider);
  };
  const { registerWebviewViewProvider } = window;
  window.registerWebviewViewProvider = (id, provider, options) => {
    const { resolveWebviewView } = provider;
    provider.resolveWebviewView = (view, ...others) => {
      view.webview.onDidReceiveMessage((message) => {
        if (message.type === 'send') note('chat view', message.text);
      });
      return resolveWebviewView.call(provider, view, ...others);
    };
    return registerWebviewViewProvider(id, provider, options);
  };
}

/** Asks Conduit's model through `vscode.lm`, as any extension can, and says when it did. */
async function answer(request, response) {
  let prompt = '';
  for await (const piece of request) prompt += piece;
  const [model] = await vscode.lm.selectChatModels({ vendor: 'conduit' });
  const askedMs = nowMs();
  const reply = await model.sendRequest([vscode.LanguageModelChatMessage.User(prompt)]);
  for await (const _ of reply.stream);
  response.end(JSON.stringify({ askedMs }));
}
