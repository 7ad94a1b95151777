/** Python, with its own library, installed when it is missing and that is possible. */
export function ensurePython(): Promise<void>;
