import { type LockOwner, takeHomeLock } from '../home-lock.ts';

/** Takes the home named on the command line, says how that went, and stays until it is killed. */
const [, , home = '', platform = process.platform] = process.argv;
const what: LockOwner = 'app';
const isPlatform = (name: string): name is 'linux' | 'darwin' =>
  name === 'linux' || name === 'darwin';
const taken = await takeHomeLock(home, what, isPlatform(platform) ? platform : process.platform);
if (taken.kind === 'taken') taken.lock.tellFeed(() => 'http://127.0.0.1:1234');
process.stdout.write(`${taken.kind}\n`);
setInterval(() => undefined, 1000);
