import { someEpisode } from '../../../shared/alerts/test-fixtures.ts';
import { openAlertFiles } from '../alert-files.ts';
import { noState } from '../stored-alerts.ts';

/**
 * Saves numbered states of all sizes in the home named on the command line, three at a time, until it is
 * killed. Goes on from the number that it finds, and prints each when it is confirmed to be on the disk.
 */
const [, , home = ''] = process.argv;
const files = await openAlertFiles(home, (sentence) => process.stderr.write(`${sentence}\n`));

const save = async (count: number): Promise<void> => {
  const ended = Array.from({ length: count % 200 }, (_, index) => someEpisode({ id: `${index}` }));
  await files.saveState({ ...noState, day: String(count), ended });
  process.stdout.write(`${count}\n`);
};

for (let count = Number(files.state().day ?? 0) + 1; ; count += 3) {
  await Promise.all([save(count), save(count + 1), save(count + 2)]);
}
