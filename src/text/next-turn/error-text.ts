/** Shapes of lines that compilers, runtimes, test runners and servers write, and people don't. */
const shapes: readonly RegExp[] = [
  // Traces: Python; JavaScript, Java, C#; Go, Ruby, PHP.
  /^\s*Traceback \(most recent call last\)/,
  /^\s*File "[^"]{1,300}", line \d+/,
  /^\s*at .{0,200}[(:](?:\d+|Native Method|Unknown Source|<anonymous>)\)?\s*$/,
  /^\s*(?:at|bei|à|в|場所|在|위치:) .{1,300}(?:\.cs|\.vb|Int32|Object).{0,200}[):]/,
  /^goroutine \d+ \[/,
  /\.rb:\d+:in [`']/,
  /^\s*#\d+ (?:\{main\}|0x[\da-f]+|\/)/,
  /^\s*--> [^\s:]{1,200}:\d+:\d+/,
  // An error by its name, with what it says: not where code catches or declares one.
  /^(?!\s*(?:except|catch|raise|throw|import|from|class|interface|type|if|case)\b).{0,200}?(?:^|[\s([.:/\\])[A-Z][\w$]{0,80}(?:Error|Exception|Panic)(?: \[[\w-]+\])?(?: \(.{1,300}\)[:.]?$|: ?\S.)/,
  /^\s*(?:[a-z_]\w{0,60}\.){1,8}[A-Z]\w{2,80}: \S/,
  /\([A-Z]\w{2,60}(?:Error|Exception)\)\s*$/,
  /^\s*(?:Exception in thread|Caused by: |Uncaught |Unhandled|thrown in |Stack trace:|panic: |thread '.{1,80}' panicked)/,
  // The word, as tools begin a line with it.
  /^\s*(?:fatal |internal |syntax |parse |type )?error(?:\[\w+\])?: \S.{3,}[^,;{]$/i,
  /^(?:PHP )?(?:Fatal error|Parse error|Warning|Notice|Deprecated): {1,2}\S/,
  /(?:^|: )FATAL: {1,2}\S|^\s*ERROR(?:: {1,2}| \d{4} \(\w{5}\)| in )\S/,
  /^.{0,200}\w:\d+(?::\d+)?: (?:fatal |syntax )?(?:error|undefined|cannot|panic|expected|invalid|unexpected|unknown|undeclared)\b/i,
  /(?:^|\W)(?:error|fehler|erreur|errore|erro|ошибка|错误|エラー|오류|b[lł][aą]d)\s*:? ?(?:TS|CS|BC|FS|MSB|NU|NETSDK|LNK|CA|C|E)\d{3,6}\b/i,
  /^\s*(?:Error|Erreur|Fehler|Errore) (?:in|dans|bei|en) .{1,200} ?: \S/,
  // Package managers, builds and tests.
  /^\s*(?:npm|pnpm|yarn) (?:ERR!|error)|ERR_[A-Z]{2,}[A-Z_]+|^\s*ERESOLVE\b/,
  /\b(?:connect|listen|open|spawn|read|bind|getaddrinfo) E[A-Z]{4,}\b/,
  /\bmake(?:\[\d+\])?: \*\*\*|\*\*\* .{1,200}\. {1,2}Stop\./,
  /^\s*(?:FAIL|FAILED|✕|✗|●) {1,4}\S|=+ .{0,40}\b\d+ failed\b|^E {3,}\S|^\s*Received: |\bexpected: ?<.{1,200}> but was/,
  /^\s*(?:BUILD FAILED|FAILURE: Build failed|Build failed|Module parse failed|Failed to compile)|Execution failed for task|What went wrong:|\bcould not compile\b/,
  /^\s*(?:> )?(?:Could not find method|Could not resolve|CMake Error)|\bfailed to (?:solve|compile|load config)\b/,
  /\bexit(?:ed with)? (?:code|status):? [1-9]\d{0,4}\b/,
  // Systems, databases, browsers.
  /\bSegmentation fault\b|\(core dumped\)|\[Errno -?\d+\]|\bOut of memory\b/,
  /(?:: |^)(?:command not found|No such file or directory|Permission denied|Connection refused)\b|\b(?:command not found|No such file or directory)\b.{0,200}$/,
  /\bSQLSTATE\[|\bORA-\d{5}|^Msg \d+, Level \d|Access denied for user '/,
  /\bblocked by CORS policy\b|\bundefined reference to\b|\bunresolved external symbol\b|\bUnresolved reference: \S/,
  /\bCannot find module '|\bModule not found: |\bCannot (?:autowire service|read propert(?:y|ies) of|borrow `)|\bis not assignable to (?:type|parameter)/,
  /^\s*[\w$.]{1,80} is not (?:a function|defined|iterable)\.?\s*$|\bAdditional property \S{1,80} is not allowed/,
  /^\s*keyNotFound\(|\bSwift\.DecodingError\b|^\s*Fatal error: /,
  /ハンドルされない例外|未处理的异常|未经处理的异常|Unbehandelte Ausnahme|Необработанное исключение|처리되지 않은 예외/,
];

/** Lines of an error are judged by so many characters of their beginning. */
const judgedBy = 500;
/** In which of its lines an error is looked for; of a longer text the first and the last ones. */
const mostLines = 400;

/** True for a line that a tool wrote to say that something failed. */
export function isErrorLine(line: string): boolean {
  const beginning = line.slice(0, judgedBy).trimEnd();
  return shapes.some((shape) => shape.test(beginning));
}

/** Whether a text has an error's words in it, between fences or without. */
export function hasErrorText(text: string): boolean {
  const lines = text.split('\n');
  const read =
    lines.length <= mostLines ? lines : [...lines.slice(0, mostLines / 2), ...lines.slice(-mostLines / 2)];
  return read.some(isErrorLine);
}
