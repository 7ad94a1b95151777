export const extensionId: string;

export interface ProfileContents {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Name to text. */
  readonly workspaceFiles?: Readonly<Record<string, string>>;
  readonly globalStorageFiles?: Readonly<Record<string, string>>;
}

export interface Profile {
  readonly folder: string;
  readonly userData: string;
  readonly extensions: string;
  readonly workspace: string;
  /** Where the extension keeps its state. */
  readonly globalStorage: string;
  readonly serverLog: string;
  /** The texts of the logs of a name: one of each start of the extension host, oldest first. */
  readLogs(name: string): readonly string[];
  remove(): void;
}

export interface ServedEditor {
  readonly url: string;
  /** The address of the workbench with the profile's workspace open. */
  readonly workbench: string;
  readonly port: number;
  readonly log: string;
  stop(): Promise<void>;
}

export function createProfile(contents?: ProfileContents): Profile;
export function installExtensions(profile: Profile, vsix: string | readonly string[]): Promise<void>;
export function serveEditor(options: {
  readonly profile: Profile;
  readonly vsix?: string | readonly string[];
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly workspaceTrust?: boolean;
  readonly serverArgs?: readonly string[];
}): Promise<ServedEditor>;
