import type { Protocol } from '../../core/terms/deployment';
import type { Body, Concede, Concession, Refusal } from './concession';
import { concedeField } from './fields';
import { concedeCacheMarks, concedeContent, concedePictures, concedeRoles, concedeThoughts } from './history';
import { concedeLimit } from './limit';
import { concedeSchemas } from './schemas';
import { concedeToolIds } from './tool-ids';

/** What a refusal may be about, the most precise first. */
const concessions: readonly Concede[] = [
  concedeCacheMarks,
  concedeToolIds,
  concedeLimit,
  concedeThoughts,
  concedeField,
  concedeSchemas,
  concedeRoles,
  concedePictures,
  concedeContent,
];

/** Statuses that may be about the request; the others are about the key, the account, or the server. */
const aboutRequests = new Set([400, 404, 405, 406, 415, 422, 500, 501]);

export interface Conceded {
  readonly concession: Concession;
  readonly body: Body;
}

/**
 * The request to send after a refusal, without what was refused; undefined where nothing can be left out. `made` are the
 * ids of the concessions of this call so far: none is made twice.
 */
export function concede(
  refusal: Refusal,
  body: Body,
  protocol: Protocol,
  made: ReadonlySet<string>,
): Conceded | undefined {
  if (refusal.status !== undefined && !aboutRequests.has(refusal.status)) return undefined;
  for (const find of concessions) {
    const concession = find(refusal, body, protocol, made);
    if (concession === undefined || made.has(concession.id)) continue;
    const changed = concession.change(body);
    if (changed !== undefined) return { concession, body: changed };
  }
  return undefined;
}
