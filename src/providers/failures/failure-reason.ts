import type { FailureReason } from '../../core/terms/failure';
import { accessRefusals, keyCodes, keyRefusals, moneyRefusals } from './account-refusals';
import type { RefusalRow } from './refusal-row';
import { bareCode, noticed } from './refusal-row';
import {
  brokenAnswers,
  contentRefusals,
  lengthRefusals,
  modelRefusals,
  requestRefusals,
} from './request-refusals';
import { limits, overloads, statuses, timeouts, troubles, vagueCodes } from './server-refusals';

/**
 * How servers refuse: the first row that holds decides. Clear words and precise codes stand before the status, for
 * proxies change it and vendors choose it at will; what costs most where it is mistaken stands first: money and keys
 * aren't mended by asking again, and what concerns one request says nothing of the next.
 */
export const refusals: readonly RefusalRow[] = [
  ...brokenAnswers,
  ...lengthRefusals.slice(0, 3),
  ...moneyRefusals,
  ...contentRefusals,
  ...lengthRefusals.slice(3),
  ...keyRefusals,
  ...requestRefusals,
  ...accessRefusals,
  ...keyCodes,
  ...overloads,
  ...limits,
  ...modelRefusals,
  ...timeouts,
  ...troubles,
  ...vagueCodes,
  ...statuses,
];

/** Why a call failed. `status` is undefined where an error came within a stream that had begun well. */
export function reasonOf(
  codes: readonly string[],
  message: string,
  status: number | undefined,
): FailureReason {
  return decidingRow(codes, message, status).reason;
}

/** The row that decides. */
export function decidingRow(
  codes: readonly string[],
  message: string,
  status: number | undefined,
): RefusalRow {
  const words = withoutQuotations(message.slice(0, longestRead));
  const all = requestedAboveLimit(words) ? [...codes, noticed.requestedAboveLimit] : codes;
  // Dotted codes count as a whole, and by their last part: "InternalError.Algo.DataInspectionFailed".
  const bare = new Set(all.flatMap((code) => [bareCode(code), bareCode(code.split('.').at(-1) ?? '')]));
  const row = rows.find(
    (candidate) =>
      (candidate.statuses?.(status) ?? true) &&
      (candidate.bareCodes?.some((code) => bare.has(code)) ?? true) &&
      (candidate.words?.test(words) ?? true) &&
      candidate.not?.test(words) !== true,
  );
  return row ?? lastRow;
}

/** Of a longer message only the beginning is read: it holds the cause, and reading takes time. */
const longestRead = 4_000;

const lastRow: RefusalRow = { id: 'none', reason: 'server-error' };
const rows = refusals.map((row) => ({ ...row, bareCodes: row.codes?.map(bareCode) }));

/** "Limit 6000, Requested 9000": no waiting makes room for it. */
function requestedAboveLimit(words: string): boolean {
  const numbers = /\blimit:? (\d[\d,]*).{0,60}\brequested:? (\d[\d,]*)/i.exec(words);
  if (numbers === null) return false;
  const [limit = NaN, requested = NaN] = numbers.slice(1).map((digits) => Number(digits.replaceAll(',', '')));
  return requested > limit;
}

/** Servers quote the request that they refuse: what a user wrote about rate limits is no rate limit. */
function withoutQuotations(message: string): string {
  return message
    .replace(/\binput_value=.*?(?:, input_type=|\]|$)/gs, ' ')
    .replace(
      /(?<=^|[\s([{=:,])(?<!(?:message|msg|detail|error|reason|raw)["']?\s{0,3}[:=]\s{0,3})(["'`])(?:(?!\1).){80,2000}\1(?=$|[\s.,;:)\]}])/gs,
      ' ',
    );
}
