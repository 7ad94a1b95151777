export const browserFlags: readonly string[];
export function ensureBrowser(): Promise<string>;
