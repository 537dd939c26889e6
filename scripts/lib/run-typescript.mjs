// node run-typescript.mjs FILE.ts ARGUMENTS: Node 20 itself takes no types off, Vite does.
import { runnerImport } from 'vite';

const [node = '', , file = '', ...args] = process.argv;
process.argv = [node, file, ...args];
await runnerImport(file, { configFile: false, logLevel: 'warn' });
