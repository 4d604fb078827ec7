#!/usr/bin/env node
// Records the ten configurations anew, or those that are named:
//
//     node samples/record/record.mjs [-o samples/runs] [--list] [NAME…]
//
// On Debian 12 with python3-flask, python3-asgiref, uwsgi-core, uwsgi-plugin-python3, jmeter, default-jdk-headless, iproute2
// and net-tools, from a clone in which `npm ci` was run, by root or any other user. Each recording is made in a folder under the
// system's temporary one and in namespaces of its own, so that its sockets are the only ones, port 8080 is free and no log holds the
// machine's name. Nothing recorded before is overwritten.
import { execFileSync, spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';

const kit = dirname(fileURLToPath(import.meta.url));
const report = join(kit, '..', '..', 'dist', 'cli.js');
const port = 8080;
const kitFiles = ['app.py', 'plan.jmx', 'jmeter.sh', 'StartJMeter.java'];
/** A user that need not exist: enough for a process that must not be root's. */
const ordinaryUser = 61_000;
const isRoot = process.getuid?.() === 0;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { output: { type: 'string', short: 'o', default: join(kit, '..', 'runs') }, list: { type: 'boolean' } },
});
const configurations = parse(await readFile(join(kit, 'configurations.yaml'), 'utf8'));
const known = configurations.map(({ name }) => name);
const unknown = positionals.filter((name) => !known.includes(name));
if (values.list || unknown.length > 0) {
  if (unknown.length > 0) console.error(`No such configuration: ${unknown.join(', ')}. There are:`);
  console.log(known.join('\n'));
  process.exit(unknown.length > 0 ? 2 : 0);
}
for (const configuration of configurations) {
  if (positionals.length > 0 && !positionals.includes(configuration.name)) continue;
  try {
    await recordOne(configuration);
  } catch (error) {
    console.error(`${configuration.name} was not recorded: ${error.message}`);
    process.exitCode = 1;
  }
}

async function recordOne(configuration) {
  const { name, jtl, zone } = configuration;
  const target = resolve(values.output, name);
  if (await exists(target)) {
    console.error(`${target} exists already and is left as it is.`);
    return;
  }
  const stage = await mkdtemp(join(tmpdir(), 'record-'));
  try {
    await chmod(stage, 0o755);
    for (const file of kitFiles) await cp(join(kit, file), join(stage, file));
    const [program, ...args] = inNamespaces(recordCommand(configuration));
    await run(program, args, { cwd: stage, env: zone ? { ...process.env, TZ: zone } : process.env });
    if (jtl.gzip) await run('gzip', ['-9n', join(stage, name, 'client.jtl')], {});
    await mkdir(values.output, { recursive: true });
    await cp(join(stage, name), target, { recursive: true, preserveTimestamps: true, errorOnExist: true, force: false });
    console.error(`Kept as ${target}`);
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

/** The whole `report record` line of a configuration. */
function recordCommand({ name, title, server, command, ordinary, load, jtl, snapshots }) {
  const about = ['--title', title, '--server', server, '--server-version', versionOf(server)];
  const ways = [
    '--sockets',
    snapshots.sockets.join(','),
    ...(snapshots.gzip ? ['--gzip'] : []),
    ...(snapshots.separate ? ['--separate'] : []),
  ];
  const what = ['-o', name, '--port', String(port), ...about, ...ways, '--load', loadCommand(load, jtl)];
  return [process.execPath, report, 'record', ...what, '--', ...(ordinary ? asOrdinaryUser() : []), ...command.split(' ')];
}

/** JMeter's line. What is not said here is as plan.jmx and JMeter's own defaults have it. */
function loadCommand(load, jtl) {
  const properties = { ...load, 'jmeter.save.saveservice.output_format': jtl.format, ...asJMeterSaysIt(jtl) };
  const words = Object.entries(properties).map(([key, value]) => `'-J${key}=${value}'`);
  return ['sh jmeter.sh -n -t plan.jmx -l {jtl} -j jmeter.log', ...words].join(' ');
}

function asJMeterSaysIt({ header, dates, delimiter }) {
  const save = 'jmeter.save.saveservice';
  return {
    [`${save}.url`]: true,
    ...(header ? { [`${save}.print_field_names`]: true } : {}),
    ...(dates ? { [`${save}.timestamp_format`]: dates } : {}),
    ...(delimiter ? { [`${save}.default_delimiter`]: delimiter } : {}),
  };
}

/**
 * A network and a host name of the recording's own. Without root's rights the namespaces belong to a user namespace, which some
 * machines don't allow.
 */
function inNamespaces(command) {
  const own = isRoot ? [] : ['--user', '--map-current-user', '--keep-caps'];
  const begin = 'ip link set lo up && hostname sample && exec "$@"';
  return ['unshare', ...own, '--net', '--uts', '--', 'sh', '-c', begin, 'sh', ...command];
}

/**
 * The limit on processes counts all that a user has, and binds everybody but root. Root's server is given a user of its own; anybody
 * else's a user namespace of its own, in which the load's threads don't count.
 */
function asOrdinaryUser() {
  if (!isRoot) return ['unshare', '--user', '--map-current-user', '--'];
  return ['setpriv', `--reuid=${ordinaryUser}`, `--regid=${ordinaryUser}`, '--clear-groups', '--'];
}

/** The version of the Debian package that the server comes from, without Debian's own part: `2.2.2-3` is Flask 2.2.2. */
function versionOf(server) {
  const name = { Flask: 'python3-flask', uWSGI: 'uwsgi-core' }[server];
  const version = execFileSync('dpkg-query', ['-W', '-f', '$' + '{Version}', name], { encoding: 'utf8' });
  return version.replace(/-[^-]*$/, '');
}

/** Runs a program to its end, in full view. */
function run(program, args, options) {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options });
    child.once('error', fail);
    child.once('exit', (code, signal) => {
      if (code === 0) done();
      else fail(new Error(`${program} ended with ${signal ?? `status ${code}`}`));
    });
  });
}

function exists(path) {
  return stat(path).then(
    () => true,
    () => false,
  );
}
