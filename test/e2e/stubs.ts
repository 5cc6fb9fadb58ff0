import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { CASES, scratch } from './run.ts';

/** A folder of small sh programs, by name; they stand in for commands that cannot exist here. */
export function programs(bodies: Record<string, string>): string {
  const folder = join(scratch(), 'bin');
  mkdirSync(folder, { recursive: true });
  for (const [name, body] of Object.entries(bodies)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

const CASE = join(CASES, 'no-carrier-vlan-40');

/** The programs of a guest that is OpenBSD, some of them changed. */
export function openbsdGuest(changed: Record<string, string>): string {
  return programs({
    uname: "echo 'OpenBSD 7.8'",
    sysctl: "echo QEMU; echo 'Standard PC (i440FX + PIIX, 1996)'",
    cat: `case $1 in */dmesg.boot) exec /bin/cat '${CASE}/guest/dmesg.txt';; *) exec /bin/cat "$@";; esac`,
    dmesg: `exec /bin/cat '${CASE}/guest/dmesg.txt'`,
    ifconfig: `exec /bin/cat '${CASE}/guest/ifconfig.txt'`,
    netstat: "echo 'netstat of this guest'",
    route: 'exit 0',
    ...changed,
  });
}

const LINK_DOWN = join(CASES, 'proxmox-link-down');

/** What both machines of that case print: an OpenBSD guest, and its Proxmox VE host with one VM. */
export const linkDown = {
  guest: {
    uname: "echo 'OpenBSD 7.8'",
    sysctl: 'echo QEMU',
    cat: `case $1 in */dmesg.boot) exec /bin/cat '${LINK_DOWN}/guest/dmesg.txt';; *) exec /bin/cat "$@";; esac`,
    dmesg: `exec /bin/cat '${LINK_DOWN}/guest/dmesg.txt'`,
    ifconfig: `exec /bin/cat '${LINK_DOWN}/guest/ifconfig.txt'`,
  },
  host: {
    uname: "echo 'Linux 6.8.12-4-pve'",
    qm: `case $1 in
list) printf '      VMID NAME                 STATUS     MEM(MB)    BOOTDISK(GB) PID\\n       107 fw                   running    2048               8.00 4711\\n' ;;
config) exec /bin/cat '${LINK_DOWN}/host/qm-config.txt' ;;
monitor) /bin/cat > /dev/null; echo 'Entering QEMU Monitor for VM 107' ;;
esac`,
    ip: 'echo "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000"',
  },
};

export function environment(folder: string): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${folder}:/usr/bin:/bin` };
}

/** Whether a program is on this machine: tests that need another than Node are skipped, and counted as such, without it. */
export function has(program: string): boolean {
  return ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'].some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Command lines of all processes, words parted by NUL. */
export function processes(): string {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
      } catch {
        return '';
      }
    })
    .join('\n');
}

/** A human monitor on a unix socket: it echoes what is typed, with a cursor control, as QEMU's readline does. */
export function fakeMonitor(path: string): Server {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write("QEMU 8.2.2 monitor - type 'help' for more information\r\n(qemu) ");
    let typed = '';
    socket.on('data', (data) => {
      typed += data;
      if (!typed.endsWith('\n')) return;
      const line = typed.trim();
      typed = '';
      socket.write(`${line[0]}\x1b[K${line}\x1b[D\r\nanswer to ${line}\r\n(qemu) `);
    });
  });
  return server.listen(path);
}
