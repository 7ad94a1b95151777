'use strict';

const { appendFileSync } = require('node:fs');
const vscode = require('vscode');
const { serveQuestions } = require('./ask-models');

/** A line for each time that somebody asks which models there are, and for each request. */
const record = (entry) => appendFileSync(process.env.COMPANION_LOG, `${JSON.stringify(entry)}\n`);

const model = (family, id) => ({
  id,
  name: `Companion ${family}`,
  family,
  version: '1',
  maxInputTokens: 50_000,
  maxOutputTokens: 4_000,
  capabilities: { toolCalling: true },
});

/** Answers with its own name, or fails as a language model of the editor can. */
exports.activate = (context) => {
  const provider = {
    provideLanguageModelChatInformation: ({ silent }) => {
      record({ listed: true, silent });
      return [model('bright', 'bright-2026-11'), model('broken', 'broken')];
    },
    provideLanguageModelChatResponse: async ({ family }, messages, options, progress, token) => {
      const texts = messages.map(({ role, content }) => ({
        role,
        text: content.map(({ value }) => value).join(''),
      }));
      record({ family, messages: texts, modelOptions: options.modelOptions });
      if (family === 'broken') throw vscode.LanguageModelError.Blocked('The monthly quota is used up');
      progress.report(new vscode.LanguageModelTextPart('Companion '));
      if (texts.at(-1).text.includes('slowly')) {
        await new Promise((resolve) => token.onCancellationRequested(resolve));
        record({ cancelled: true });
        return;
      }
      progress.report(new vscode.LanguageModelTextPart(`${family} answers.`));
    },
    provideTokenCount: async (_model, text) => String(text).length,
  };
  context.subscriptions.push(
    vscode.lm.registerLanguageModelChatProvider('companion', provider),
    serveQuestions(record),
  );
};
