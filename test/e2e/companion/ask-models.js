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

/** Hands back all that came, as careless callers do. */
function messageOf({ role, parts }) {
  const { User, Assistant } = vscode.LanguageModelChatMessage;
  return (role === 'assistant' ? Assistant : User)(parts.map(partOf));
}

function partOf({ text, call, result, image, data }) {
  if (call) return new vscode.LanguageModelToolCallPart(call.id, call.name, call.input);
  if (result) {
    const said = [new vscode.LanguageModelTextPart(result.text)];
    return new vscode.LanguageModelToolResultPart(
      result.id,
      result.image ? [...said, picture(result.image)] : said,
    );
  }
  if (image) return picture(image);
  if (data) return vscode.LanguageModelDataPart.json(data.value, data.mimeType);
  return new vscode.LanguageModelTextPart(text ?? '');
}

function picture(base64) {
  return vscode.LanguageModelDataPart.image(Buffer.from(base64, 'base64'), 'image/png');
}

function plain(part) {
  if (part instanceof vscode.LanguageModelTextPart) return { text: part.value };
  if (part instanceof vscode.LanguageModelToolCallPart)
    return { call: { id: part.callId, name: part.name, input: part.input } };
  if (part instanceof vscode.LanguageModelDataPart)
    return { data: { mimeType: part.mimeType, value: JSON.parse(Buffer.from(part.data).toString('utf8')) } };
  return { thought: [part.value].flat().join('') };
}
