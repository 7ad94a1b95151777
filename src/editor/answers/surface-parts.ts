import type * as vscode from 'vscode';
import type { Conduit } from '../../core/conduit';
import type { NewId } from '../../core/terms/ports';
import type { ConfigurationSource } from '../configuration/configuration-source';

/** What a surface that asks and shows answers needs. */
export interface SurfaceParts {
  readonly extensionUri: vscode.Uri;
  readonly conduit: () => Promise<Conduit>;
  readonly configuration: ConfigurationSource;
  readonly newId: NewId;
  readonly log: vscode.LogOutputChannel;
  readonly onAnswered: (model: string) => void;
}
