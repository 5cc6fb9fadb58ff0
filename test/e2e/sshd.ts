import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { scratch } from './run.ts';

export type Sshd = {
  /** Put before PATH: an `ssh` that knows the hosts of this server by its own configuration. */
  readonly path: string;
  /** Its own folder: its keys lie there, by the machine's name, and `known`. */
  readonly folder: string;
  /** Ends all its connections, as a cut cable would. */
  readonly drop: () => void;
  readonly stop: () => void;
};

/**
 * A real sshd on loopback with keys, port and configuration of its own. Each name is a machine: its key runs what is asked
 * with that machine's folder of programs in front, for the commands of other systems cannot exist here.
 */
export async function startSshd(machines: Record<string, string>): Promise<Sshd> {
  const folder = scratch();
  const port = await freePort();
  const key = (name: string) => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
    return execFileSync('cat', [join(folder, `${name}.pub`)], { encoding: 'utf8' }).trim();
  };
  const hostKey = key('host_key');
  const authorized = Object.entries(machines).map(([name, programs]) => {
    const command = join(folder, `as-${name}`);
    const change = `s#PATH=/usr/local/sbin#PATH=${programs}:/usr/local/sbin#`;
    writeFileSync(
      command,
      `#!/bin/sh\nexec sh -c "$(printf %s "$SSH_ORIGINAL_COMMAND" | sed '${change}')"\n`,
    );
    chmodSync(command, 0o755);
    return `command="${command}" ${key(name)}`;
  });
  writeFileSync(join(folder, 'authorized'), `${authorized.join('\n')}\n`);
  writeFileSync(join(folder, 'known'), `[127.0.0.1]:${port} ${hostKey}\n`);
  writeFileSync(
    join(folder, 'sshd_config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${folder}/host_key`,
      `AuthorizedKeysFile ${folder}/authorized`,
      'StrictModes no',
      'UsePAM no',
      'PermitRootLogin yes',
      'MaxSessions 20',
      `PidFile ${folder}/pid`,
      '',
    ].join('\n'),
  );
  const names = Object.keys(machines);
  // `NAME-behind` is the same machine, reached by way of the first one; `NAME-new` has a host key that nobody saw yet.
  const hosts = [
    ...names,
    ...names.map((name) => `${name}-behind`),
    ...names.map((name) => `${name}-new`),
  ].map((host) => {
    const name = host.replace(/-(?:behind|new)$/, '');
    return [
      `Host ${host}`,
      'HostName 127.0.0.1',
      `Port ${port}`,
      `IdentityFile ${folder}/${name}`,
      'IdentitiesOnly yes',
      `UserKnownHostsFile ${folder}/${host.endsWith('-new') ? 'nothing' : 'known'}`,
      ...(host.endsWith('-behind') ? [`ProxyJump ${names[0]}`] : []),
      '',
    ].join('\n');
  });
  writeFileSync(join(folder, 'config'), hosts.join('\n'));
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F '${folder}/config' "$@"\n`);
  chmodSync(join(folder, 'bin/ssh'), 0o755);
  if (!existsSync('/run/sshd')) mkdirSync('/run/sshd', { recursive: true });
  const server = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', join(folder, 'sshd_config')], { stdio: 'pipe' });
  await new Promise<void>((resolve, reject) => {
    server.stderr.on('data', (said) => String(said).includes('listening') && resolve());
    server.on('exit', (code) => reject(new Error(`sshd left with ${code}`)));
  });
  const drop = () => void spawn('pkill', ['-9', '-P', String(server.pid)]);
  return { path: join(folder, 'bin'), folder, drop, stop: () => server.kill('SIGKILL') };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
