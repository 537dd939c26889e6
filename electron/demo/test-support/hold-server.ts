/** A stand-in for an app that holds a server until it is killed: `hold-server.mjs FOLDER`. */
import { startEmbeddedPostgres } from '../embedded-postgres.ts';

const dir = process.argv[2];
if (dir === undefined) throw new Error('The folder is missing.');
const server = await startEmbeddedPostgres({ dir });
process.stdout.write(`${server.pid()}\n`);
setInterval(() => undefined, 60 * 1000);
