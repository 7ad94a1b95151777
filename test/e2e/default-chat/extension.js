'use strict';

const vscode = require('vscode');

const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/**
 * Stands where Copilot would, and repeats what it is told. The editor asks the default participant in some of its modes
 * alone, so that another one asks the model of the picker about a picture.
 */
exports.activate = (context) => {
  const repeat = ({ prompt }, _context, stream) =>
    stream.markdown(`The default participant heard: ${prompt}`);
  const look = ({ prompt, model }, _context, stream, token) => describe(prompt, model, stream, token);
  context.subscriptions.push(
    vscode.chat.createChatParticipant('conduit-tests.default', repeat),
    vscode.chat.createChatParticipant('conduit-tests.looker', look),
  );
};

/** Only a model that says so is sent one, as in Copilot. Another extension's model may stand in the picker. */
async function describe(prompt, chosen, stream, token) {
  const [ours] = await vscode.lm.selectChatModels({ vendor: 'conduit' });
  const model = chosen.vendor === 'conduit' ? chosen : ours;
  const sees = model.capabilities?.supportsImageToText === true;
  stream.markdown(`${model.vendor}/${model.id} ${sees ? 'sees' : 'sees nothing'}. `);
  const message = vscode.LanguageModelChatMessage.User([
    new vscode.LanguageModelTextPart(prompt),
    ...(sees ? [vscode.LanguageModelDataPart.image(Buffer.from(png, 'base64'), 'image/png')] : []),
  ]);
  const response = await model.sendRequest([message], {}, token);
  for await (const text of response.text) stream.markdown(text);
}
