import * as vscode from 'vscode';
import { z } from 'zod';
import type { Deployment } from '../../core/terms/deployment';
import type { ModelFacts } from '../../vendors/model-facts';

/** Newer editors say what their models can; older ones don't, and no version documents it for all extensions. */
const capable = z.object({
  capabilities: z.object({
    supportsToolCalling: z.boolean().optional().catch(undefined),
    supportsImageToText: z.boolean().optional().catch(undefined),
  }),
});

/** What a language model of the editor says of itself. */
function factsOf(model: vscode.LanguageModelChat): ModelFacts {
  const { supportsToolCalling, supportsImageToText } = capable.safeParse(model).data?.capabilities ?? {};
  return {
    contextWindowTokens: model.maxInputTokens > 0 ? model.maxInputTokens : undefined,
    supportsTools: supportsToolCalling,
    supportsImages: supportsImageToText,
  };
}

/** The same for a deployment that is one: undefined where the editor doesn't offer it now. */
export async function editorModelFacts({ model: name }: Deployment): Promise<ModelFacts | undefined> {
  const [vendor = '', ...family] = name.split('/');
  const [model] = await vscode.lm.selectChatModels({ vendor, family: family.join('/') });
  return model && factsOf(model);
}
