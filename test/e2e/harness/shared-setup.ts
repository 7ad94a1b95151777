import { mkdirSync, rmSync } from 'node:fs';
import { outputFolder } from './files';

/** What the last run left is gone before this one leaves anything. */
export default function setup(): void {
  rmSync(outputFolder, { recursive: true, force: true });
  mkdirSync(outputFolder, { recursive: true });
}
