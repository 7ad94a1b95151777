import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { checkLayers } from './lib/layers.mjs';
import { root } from './lib/paths.mjs';
import { drawFolders, pictureFile } from './lib/picture.mjs';
import { main } from './lib/run.mjs';

/** Draws the folders of src and who imports whom, for docs/design.md. */
await main(async () => {
  writeFileSync(path.join(root, pictureFile), await drawFolders(await checkLayers(root)));
  console.log(`Wrote ${pictureFile}.`);
});
