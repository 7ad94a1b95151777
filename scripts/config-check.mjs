import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkFile } from '../src/config/file/check-file.ts';
import { withIncluded } from '../src/config/file/include-paths.ts';
import { main, SetupError } from './lib/run.mjs';

/** Prints the pools, the problems and the values of a conduit.yaml as JSON. Exit code 1 where it has errors. */
await main(async () => {
  const [file, ...others] = process.argv.slice(2);
  if (file === undefined || others.length > 0) throw new SetupError('Usage: npm run -s config:check -- FILE');
  const named = { name: path.basename(file), text: read(file) };
  const whole = await withIncluded(named, (each) => readIncluded(path.join(path.dirname(file), each)));
  const { report, ok } = checkFile(whole, process.env);
  console.log(JSON.stringify(report, undefined, 2));
  return ok ? 0 : 1;
});

async function readIncluded(file) {
  try {
    return { text: read(file) };
  } catch (error) {
    return { problem: error.message };
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') throw new SetupError(`There is no file ${file}. Nothing was checked.`);
    throw new SetupError(`${file} can't be read: ${error.message}. Nothing was checked.`);
  }
}
