import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { reasoningEfforts } from '../../core/terms/call-options';
import type { Deployment, Pool } from '../../core/terms/deployment';

/** The context window that is taken for granted where a model doesn't state its own. */
const usualContextTokens = 128_000;
/** The longest answer, likewise. */
const usualOutputTokens = 4_096;

/** What today's editors read besides what is documented for all extensions: none of it has a gate, older ones ignore it. */
interface Undocumented {
  /** VS Code 1.120 shows a model in the picker only where this says so (microsoft/vscode issue 316217). */
  readonly isUserSelectable: true;
  /** What the user can set for the model in the picker; it comes back as `modelConfiguration`. */
  readonly configurationSchema?: object;
}

/**
 * A pool as a language model of the editor. What is promised is what most of its models that can be asked now can do, and
 * at least one always: what is too much for one goes to another.
 *
 * @param canServe whether a model can be asked now: it has its key, and didn't fail lately
 */
export function informationOf(
  pool: Pool,
  canServe: (deployment: Deployment) => boolean,
): vscode.LanguageModelChatInformation {
  const { deployments } = pool;
  const healthy = someOf(deployments, canServe);
  // The editor's chat, in its usual agent mode, selects no model without tool calling, and with no model selected
  // `@conduit` is never run. Its prompts offer tools, so that the others' windows count for nothing.
  const able = someOf(healthy, ({ supportsTools }) => supportsTools !== false);
  const context = ofMost(able.map((each) => each.contextWindowTokens ?? usualContextTokens));
  const output = outputOf(context, able);
  return {
    id: pool.name,
    name: `Conduit · ${pool.name}`,
    family: 'conduit',
    version: '1',
    tooltip: l10n.t('Routes each request to one of: {0}', deployments.map(({ id }) => id).join(', ')),
    ...detailOf(pool),
    maxInputTokens: Math.max(1, context - output),
    maxOutputTokens: output,
    capabilities: {
      toolCalling: able.some(({ supportsTools }) => supportsTools !== false),
      imageInput: able.some(({ supportsImages }) => supportsImages === true),
    },
    ...undocumented(able),
  };
}

/** Those that are so, or all where none is. */
function someOf<T>(all: readonly T[], is: (each: T) => boolean): readonly T[] {
  const some = all.filter(is);
  return some.length > 0 ? some : all;
}

/** The largest figure that at least half of them reach. */
function ofMost(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => b - a);
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? usualContextTokens;
}

/**
 * An eighth of the window where that is more than usual, for the rest is the prompt's; never more than half of it: callers
 * that count would ask nothing at all of a small one otherwise.
 */
function outputOf(context: number, able: readonly Deployment[]): number {
  const longest = ofMost(able.map((each) => each.longestAnswerTokens ?? usualOutputTokens));
  const share = Math.max(usualOutputTokens, Math.floor(context / 8));
  return Math.max(1, Math.min(longest, share, Math.floor(context / 2)));
}

function detailOf({ simulated, deployments }: Pool): { readonly detail?: string } {
  if (simulated) return { detail: l10n.t('simulated') };
  const [first] = deployments;
  if (first === undefined) return {};
  return { detail: deployments.length > 1 ? l10n.t('one of {0} models', deployments.length) : first.id };
}

function undocumented(able: readonly Deployment[]): Undocumented {
  if (!able.some(({ thinks }) => thinks === true)) return { isUserSelectable: true };
  const reasoningEffort = {
    type: 'string',
    title: l10n.t('Thinking effort'),
    description: l10n.t('How hard models think that can. Unset, each model does as it does by itself.'),
    enum: reasoningEfforts,
    group: 'navigation',
  };
  return { isUserSelectable: true, configurationSchema: { properties: { reasoningEffort } } };
}
