import { describe, expect, test } from 'vitest';
import { hasErrorText } from '../../../src/text/next-turn/error-text';

/** What tools write when something fails, and what people and code say that looks like it. */
describe('the text of an error', () => {
  test.each([
    ['Python', 'ValueError: invalid literal for int() with base 10'],
    ['JavaScript', 'Uncaught ReferenceError: x is not defined\n    at main.js:3:1'],
    ['TypeScript', "a.ts(3,5): error TS2322: Type 'string' is not assignable to type 'number'."],
    ['Java', 'Exception in thread "main" java.lang.IllegalStateException: closed'],
    ['Kotlin', 'e: file:///a/b.kt:3:5 Unresolved reference: foo'],
    ['C#', 'Program.cs(4,1): error CS1002: ; expected'],
    ['C', 'a.c:3:2: error: unknown type name'],
    ['Go', 'panic: runtime error: index out of range [3] with length 3'],
    ['Rust', 'error[E0502]: cannot borrow `v` as mutable'],
    ['Ruby', "a.rb:3:in `f': undefined method `x' for nil (NoMethodError)"],
    ['PHP', 'PHP Warning:  Undefined variable $a in /a.php on line 3'],
    ['Swift', 'Fatal error: Index out of range'],
    ['SQL', 'ERROR:  relation "users" does not exist'],
    ['a shell', 'bash: jq: command not found'],
    ['npm', 'npm ERR! 404 Not Found'],
    ['pytest', '========= 2 failed, 3 passed in 0.1s ========='],
    ['vitest', ' FAIL  test/a.test.ts > adds'],
    ['Gradle', "Execution failed for task ':app:compileKotlin'."],
    ['a browser', 'has been blocked by CORS policy: no header'],
    ['.NET in German', 'Unbehandelte Ausnahme: System.IO.IOException'],
    ['what the user says before it', 'now I get this: TypeError: a is not iterable'],
  ])('of %s', (_name, text) => {
    expect(hasErrorText(text)).toBe(true);
  });

  test.each([
    ['code that throws', "throw new TypeError('no such user');"],
    ['code that catches', 'except KeyError: return None\ncatch (IOException e) {'],
    ['a declaration', 'class ParseError extends Error {}\ninterface State { error: string; }'],
    ['a property', '  error: null,\n  error: action.error,'],
    ['a question about errors', 'how do I handle a 404 error in Express, and when is an exception better?'],
    ['a wish', 'show an error if the name is empty'],
    ['a log', '2024-03-01T10:00:00Z WARN [auth] login failed for user=anna'],
    ['an exit code', 'it should exit with 2 if an option is unknown'],
    ['a time', 'at 10:30 (UTC): stand-up'],
    ['a list', '- at least 3 (three) tests'],
  ])('is not %s', (_name, text) => {
    expect(hasErrorText(text)).toBe(false);
  });
});
