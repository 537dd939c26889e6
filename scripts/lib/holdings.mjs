import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { processFacts } from './process-group.mjs';

const LISTENING = '0A';

/**
 * @typedef {{ pid: number, parent: number, name: string, started: string }} Process
 *
 * @typedef {object} Holdings
 * @property {Process[]} processes
 * @property {number[]} ports TCP ports they listen on
 * @property {string[]} files Unix sockets they listen on, and locks of X displays
 */

/**
 * What the processes hold that carry a variable in their environment, or descend from one that
 * does (Chromium's helpers overwrite theirs). Linux only.
 * @param {string} variable as NAME=VALUE
 * @returns {Holdings}
 */
export function holdingsOf(variable) {
  const processes = withDescendants(({ pid }) => carries(pid, variable));
  const pids = new Set(processes.map(({ pid }) => pid));
  const sockets = new Set([...pids].flatMap(socketsOf));
  const ports = listeners().filter(({ inode }) => sockets.has(inode));
  return {
    processes,
    ports: [...new Set(ports.map(({ port }) => port))],
    files: [
      ...unixSockets().flatMap(({ path, inode }) => (sockets.has(inode) ? [path] : [])),
      ...displayLocks().filter((file) => pids.has(ownerOf(file))),
    ],
  };
}

/**
 * What of it is still there although its processes should be gone, one line each.
 * @param {string} variable
 * @param {Holdings} before
 * @returns {string[]}
 */
export function leftoversOf(variable, before) {
  const open = new Set(listeners().map(({ port }) => port));
  return [
    ...stillRunning(variable, before).map(({ pid, name }) => `process ${pid} (${name})`),
    ...before.ports.filter((port) => open.has(port)).map((port) => `port ${port}`),
    ...before.files.filter((file) => existsSync(file)).map((file) => `file ${file}`),
  ];
}

/**
 * @param {string} variable
 * @param {Holdings} before
 * @returns {Process[]}
 */
export function stillRunning(variable, before) {
  const seen = before.processes.filter(({ pid, started }) => {
    const now = processFacts(pid);
    return now.started === started && now.state !== 'Z';
  });
  const later = holdingsOf(variable).processes;
  return [...new Map([...seen, ...later].map((process) => [process.pid, process])).values()];
}

/**
 * @param {(process: Process) => boolean} isOurs
 * @returns {Process[]}
 */
function withDescendants(isOurs) {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), ...processFacts(name) }))
    .flatMap(({ pid, state, parent = 0, name = '', started = '' }) =>
      state === undefined || state === 'Z' ? [] : [{ pid, parent, name, started }],
    );
  const ours = new Set(all.filter(isOurs));
  const pids = new Set([...ours].map(({ pid }) => pid));
  for (let before = -1; before < pids.size; ) {
    before = pids.size;
    for (const process of all) {
      if (!pids.has(process.parent)) continue;
      ours.add(process);
      pids.add(process.pid);
    }
  }
  return [...ours];
}

/**
 * @param {number} pid
 * @param {string} variable
 * @returns {boolean}
 */
function carries(pid, variable) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(variable);
  } catch {
    // Gone meanwhile, or somebody else's.
    return false;
  }
}

/**
 * @param {number} pid
 * @returns {string[]}
 */
function socketsOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
      const [, inode] = /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${name}`)) ?? [];
      return inode === undefined ? [] : [inode];
    });
  } catch {
    return [];
  }
}

/** @param {string} path */
function linkOf(path) {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** @returns {{ port: number, inode: string }[]} */
function listeners() {
  return ['/proc/net/tcp', '/proc/net/tcp6']
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, 'utf8').trim().split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === LISTENING)
    .map(([, local = '', , , , , , , , inode = '']) => ({
      port: Number.parseInt(local.slice(local.indexOf(':') + 1), 16),
      inode,
    }));
}

/** @returns {{ path: string, inode: string }[]} */
function unixSockets() {
  return readFileSync('/proc/net/unix', 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .map(([, , , , , , inode = '', path = '']) => ({ path, inode }))
    .filter(({ path }) => path.startsWith('/'));
}

/** @returns {string[]} */
function displayLocks() {
  return readdirSync('/tmp')
    .filter((name) => /^\.X\d+-lock$/.test(name))
    .map((name) => join('/tmp', name));
}

/** @param {string} file */
function ownerOf(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
}
