'use strict';

const { createServer } = require('node:http');
const vscode = require('vscode');

/** Asks the editor's language models what the tests want to know, as any extension can: JSON in, JSON out. */
exports.serveQuestions = (record) => {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => (body += piece));
    request.on('end', async () => {
      const reply = await ask(JSON.parse(body));
      response.end(JSON.stringify(reply));
    });
  });
  server.listen(0, '127.0.0.1', () => record({ port: server.address().port }));
  return { dispose: () => server.close() };
};

async function ask({ id, messages, tools, required, modelOptions, cancelAtText }) {
  const [model] = await vscode.lm.selectChatModels({ vendor: 'conduit', id });
  if (model === undefined) return { error: { message: `No model ${id}.` } };
  const { maxInputTokens } = model;
  const source = new vscode.CancellationTokenSource();
  const parts = [];
  try {
    const counted = await model.countTokens(messages.map(({ parts }) => parts[0].text ?? '').join(''));
    const toolMode = vscode.LanguageModelChatToolMode[required ? 'Required' : 'Auto'];
    const response = await model.sendRequest(
      messages.map(messageOf),
      { tools, toolMode, modelOptions },
      source.token,
    );
    for await (const part of response.stream) {
      parts.push(plain(part));
      if (cancelAtText) source.cancel();
    }
    return { parts, maxInputTokens, counted };
  } catch (error) {
    return { parts, maxInputTokens, error: { name: error.name, code: error.code, message: error.message } };
  } finally {
    source.dispose();
  }
}

function messageOf({ role, parts }) {
  const { User, Assistant } = vscode.LanguageModelChatMessage;
  return (role === 'assistant' ? Assistant : User)(parts.map(partOf));
}

function partOf({ text, call, result, image }) {
  if (call) return new vscode.LanguageModelToolCallPart(call.id, call.name, call.input);
  if (result)
    return new vscode.LanguageModelToolResultPart(result.id, [new vscode.LanguageModelTextPart(result.text)]);
  if (image) return vscode.LanguageModelDataPart.image(Buffer.from(image, 'base64'), 'image/png');
  return new vscode.LanguageModelTextPart(text);
}

function plain(part) {
  if (part instanceof vscode.LanguageModelTextPart) return { text: part.value };
  if (part instanceof vscode.LanguageModelToolCallPart)
    return { call: { id: part.callId, name: part.name, input: part.input } };
  return {};
}
