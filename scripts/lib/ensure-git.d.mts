export function ensureGit(): Promise<void>;
