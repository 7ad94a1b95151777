import { setTimeout as wait } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import { complexity01 } from './complexity';
import { familyOf, taskKindOf } from '../../core/features/task-kind';
import { shapeOf } from '../../core/features/text-shape';
import { estimateTokens, tokensOf } from '../../core/terms/tokens';
import type { ModelClient } from '../../core/terms/ports';

/** How a simulated model behaves. */
interface Character {
  readonly name: string;
  /** Probability of a good answer to the easiest and to the hardest prompt. */
  readonly skill: readonly [easy: number, hard: number];
  readonly firstTokenMs: number;
  readonly wordMs: number;
}

const characters: Readonly<Record<string, Character>> = {
  'sim-swift': { name: l10n.t('Swift (fast, weak)'), skill: [0.9, 0.15], firstTokenMs: 150, wordMs: 8 },
  'sim-middle': { name: l10n.t('Middle'), skill: [0.92, 0.55], firstTokenMs: 400, wordMs: 15 },
  'sim-strong': {
    name: l10n.t('Strong (slow, good at hard prompts)'),
    skill: [0.95, 0.92],
    firstTokenMs: 900,
    wordMs: 25,
  },
};

/** Complexity at which a prompt counts as hard; everyday prompts lie between 0 and this. */
const hardAt = 0.5;

/** Waits for `ms`; rejects at once when `signal` aborts. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

const realSleep: Sleep = (ms, signal) => wait(ms, undefined, { signal });

/** Models that only pretend to answer, so that Conduit can be tried with no key. Every answer says so. */
export function createSimulatedClient({ sleep = realSleep }: { readonly sleep?: Sleep } = {}): ModelClient {
  return {
    stream: async function* ({ deployment, messages, tools, toolUse }, signal) {
      const character = characters[deployment.model];
      if (character === undefined) {
        const detail = l10n.t("There is no simulated model '{0}'.", deployment.model);
        yield { type: 'failed', failure: { reason: 'not-found', detail, status: undefined } };
        return;
      }
      if (toolUse === 'required') {
        const detail = l10n.t('A simulated model only pretends to answer: it calls no tools.');
        yield { type: 'failed', failure: { reason: 'invalid-request', detail, status: undefined } };
        return;
      }
      const prompt = messages.findLast(({ role }) => role === 'user')?.text ?? '';
      const answer = answerTo(prompt, deployment.model, character);
      try {
        await sleep(character.firstTokenMs, signal);
        for (const word of answer.split(/(?<=\s)/)) {
          yield { type: 'text', text: word };
          await sleep(character.wordMs, signal);
        }
      } catch (error) {
        if (signal.aborted) return;
        throw error;
      }
      yield {
        type: 'finished',
        usage: {
          inputTokens: tokensOf(messages, tools),
          outputTokens: estimateTokens(answer),
          cachedInputTokens: 0,
        },
        servedModel: undefined,
        truncated: false,
      };
    },
  };
}

function answerTo(prompt: string, model: string, { name, skill: [easy, hard] }: Character): string {
  const difficulty = Math.min(1, complexity01(prompt) / hardAt);
  const chance = easy + (hard - easy) * difficulty;
  const good = uniformHash(`${model}\n${prompt}`) < chance;
  const odds = l10n.t(
    'A model of this strength gets a prompt of this difficulty right about {0} times in 100.',
    Math.round(chance * 100),
  );
  const outcome = good
    ? l10n.t('This time it **got it right**: rate it up.')
    : l10n.t('This time it **got it wrong**: rate it down.');
  const by = l10n.t('Simulated answer by {0}. No model was called and nothing was billed.', name);
  return `*${by}*\n\n${odds} ${outcome}\n\n${sample(prompt, good)}`;
}

function sample(prompt: string, good: boolean): string {
  if (familyOf(taskKindOf(shapeOf(prompt))) !== 'code')
    return good
      ? `> ${l10n.t('A clear, correct answer would stand here.')}`
      : `> ${l10n.t('A vague answer that misses the point would stand here.')}`;
  const body = good
    ? 'return items.toSorted((a, b) => a - b);'
    : 'return items.sort(); // sorts numbers as text';
  return `\`\`\`typescript\nexport function sorted(items: number[]): number[] {\n  ${body}\n}\n\`\`\``;
}

/** The same text gives the same number in [0, 1): a simulated model is consistent. FNV-1a with a final mix. */
function uniformHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 13), 0x297a2d39);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296;
}
