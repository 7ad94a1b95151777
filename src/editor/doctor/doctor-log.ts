import type * as vscode from 'vscode';
import type { KnownKeys } from '../../text/redaction/known-keys';

/** A warning or an error of the log, as one line without keys. */
export interface LoggedLine {
  /** Unix ms. */
  readonly atMs: number;
  readonly severity: 'warning' | 'error';
  readonly text: string;
}

export interface RecordedLog {
  /** Writes to the log that was given, and remembers. */
  readonly log: vscode.LogOutputChannel;
  /** The last warnings and errors of this session, newest first. */
  recent(): readonly LoggedLine[];
}

const mostLines = 20;

/**
 * Writes to a log without the keys that are known, and remembers its last warnings and errors. `redact` takes out what looks
 * like a key.
 */
export function recordLog(
  log: vscode.LogOutputChannel,
  nowMs: () => number,
  redact: (text: string) => string,
  known: Pick<KnownKeys, 'hide'>,
): RecordedLog {
  const hide = (value: unknown): unknown => (typeof value === 'string' ? known.hide(value) : value);
  const clean = (values: readonly unknown[]): unknown[] => values.map(hide);
  const lines: LoggedLine[] = [];

  function remember(severity: LoggedLine['severity'], text: string): void {
    lines.unshift({ atMs: nowMs(), severity, text: redact(known.hide(text)) });
    if (lines.length > mostLines) lines.pop();
  }

  const recording: Omit<vscode.LogOutputChannel, 'show'> = {
    name: log.name,
    get logLevel() {
      return log.logLevel;
    },
    onDidChangeLogLevel: log.onDidChangeLogLevel,
    trace: (message, ...values: unknown[]) => log.trace(known.hide(message), ...clean(values)),
    debug: (message, ...values: unknown[]) => log.debug(known.hide(message), ...clean(values)),
    info: (message, ...values: unknown[]) => log.info(known.hide(message), ...clean(values)),
    warn: (message, ...values: unknown[]) => {
      remember('warning', message);
      log.warn(known.hide(message), ...clean(values));
    },
    error: (message, ...values: unknown[]) => {
      remember('error', message instanceof Error ? message.message : message);
      // The stack of an error has its message in it.
      log.error(
        known.hide(message instanceof Error ? (message.stack ?? message.message) : message),
        ...clean(values),
      );
    },
    append: (value) => log.append(known.hide(value)),
    appendLine: (value) => log.appendLine(known.hide(value)),
    replace: (value) => log.replace(known.hide(value)),
    clear: () => log.clear(),
    hide: () => log.hide(),
    dispose: () => log.dispose(),
  };
  const show = (first?: vscode.ViewColumn | boolean, preserveFocus?: boolean): void =>
    log.show(typeof first === 'boolean' ? first : preserveFocus);
  return { log: Object.assign(recording, { show }), recent: () => [...lines] };
}
