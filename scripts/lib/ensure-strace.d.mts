/** strace, which records what a process writes and syncs. */
export function ensureStrace(): Promise<void>;
