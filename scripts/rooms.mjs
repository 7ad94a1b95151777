import { checkLayers } from './lib/layers.mjs';
import { root } from './lib/paths.mjs';
import { roomsOfCore } from './lib/rooms.mjs';
import { main } from './lib/run.mjs';

/** Prints the rooms of src/core from the top, the arrows between them with their imports, and those that climb. */
await main(async () => {
  const { rooms, arrows, climbing } = roomsOfCore(await checkLayers(root));
  for (const { name, files } of rooms) {
    const goals = rooms.flatMap((room) => arrows.filter(({ from, to }) => from === name && to === room.name));
    const list = goals.map(({ to, count }) => `${to} ${count}`).join(', ');
    console.log(
      `${name.padEnd(10)} ${String(files).padStart(3)} ${files === 1 ? 'file ' : 'files'}  ${list}`,
    );
  }
  for (const { from, to, count } of climbing) console.error(`climbs: ${from} → ${to} (${count})`);
  console.log(`${rooms.length} rooms, ${arrows.length} arrows, ${climbing.length} climb`);
  return climbing.length > 0 ? 1 : 0;
});
