import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { Message, RouteRequest } from '../../core/terms/request';
import type { Image } from '../../core/terms/tools';
import { withAttachments } from '../../text/attached-text';
import { knownOfQuestion } from '../../text/known-of-question';
import { emphasised, plainInMarkdown } from '../../text/plain-in-markdown';
import { chooseModel } from '../answers/choose-model';
import type { ModelChoice } from '../answers/choose-model';
import type { AnswerUses } from '../observations/answer-uses';
import type { NextTurns } from '../observations/next-turns';
import type { TakenCode } from '../observations/taken-code';
import { agreeToCost } from '../spending/agree-to-cost';
import { answerWithinBudget } from '../answers/answer-within-budget';
import type { SurfaceParts } from '../answers/surface-parts';
import { answerInto } from './participant-answer';
import type { Past, TurnMetadata } from './participant-history';
import type { AskedPictures } from './participant-images';
import { picturesOf } from './participant-images';
import { attachmentsOf } from './participant-references';
import type { NamedPool, Wanted } from './participant-request';
import { readRequest } from './participant-request';

/** One request of the native chat, with what is known around it. */
export interface ParticipantTurn {
  readonly request: vscode.ChatRequest;
  readonly stream: vscode.ChatResponseStream;
  readonly signal: AbortSignal;
  readonly past: Past;
  readonly conversationId: string;
}

export interface ParticipantParts extends SurfaceParts {
  /** Whether the user's next words may be read for what they say of an answer. */
  readonly noticing: () => boolean;
  /** Absent: what is taken from answers by hand isn't noticed. */
  readonly taken?: Pick<TakenCode, 'answered'>;
}

export interface TurnParts extends ParticipantParts {
  readonly uses: AnswerUses;
  readonly nextTurns: NextTurns;
  readonly pictures: AskedPictures;
}

const origin = 'participant';

/** What is asked in a turn, and what its metadata says beside the answer. */
interface Question {
  readonly text: string;
  readonly known: RouteRequest['known'];
  readonly images: readonly Image[];
  readonly before: readonly Message[];
  readonly target: Pick<RouteRequest, 'pool' | 'only' | 'avoid'>;
  readonly kept: Pick<TurnMetadata, 'again' | 'lockedTo' | 'words'>;
}

/** Answers a request of the native chat. */
export async function respond(parts: TurnParts, turn: ParticipantTurn): Promise<vscode.ChatResult> {
  const { pools } = await parts.configuration.current();
  const wanted = readRequest(turn.request, turn.past, pools);
  switch (wanted.kind) {
    case 'nothing':
      return says(
        turn,
        l10n.t('Type a question after `@conduit`, for example `@conduit What does a B-tree do?`'),
      );
    case 'nothing-to-repeat':
      return says(turn, l10n.t('Nothing was asked yet that another model could answer.'));
    case 'unknown-model': {
      const known = pools.flatMap(({ deployments }) => deployments.map(({ id }) => `\`${id}\``)).join(', ');
      return says(
        turn,
        l10n.t('There is no model “{0}”. The models are: {1}.', plainInMarkdown(wanted.name), known),
      );
    }
    case 'choose-model': {
      const title = l10n.t('Which model should answer in this conversation?');
      const choice = await chooseModel(parts.configuration, title, true);
      if (choice === undefined) return says(turn, l10n.t('Nothing was changed.'));
      return locked(turn, choice === 'any' ? undefined : choice);
    }
    case 'lock':
      return locked(turn, wanted.lockedTo);
    case 'again':
      return again(parts, turn, wanted);
    case 'question':
      return question(parts, turn, wanted, pools);
  }
}

async function again(
  parts: TurnParts,
  turn: ParticipantTurn,
  { last, by }: Extract<Wanted, { kind: 'again' }>,
): Promise<vscode.ChatResult> {
  const replaced = last.answers.at(-1);
  if (replaced !== undefined) parts.uses.replaced(replaced, by?.deploymentId);
  turn.stream.progress(l10n.t('Asking another model…'));
  const pool = by?.pool ?? last.pool ?? (await parts.configuration.pool()).name;
  const target =
    by === undefined
      ? { pool, avoid: last.answers.map(({ deploymentId }) => deploymentId) }
      : { pool, only: by.deploymentId };
  return ask(parts, turn, {
    text: last.question,
    known: knownOfQuestion({ prompt: last.question, attachments: [], origin }),
    images: parts.pictures.of(turn.conversationId, last.question),
    before: last.before,
    target,
    kept: { again: true, words: last.words, ...lockOf(turn.past.lockedTo) },
  });
}

async function question(
  parts: TurnParts,
  turn: ParticipantTurn,
  { prompt, pool, lockedTo }: Extract<Wanted, { kind: 'question' }>,
  pools: readonly NamedPool[],
): Promise<vscode.ChatResult> {
  const { request, stream, past } = turn;
  stream.progress(l10n.t('Choosing a model…'));
  const { images, others } = await picturesOf(
    request.references,
    (told) => stream.markdown(`${emphasised(told)}\n\n`),
    (uri) => stream.reference(uri),
  );
  const attachments = await attachmentsOf(others, stream);
  if (attachments === undefined)
    return says(turn, l10n.t('Nothing was sent. Take the attachment away and ask again.'));
  const nothingThere = attachments.length + images.length === 0 && past.messages.length === 0;
  if (request.command !== undefined && request.prompt.trim() === '' && nothingThere)
    return says(
      turn,
      l10n.t('There is no code here yet. Select some, or attach a file with `#`, and ask again.'),
    );
  const lock = lockedTo !== undefined && isThere(lockedTo, pools) ? lockedTo : undefined;
  if (lock !== lockedTo) stream.markdown(`${emphasised(goneText(lockedTo))}\n\n`);
  // A pool that is named is meant for this question, also in a conversation that is locked to a model.
  const target =
    lock === undefined || pool !== undefined
      ? { pool: pool ?? (await parts.configuration.pool()).name }
      : { pool: lock.pool, only: lock.deploymentId };
  const text = withAttachments(prompt, attachments);
  parts.pictures.keep(turn.conversationId, text, images);
  const known = knownOfQuestion({ prompt, attachments, origin });
  // What a command writes out is nobody's words.
  const given = known.kind === undefined ? past.last?.given : undefined;
  // The same words about something else are another question.
  const asked = attachments.length + images.length > 0 ? '' : given?.question;
  if (given !== undefined) parts.nextTurns.read({ ...given, question: asked ?? '' }, prompt);
  const kept = { words: prompt, ...lockOf(lock) };
  return ask(parts, turn, { text, known, images, before: past.messages, target, kept });
}

async function ask(
  parts: TurnParts,
  { request, stream, signal, conversationId }: ParticipantTurn,
  { text, known, images, before, target, kept }: Question,
): Promise<vscode.ChatResult> {
  const { command } = request;
  const answer = answerInto(stream, {
    conversationId,
    question: text,
    pool: target.pool,
    ...(command !== undefined && { command }),
    ...kept,
  });
  const messages: readonly Message[] = [
    ...before,
    { role: 'user', text, ...(images.length > 0 && { images }) },
  ];
  const asked: RouteRequest = { ...target, messages, origin, conversationId, known };
  for await (const event of answerWithinBudget(await parts.conduit(), asked, signal, agreeToCost)) {
    answer.take(event);
    if (event.type === 'finished') parts.onAnswered(event.attempt.deploymentId);
  }
  const { by, text: answered } = answer.facts();
  if (by !== undefined && answered !== '') parts.taken?.answered(by, answered, messages);
  return answer.result();
}

/** From here on only this model answers in the conversation; undefined: the router chooses. */
function locked(turn: ParticipantTurn, lockedTo: ModelChoice | undefined): vscode.ChatResult {
  const text =
    lockedTo === undefined
      ? l10n.t('Conduit chooses the model again from here on.')
      : l10n.t(
          'Only `{0}` answers in this conversation from here on. `/model` changes that.',
          lockedTo.deploymentId,
        );
  return says(turn, text, lockOf(lockedTo));
}

/** A turn in which no model is asked. What was agreed on before stays agreed, unless `lock` says something else. */
function says(
  { stream, past, conversationId }: ParticipantTurn,
  text: string,
  lock: Pick<TurnMetadata, 'lockedTo'> = lockOf(past.lockedTo),
): vscode.ChatResult {
  stream.markdown(text);
  const metadata: TurnMetadata = { conversationId, question: '', answer: '', ...lock };
  return { metadata };
}

function lockOf(lockedTo: ModelChoice | undefined): Pick<TurnMetadata, 'lockedTo'> {
  return lockedTo === undefined ? {} : { lockedTo };
}

function isThere({ pool, deploymentId }: ModelChoice, pools: readonly NamedPool[]): boolean {
  return pools.some(
    ({ name, deployments }) => name === pool && deployments.some(({ id }) => id === deploymentId),
  );
}

function goneText(lockedTo: ModelChoice | undefined): string {
  return l10n.t('{0} is no longer there: Conduit chooses the model again.', lockedTo?.deploymentId ?? '');
}
