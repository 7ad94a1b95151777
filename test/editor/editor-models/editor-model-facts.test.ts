import { expect, test, vi } from 'vitest';
import { editorModelFacts } from '../../../src/editor/editor-models/editor-model-facts';
import { deploymentWith } from '../../core/simulation';
import * as fake from '../fake-vscode';

vi.mock('vscode', () => import('../fake-vscode'));

test('the editor says what its models take, and in newer versions what they can', async () => {
  const models: Readonly<Record<string, object>> = {
    new: {
      maxInputTokens: 64_000,
      capabilities: { supportsToolCalling: true, supportsImageToText: false, editToolsHint: ['apply-patch'] },
    },
    old: { maxInputTokens: 0 },
  };
  vi.spyOn(fake.lm, 'selectChatModels').mockImplementation((selector) => {
    const { family } = selector as { readonly family: string };
    return Promise.resolve(models[family] === undefined ? [] : [models[family]]);
  });
  const factsOf = (family: string) => editorModelFacts(deploymentWith('x', { model: `copilot/${family}` }));
  expect(await factsOf('new')).toEqual({
    contextWindowTokens: 64_000,
    supportsTools: true,
    supportsImages: false,
  });
  expect(await factsOf('old')).toEqual({});
  expect(await factsOf('gone')).toBeUndefined();
});
