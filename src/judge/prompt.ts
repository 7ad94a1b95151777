import type { Message } from '../core/terms/request';
import type { Image } from '../core/terms/tools';
import { textOfCall } from '../core/terms/tools';
import type { WholeAnswer } from '../core/terms/judging';
import { fenceFor } from './fence';
import { withoutOwnName } from './hidden-names';
import { rubricFor } from './rubric';
import { trimmed } from './trim';

/** What is sent to a judge. */
export interface JudgePrompt {
  readonly messages: readonly Message[];
  /** All that was written by others, without the lines around it. */
  readonly data: string;
}

export interface PromptParts {
  /** What the user adds to the rubric; '': nothing. */
  readonly rubric: string;
  /** Most tokens of all data together, > 0. */
  readonly tokens: number;
  /** False where the judge takes no images. */
  readonly images: boolean;
  /** A new mark, which nobody can guess. */
  readonly newMark: () => string;
}

/** How the tokens are shared out. What one part leaves is not given to the others: a judge costs the same each time. */
const shares = { question: 0.3, answer: 0.45, before: 0.15, system: 0.1 } as const;

/** The prompt for one answer. */
export function promptForOne(answer: WholeAnswer, parts: PromptParts): JudgePrompt {
  const { question, ...asked } = partsOf(answer.messages);
  const text = withoutOwnName(answer.text);
  const fence = fenceFor([...Object.values(asked), question.text, text], parts.newMark);
  const loop = asked.transcript !== '';
  // The transcript is a part of the answer, and its end the part that tells.
  const ofAnswer = parts.tokens * shares.answer;
  const data = [
    ...context(question, asked, parts, fence),
    ...(loop
      ? [fence.around('TRANSCRIPT', trimmed(asked.transcript, ofAnswer / 2, 'beginning', fence.mark))]
      : []),
    fence.around('ANSWER', trimmed(text, loop ? ofAnswer / 2 : ofAnswer, 'middle', fence.mark)),
  ];
  const rubric = rubricFor({ of: 'one', loop, mark: fence.mark, own: parts.rubric });
  return promptOf(rubric, data, fence.mark, question, parts);
}

/** The prompt for two answers to the same question, as A and B in this order. */
export function promptForTwo(a: WholeAnswer, b: WholeAnswer, parts: PromptParts): JudgePrompt {
  const { question, ...asked } = partsOf(a.messages);
  const [textA, textB] = [withoutOwnName(a.text), withoutOwnName(b.text)];
  const fence = fenceFor([...Object.values(asked), question.text, textA, textB], parts.newMark);
  const ofEach = (parts.tokens * shares.answer) / 2;
  const data = [
    ...context(question, asked, parts, fence),
    fence.around('ANSWER A', trimmed(textA, ofEach, 'middle', fence.mark)),
    fence.around('ANSWER B', trimmed(textB, ofEach, 'middle', fence.mark)),
  ];
  return promptOf(
    rubricFor({ of: 'two', loop: false, mark: fence.mark, own: parts.rubric }),
    data,
    fence.mark,
    question,
    parts,
  );
}

interface Asked {
  readonly system: string;
  readonly before: string;
  readonly question: { readonly text: string; readonly images: readonly Image[] };
  /** What an agent did after the question, up to its last words; '': no agent. */
  readonly transcript: string;
}

function context(
  question: Asked['question'],
  { system, before }: Pick<Asked, 'system' | 'before'>,
  { tokens, images }: PromptParts,
  { mark, around }: ReturnType<typeof fenceFor>,
): readonly string[] {
  const unseen = images ? 0 : question.images.length;
  return [
    ...(system === ''
      ? []
      : [around('INSTRUCTIONS OF THE ANSWER', trimmed(system, tokens * shares.system, 'middle', mark))]),
    ...(before === ''
      ? []
      : [around('CONVERSATION BEFORE', trimmed(before, tokens * shares.before, 'beginning', mark))]),
    around('QUESTION', trimmed(question.text, tokens * shares.question, 'middle', mark)),
    ...(unseen === 0 ? [] : [`[${mark}: ${String(unseen)} images of the question are not shown to you]`]),
  ];
}

function promptOf(
  rubric: string,
  data: readonly string[],
  mark: string,
  { images }: Asked['question'],
  parts: PromptParts,
): JudgePrompt {
  const text = data.join('\n\n');
  return {
    data: text.replaceAll(mark, ''),
    messages: [
      { role: 'system', text: rubric },
      {
        role: 'user',
        text,
        ...(parts.images && images.length > 0 && { images }),
      },
    ],
  };
}

/** The parts of what was asked: the question is the user's last words that are no tool's. */
function partsOf(messages: readonly Message[]): Asked {
  const spoken = messages.filter(({ role }) => role !== 'system');
  const at = spoken.findLastIndex(
    ({ role, text, toolResults }) => role === 'user' && (text !== '' || toolResults === undefined),
  );
  const question = spoken[at];
  return {
    system: messages.flatMap(({ role, text }) => (role === 'system' ? [text] : [])).join('\n\n'),
    before: spoken.slice(0, Math.max(0, at)).map(told).join('\n\n'),
    question: { text: question?.text ?? '', images: question?.images ?? [] },
    transcript: spoken
      .slice(at + 1)
      .map(told)
      .join('\n\n'),
  };
}

function told({ role, text, toolCalls = [], toolResults = [] }: Message): string {
  return [
    ...toolResults.map((result) => `[tool result] ${result.text}`),
    ...(text === '' ? [] : [`[${role}] ${role === 'assistant' ? withoutOwnName(text) : text}`]),
    ...toolCalls.map((call) => `[tool call] ${textOfCall(call)}`),
  ].join('\n');
}

/** True where two answers are to the same question: one may be compared with the other. */
export function isSameQuestion(a: WholeAnswer, b: WholeAnswer): boolean {
  const [first, second] = [partsOf(a.messages), partsOf(b.messages)];
  return (
    first.transcript === '' &&
    second.transcript === '' &&
    first.question.text === second.question.text &&
    first.before === second.before &&
    first.question.images.length === second.question.images.length
  );
}
