export const browserFlags: readonly string[];
export function ensureBrowser(): Promise<string>;
export function ensureFastBrowser(): Promise<void>;
