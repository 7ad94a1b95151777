import { z } from 'zod';
import { savedTurnSchema } from './conversation-schema';
import { firstTurnSchema } from './first-version';
import type { SavedConversation } from './saved-conversation';

/** Of the files that are written. A reader that knows only earlier ones can't read them. */
const version = 2;

/** An id becomes the name of a file: nothing in it leads out of the folder. */
const idSchema = z.string().regex(/^[\w-]{1,64}$/);

const headSchema = z.object({
  id: idSchema,
  revision: z.string(),
  updatedMs: z.number(),
  name: z.string().optional(),
  lockedTo: z.object({ pool: z.string(), deploymentId: z.string() }).optional(),
  deleted: z.array(z.string()).optional(),
});

const savedSchema = z.discriminatedUnion('version', [
  headSchema.extend({ version: z.literal(version), turns: z.array(savedTurnSchema) }),
  // The first version said none.
  headSchema.extend({ version: z.undefined().optional(), turns: z.array(firstTurnSchema) }),
]);

/** A conversation from the text of its file; undefined where it isn't one, or one of a version to come. */
export function parseSaved(text: string): SavedConversation | undefined {
  try {
    const { version: _version, ...saved } = savedSchema.parse(JSON.parse(text));
    return saved;
  } catch {
    return undefined;
  }
}

/** The text of a conversation's file. What it begins with tells whether the rest is news: see `saysRevision`. */
export function textOfSaved(conversation: SavedConversation): string {
  const { id, revision, updatedMs, name, lockedTo, deleted, turns } = conversation;
  return JSON.stringify({ version, id, revision, updatedMs, name, lockedTo, deleted, turns });
}

/** Whether the beginning of a file, some hundred characters, says that it is this writing of the conversation. */
export function saysRevision(beginning: string, revision: string): boolean {
  const said = /^\{"version":\d+,"id":"[\w-]*","revision":("[^"]*")/.exec(beginning)?.[1];
  return said === JSON.stringify(revision);
}
