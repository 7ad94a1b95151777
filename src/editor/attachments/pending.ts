import * as l10n from '@vscode/l10n';
import { longestTogether } from '../../text/file-text';
import type { Ask } from './agree-to-secrets';
import { agreeToSecrets, mayGo } from './agree-to-secrets';
import type { ReadSource } from './read-sources';
import { readSources } from './read-sources';
import type { Attachment } from '../../text/attached-text';
import type { Source } from './sources';

/** What a composer needs to know of something attached. */
export interface PendingChip {
  readonly key: string;
  readonly label: string;
  readonly icon: Source['icon'];
}

/** What goes with the next question. */
export interface PendingAttachments {
  readonly chips: readonly PendingChip[];
  /** Attaches what can be read and may be sent; tells of the rest. */
  add(sources: readonly Source[]): Promise<void>;
  /** Resolves when what is being added is there, or was refused. */
  added(): Promise<unknown>;
  remove(key: string): void;
  /**
   * Reads all anew, those too that are being added, and forgets them. Undefined, and nothing is forgotten, where the
   * user does not want to send a secret.
   */
  take(): Promise<readonly Attachment[] | undefined>;
  /** What was taken for a question that is not asked: it goes with the next one as it is. */
  putBack(attachments: readonly Attachment[]): void;
}

export interface PendingParts {
  readonly ask: Ask;
  /** Says why something is not attached, or not whole. */
  readonly tell: (text: string) => void;
  readonly onChanged: () => void;
}

export function createPendingAttachments({ ask, tell, onChanged }: PendingParts): PendingAttachments {
  let pending: readonly ReadSource[] = [];
  let adding: Promise<unknown> = Promise.resolve();
  let asItIsCount = 0;

  async function add(sources: readonly Source[]): Promise<void> {
    const fresh = sources.filter(({ key }) => !pending.some((known) => known.key === key));
    const room = longestTogether - lengthOf(pending.map(({ attachment }) => attachment));
    const read = await readSources(fresh, room, tell);
    const attachments = read.map(({ attachment }) => attachment);
    const agreed = await agreeToSecrets(attachments, ask, l10n.t('Leave Out'));
    const kept = agreed ? read : read.filter(({ attachment }) => mayGo(attachment, ask));
    pending = [...pending, ...kept];
    onChanged();
    for (const { notice } of kept) if (notice !== undefined) tell(notice);
  }

  function asItIs(attachment: Attachment): ReadSource {
    const key = `as it is ${String((asItIsCount += 1))}`;
    return { key, icon: 'file', attachment, read: () => Promise.resolve({ attachment }) };
  }

  return {
    get chips() {
      return pending.map(({ key, icon, attachment }) => ({ key, icon, label: attachment.label }));
    },
    add: (sources) => {
      const added = adding.then(() => add(sources));
      adding = added.catch(() => undefined);
      return added;
    },
    added: () => adding,
    remove: (key) => {
      pending = pending.filter((known) => known.key !== key);
      onChanged();
    },
    take: async () => {
      await adding;
      const before = pending;
      const read = await readSources(before, longestTogether, tell);
      const attachments = read.map(({ attachment }) => attachment);
      if (!(await agreeToSecrets(attachments, ask))) return undefined;
      pending = pending.filter((one) => !before.includes(one));
      onChanged();
      return attachments;
    },
    putBack: (attachments) => {
      pending = [...pending, ...attachments.map(asItIs)];
      onChanged();
    },
  };
}

function lengthOf(attachments: readonly Attachment[]): number {
  return attachments.reduce((length, { text }) => length + text.length, 0);
}
