import type * as vscode from 'vscode';

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

/** Remembers the last warnings and errors of a log. `redact` takes out what looks like a key. */
export function recordLog(
  log: vscode.LogOutputChannel,
  nowMs: () => number,
  redact: (text: string) => string,
): RecordedLog {
  const lines: LoggedLine[] = [];

  function remember(severity: LoggedLine['severity'], text: string): void {
    lines.unshift({ atMs: nowMs(), severity, text: redact(text) });
    if (lines.length > mostLines) lines.pop();
  }

  const recording: Omit<vscode.LogOutputChannel, 'show'> = {
    name: log.name,
    get logLevel() {
      return log.logLevel;
    },
    onDidChangeLogLevel: log.onDidChangeLogLevel,
    trace: (message, ...values: unknown[]) => log.trace(message, ...values),
    debug: (message, ...values: unknown[]) => log.debug(message, ...values),
    info: (message, ...values: unknown[]) => log.info(message, ...values),
    warn: (message, ...values: unknown[]) => {
      remember('warning', message);
      log.warn(message, ...values);
    },
    error: (message, ...values: unknown[]) => {
      remember('error', message instanceof Error ? message.message : message);
      log.error(message, ...values);
    },
    append: (value) => log.append(value),
    appendLine: (value) => log.appendLine(value),
    replace: (value) => log.replace(value),
    clear: () => log.clear(),
    hide: () => log.hide(),
    dispose: () => log.dispose(),
  };
  const show = (first?: vscode.ViewColumn | boolean, preserveFocus?: boolean): void =>
    log.show(typeof first === 'boolean' ? first : preserveFocus);
  return { log: Object.assign(recording, { show }), recent: () => [...lines] };
}
