import { fieldOf, objectIn, objectsIn, wordIn } from './near-types';

/** What holds a piece of an answer, whatever else it says. */
const answerFields = ['choices', 'delta', 'content_block', 'response', 'item', 'part', 'content', 'output'];
/** Under which an error stands that is one whatever stands beside it. */
const errorFields = ['error', 'Error', 'err', 'fault', 'exception'];
/** What may hold an error in the place of a piece of the answer. */
const holders = ['message', 'data', 'result', 'body'];

/**
 * The error in an event of a stream, in every shape that is seen: under `error`, in a choice, flat, as a text, as an
 * event of that name, as a vendor's status beside an empty answer. Undefined where it is none.
 */
export function errorIn(name: string, value: unknown): unknown {
  if (typeof value === 'string') return value;
  const told = toldError(value);
  if (told !== undefined) return told;
  for (const choice of objectsIn(fieldOf(value, 'choices'))) {
    const ofChoice =
      toldError(choice) ?? toldError(fieldOf(choice, 'delta')) ?? toldError(fieldOf(choice, 'message'));
    if (ofChoice !== undefined) return ofChoice;
  }
  for (const holder of holders) {
    const held = toldError(fieldOf(value, holder));
    if (held !== undefined) return held;
  }
  if (/error|exception/i.test(name) || saysError(value)) return value;
  return isRefusedStatus(value) || isFlatError(value) ? value : exceptionIn(value);
}

/** A text alone, or a mere `true`, says less than what stands beside it. */
function toldError(value: unknown): unknown {
  for (const field of errorFields) {
    const error = fieldOf(value, field);
    if (error === true || (typeof error === 'number' && error !== 0)) return value;
    const telling = tellingError(error);
    if (telling !== undefined) return typeof telling === 'string' ? value : telling;
  }
  return undefined;
}

/** Some servers say with each event that there is no error. */
function tellingError(error: unknown): unknown {
  const first: unknown = Array.isArray(error) ? error[0] : error;
  if (typeof first === 'string')
    return /^\s*(?:none|null|false|ok|success|no[ _]?errors?)?\s*\.?\s*$/i.test(first) ? undefined : first;
  const object = objectIn(first);
  return object !== undefined && Object.values(object).some(tells) ? object : undefined;
}

function tells(value: unknown): boolean {
  if (value === 0 || value === '0' || value === false) return false;
  return (
    value !== null && value !== undefined && value !== '' && !/^(?:ok|success|none)$/i.test(wordIn(value))
  );
}

function saysError(value: unknown): boolean {
  return fieldOf(value, 'object') === 'error' || fieldOf(value, 'type') === 'error';
}

/** MiniMax tells its own status, and Cloudflare whether it went well, with an answer too: only a failure counts. */
function isRefusedStatus(value: unknown): boolean {
  const own = fieldOf(value, 'base_resp') ?? fieldOf(value, 'baseResp');
  const status = Number(wordIn(fieldOf(own, 'status_code') ?? fieldOf(own, 'statusCode')) || '0');
  if (status !== 0 && !Number.isNaN(status)) return true;
  const errors = fieldOf(value, 'errors');
  if (holdsAnswer(value) || !(Array.isArray(errors) ? errors.some(tells) : objectIn(errors) !== undefined))
    return failedPlainly(value);
  return true;
}

/** It didn't go well, and there is nothing of an answer. */
function failedPlainly(value: unknown): boolean {
  const well = ['success', 'ok', 'succeeded'].map((field) => fieldOf(value, field));
  return well.includes(false) && !holdsAnswer(value);
}

function holdsAnswer(value: unknown): boolean {
  return answerFields.some((field) => {
    const held = fieldOf(value, field);
    if (Array.isArray(held)) return held.length > 0;
    return objectIn(held) === undefined ? tells(held) : Object.values(objectIn(held) ?? {}).some(tells);
  });
}

const wordFields = ['message', 'Message', 'msg', 'detail', 'details', 'title'];
const explicitFields = ['error_message', 'errorMessage', 'error_msg', 'errorMsg', 'error_description'];
const kindFields = ['type', '__type', 'status', 'level', 'object', 'name'];
const codeFields = ['code', 'status_code', 'statusCode', 'error_code', 'errorCode', 'status'];

function isFlatError(value: unknown): boolean {
  if (holdsAnswer(value)) return false;
  // iFlytek tells its code and its words in a header.
  const header = objectIn(fieldOf(value, 'header'));
  if (header !== undefined && isFlatError(header)) return true;
  if (explicitFields.some((field) => saysWords(fieldOf(value, field)))) return true;
  if (!wordFields.some((field) => saysWords(fieldOf(value, field)))) return false;
  const kind = kindFields.map((field) => wordIn(fieldOf(value, field))).join(' ');
  if (/error|exception|invalid|fail|denied|limit/i.test(kind)) return true;
  return (
    codeFields.some((field) => isErrorCode(field, wordIn(fieldOf(value, field)))) ||
    // A detail beside a kind is told of many things.
    (fieldOf(value, 'detail') !== undefined && kind.trim() === '')
  );
}

function saysWords(told: unknown): boolean {
  if (typeof told !== 'string') return Array.isArray(told);
  return !/^\s*(?:ok|success(?:ful)?|succeeded|none|null)?\W*$/i.test(told);
}

/** 0, 1 and what begins with 2 go well. A word for a state may be any; one for a code goes well where it says so. */
function isErrorCode(field: string, code: string): boolean {
  if (/^-?\d+$/.test(code)) return !/^(?:0+|1|2\d\d(?:00)?)$/.test(code);
  return (
    field !== 'status' &&
    /[a-z]/i.test(code) &&
    !/^(?:ok|success|succeeded|normal|(?:in_)?progress|processing|completed|running|created|queued|pending|true|false)$/i.test(
      code,
    )
  );
}

/** AWS names the kind of an error by the only field of its event: `{"throttlingException": {"message": "…"}}`. */
function exceptionIn(value: unknown): unknown {
  for (const [name, error] of Object.entries(objectIn(value) ?? {})) {
    if (
      /(?:exception|error)$/i.test(name) &&
      objectIn(error) !== undefined &&
      tellingError(error) !== undefined
    )
      return { type: name, ...objectIn(error) };
  }
  return undefined;
}
