import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { setPriority } from 'node:os';
import path from 'node:path';
import { root } from './paths.mjs';

/** A failure that the user can act on: its message is printed without a stack. */
export class SetupError extends Error {}

/**
 * Runs a program and returns its exit code; its output goes where ours goes.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, silent?: boolean }} [options]
 *   quiet: output only on failure; silent: none at all
 */
export function exitCodeOf(
  program,
  args,
  { cwd = root, env = process.env, quiet = false, silent = false } = {},
) {
  return new Promise((resolve, reject) => {
    const shell = process.platform === 'win32' && /^(npm|npx|code|codium|cursor)$/.test(program);
    const child = spawn(program, args, {
      cwd,
      env,
      shell,
      stdio: quiet || silent ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    const output = [];
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => reject(new SetupError(`${program} can't be started: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (quiet && code !== 0) process.stderr.write(Buffer.concat(output));
      resolve(code ?? (signal ? 1 : 0));
    });
  });
}

/**
 * Runs a program and returns its exit code with all that it said, for programs that run beside others; with a priority of
 * node:os, where these are not to wait for it.
 */
export function outputOf(program, args, { cwd = root, env = process.env, priority = 0 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    // What it starts in turn has its priority.
    if (priority !== 0 && child.pid !== undefined) setPriority(child.pid, priority);
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => reject(new SetupError(`${program} can't be started: ${error.message}`)));
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }));
  });
}

/** The same as exitCodeOf, for steps that nothing can go on without. */
export async function run(program, args, options) {
  const code = await exitCodeOf(program, args, options);
  if (code !== 0) throw new SetupError(`"${[program, ...args].join(' ')}" failed with code ${code}.`);
}

/** Where a program is on the PATH, or undefined. */
export function onPath(...names) {
  const extensions = process.platform === 'win32' ? ['.cmd', '.exe'] : [''];
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  for (const name of names) {
    for (const folder of folders) {
      for (const extension of extensions) {
        const file = path.join(folder, name + extension);
        try {
          accessSync(file, constants.X_OK);
          return file;
        } catch {
          // not there: the next folder
        }
      }
    }
  }
  return undefined;
}

/** Runs a script's main function: a SetupError is a message, anything else a bug with its stack. */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    console.error(error instanceof SetupError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}

/** Resolves at Ctrl+C, or when asked to end. */
export function interrupted() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
  });
}
