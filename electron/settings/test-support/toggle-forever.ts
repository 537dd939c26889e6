import { openSettings } from '../settings-file.ts';

/** Changes the appearance in the home named on the command line, until it is killed. */
const [, , home = ''] = process.argv;
const settings = await openSettings(home, (sentence) => process.stderr.write(`${sentence}\n`));
for (let count = 0; ; count += 1) {
  await settings.setAppearance({ privacy: count % 2 === 0 });
  if (count === 0) process.stdout.write('changing\n');
}
