import type { CallKind } from './commands';
import { exitCodeOf, linesOf } from './verdicts';

/**
 * How a call went wrong, by what its tool says. `denied`: the user wouldn't have it, which says nothing of the model's
 * arguments.
 */
export type CallFault = 'bad-arguments' | 'failed-edit' | 'error' | 'denied';

/** Tools say at once what is wrong: text of a file or a page comes later, or not in so few characters. */
const headLength = 600;
/** A refusal is short; what is much longer is something that was found. */
const longestRefusal = 4_000;
/** Where a refusal begins at the latest, behind a mark or the tool's name. */
const refusalWithin = 160;

const denials = [
  ...[
    'user denied',
    'user rejected',
    'user skipped',
    'user cancelled',
    'user canceled',
    'user declined',
    'user chose not',
  ],
  ...["user doesn't want", 'rejected by the user', 'denied by the user', 'cancelled by the user'],
];

/** What only a tool’s frame says, whatever the tool is. */
const refusals = [
  ...[
    'your input to the tool was invalid',
    'please check your input and try again',
    '-32602',
    'invalid arguments',
  ],
  ...['missing value for required parameter', 'missing required parameter', 'missing required argument'],
  ...[
    'required parameter',
    'required argument',
    'inputvalidationerror',
    'input validation error',
    'invalid tool',
  ],
  ...[
    'invalid input for tool',
    'invalid parameters',
    'invalid params',
    'invalid tool call',
    'failed to parse arguments',
  ],
  ...[
    'arguments are not valid json',
    'invalid json in arguments',
    'malformed arguments',
    'unknown tool',
    'no such tool',
  ],
  ...[
    'no tool named',
    'without value for required parameter',
    'tool input is not valid',
    'schema validation failed',
  ],
];
/** What libraries that check forms say, and what a file or a program may say too. */
const formFaults = [
  ...[
    'must have required property',
    'must not have additional properties',
    'must be equal to one of',
    'must be array',
  ],
  ...[
    'must be string',
    'must be object',
    'must be number',
    'must be boolean',
    'must be integer',
    'must be an array',
  ],
  ...[
    'must be a string',
    'must be an object',
    'must be a number',
    'invalid_type',
    'unrecognized_keys',
    'invalid_union',
  ],
  ...[
    'unrecognized key',
    ', received ',
    'invalid enum value',
    'validation error for',
    'validation errors for',
  ],
  ...[
    'field required',
    'input should be',
    'unexpected keyword argument',
    'missing 1 required positional',
    'invalid_value',
  ],
  ...[
    'unexpected token',
    'unexpected end of json',
    'is not valid json',
    'json.decoder',
    'is a required property',
  ],
];

/** An edit that found no place. */
const unapplied = [
  ...[
    'could not find',
    "couldn't find",
    'not found in',
    'no match',
    'did not match',
    'does not match',
    "doesn't match",
  ],
  ...[
    'no sufficiently similar',
    'string to replace',
    'old_string',
    'oldstring',
    'not unique',
    'multiple matches',
  ],
  ...[
    'matches of the string',
    'expected 1 occurrence',
    'occurrences but found',
    'input and output are identical',
  ],
  ...[
    'hunk',
    'patch failed',
    'patch does not apply',
    'failed to apply',
    'unable to apply',
    'failed to find context',
  ],
  ...[
    'invalid context',
    'failed to edit',
    'edit failed',
    'search block',
    'no changes',
    'has not been read',
    'read it first',
  ],
  ...['is identical to', 'exactly the same', 'modified since'],
];
const applied = [
  ...[
    'successfully',
    'has been updated',
    'has been created',
    'has been edited',
    'was edited',
    'was updated',
    'applied edit',
  ],
  ...[
    'file_write_result',
    'file created',
    'success. updated',
    'changes applied',
    'done!',
    '"success":true',
    '"success": true',
  ],
];

const errorBegins = [
  ...[
    'error',
    'fatal',
    'failed',
    'failure',
    'exception',
    'traceback',
    'unable to',
    'cannot ',
    "can't ",
    'could not',
  ],
  ...[
    'permission denied',
    'access denied',
    'curl: ',
    'npm err',
    'npm error',
    'mcp error',
    'unauthorized',
    'forbidden',
  ],
  ...[
    'the tool execution failed',
    'tool execution failed',
    'timed out',
    'timeout',
    'not found',
    'no such file',
  ],
  ...[
    'file does not exist',
    'file not found',
    'path does not exist',
    'command not found',
    '401',
    '403',
    '404',
    '500',
  ],
];
const errorFields = ['"success":false', '"success": false', '"iserror":true', '"iserror": true', '{"error"'];

/** Undefined: nothing did, as far as its tool says. */
export function faultOf(kind: CallKind, text: string): CallFault | undefined {
  const head = text.slice(0, headLength).toLowerCase();
  const bare = head.replace(/^(?:\s|<[a-z_]{1,30}>|[*#`"'[({:❌✗-])+/u, '');
  if (isEarly(head, denials)) return 'denied';
  const isError =
    errorBegins.some((begin) => bare.startsWith(begin)) || errorFields.some((field) => head.includes(field));
  const readsOthers = kind.is === 'look' || kind.is === 'check';
  if (text.length <= longestRefusal && (readsOthers ? isPlainRefusal(bare, isError) : isRefusal(head, bare)))
    return 'bad-arguments';
  switch (kind.is) {
    case 'edit':
      return isUnapplied(head, isError) ? 'failed-edit' : undefined;
    case 'look':
      return isError && text.length <= headLength ? 'error' : undefined;
    case 'check':
    case 'wait':
      return undefined;
    case 'plan':
      return isError ? 'error' : undefined;
    case 'other':
      return isError || (exitCodeOf(linesOf(text)) ?? 0) !== 0 ? 'error' : undefined;
  }
}

function isRefusal(head: string, bare: string): boolean {
  return isEarly(head, refusals) || isEarly(head, formFaults) || saysNoSuchTool(bare);
}

/** Of a tool that shows what others wrote: only where the refusal is the first that it says. */
function isPlainRefusal(bare: string, isError: boolean): boolean {
  const within = isError ? 60 : 4;
  return refusals.some((phrase) => isAt(bare.indexOf(phrase), within)) || (isError && saysNoSuchTool(bare));
}

function saysNoSuchTool(bare: string): boolean {
  const at = bare.indexOf('tool');
  if (!isAt(at, 40)) return false;
  return /does not exist|not found|is not available|not a valid tool|is unknown/.test(
    bare.slice(at, at + 120),
  );
}

function isEarly(head: string, phrases: readonly string[]): boolean {
  return phrases.some((phrase) => isAt(head.indexOf(phrase), refusalWithin));
}

function isAt(index: number, most: number): boolean {
  return index >= 0 && index <= most;
}

/** Some print the lines around an edit, where any words may be: what comes first counts. */
function isUnapplied(head: string, isError: boolean): boolean {
  const good = firstOf(head, applied);
  if (!isError && good <= refusalWithin) return false;
  return firstOf(head, unapplied) < good || (isError && good > refusalWithin);
}

/** Infinity where none is there. */
function firstOf(head: string, phrases: readonly string[]): number {
  return Math.min(...phrases.map((phrase) => head.indexOf(phrase)).filter((at) => at >= 0), Infinity);
}
