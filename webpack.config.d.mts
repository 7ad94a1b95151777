import type { Configuration } from 'webpack';

/** The encoder's worker, bundled into `folder` (default: dist/encoder). */
export const encoder: (mode: 'production' | 'development' | 'none', folder?: string) => Configuration;

/** The worker of the ledger, bundled into `folder` (default: dist). */
export const ledgerWorker: (mode: 'production' | 'development' | 'none', folder?: string) => Configuration;

declare const configurations: (environment: unknown, options: { mode?: string }) => Configuration[];
export default configurations;
