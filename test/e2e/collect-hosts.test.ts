import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CASES, run, scratch } from './run.ts';
import { environment, fakeMonitor, programs } from './stubs.ts';
import { openTerminal } from './terminal.ts';

// Hosts of every kind, their commands stood in for: what would be run on each, and for which VMs.
const LINUX = {
  uname: "echo 'Linux 6.8.12'",
  find: 'exit 0',
  ls: 'printf "%s\\n" /proc/version /proc/modules /sys/module/nf_tables',
  cat: 'case $1 in /sys/class/dmi*) echo Dell ;; *) exec /bin/cat "$@" ;; esac',
  pgrep: 'exit 1',
  virsh: 'exit 1',
  qm: 'exit 1',
};
const PROXMOX = {
  ...LINUX,
  qm: `case $1 in
list) printf '%10s %-20s %-10s %-10s %12s %s\\n' VMID NAME STATUS 'MEM(MB)' 'BOOTDISK(GB)' PID 107 fw running 2048 8.00 4711 108 web running 2048 8.00 4712 109 old stopped 2048 8.00 0 ;;
monitor) read -r line; case $line in 'info pci') exec /bin/cat '${CASES}/lab-config-vector-lost/host/info-pci.txt' ;; esac ;;
config) /bin/sed "s/name: fw/name: vm-$2/; s/BC:24:11:0E:51/BC:24:11:0E:$2/; s/:10\\([78]\\)/:0\\1/" '${CASES}/proxmox-link-down/host/qm-config.txt' ;;
esac`,
};
const LIBVIRT = {
  ...LINUX,
  virsh: `case $* in
*list*) printf ' Id   Name       State\\n-------------------------\\n 1    fw         running\\n 2    --help     running\\n 3    a;reboot   running\\n 4    FW         running\\n -    old        shut off\\n' ;;
*dumpxml*) for name; do :; done; /bin/sed "s/>web</>$name</" '${CASES}/healthy-libvirt/host/dumpxml.txt' ;;
*hmp*) echo "asked $*, autostart $LIBVIRT_AUTOSTART" ;;
esac`,
};

async function listing(bodies: Record<string, string>, ...args: string[]): Promise<string> {
  const { err, code } = await run(['collect', '--list', '--as', 'host', ...args], {
    env: environment(programs(bodies)),
  });
  expect(code, err).toBe(0);
  return err.slice(err.indexOf('\nhost: '));
}

describe('Proxmox VE', () => {
  test('each VM that runs has its own commands, and its own monitor', async () => {
    const list = await listing(PROXMOX);
    for (const id of [107, 108]) {
      expect(list).toContain(`  cat /etc/pve/firewall/${id}.fw\n`);
      expect(list).toContain(`  qm monitor ${id} info status\n`);
    }
    expect(list).not.toContain(' 109');
  });

  test('a VM by its name', async () => {
    const list = await listing(PROXMOX, '--vm', 'fw');
    expect(list).toContain('  cat /etc/pve/firewall/107.fw\n');
    expect(list).not.toContain('108');
    // Where its registers lie was asked first.
    expect(list).toMatch(/^ {2}qm monitor 107 xp \/1hx 0xfebf8010$/m);
  });

  test('of many VMs the first are looked at, and the others are named', async () => {
    const rows = Array.from({ length: 18 }, (_, index) => `${101 + index} vm running 2048 8.00 4711`).join(
      ' ',
    );
    const qm = PROXMOX.qm.replace(/107 fw.* ;;/, `${rows} ;;`);
    const list = await listing({ ...PROXMOX, qm });
    expect(list.match(/^ {2}cat \/etc\/pve\/firewall\/\d+\.fw$/gm)).toHaveLength(16);
    expect(list).toMatch(/not run: VM 117, VM 118: of 18 VMs that run here the first 16 .*; --vm names it/);
    expect(await listing({ ...PROXMOX, qm }, '--vm', '118')).toContain('  cat /etc/pve/firewall/118.fw\n');
  });

  test("what stops a ring or speaks in the guest's name is left out, and runs when that was allowed", async () => {
    const list = await listing(PROXMOX, '--vm', '107');
    expect(list).toMatch(/not run: .*qemu\/announce-self.*five RARP frames.*--allow-system-changes runs it/);
    expect(list).not.toMatch(/^ {2}qm monitor 107 (?:announce_self|info virtio-queue-status)/m);
    expect(list).toContain('None of these changes anything.');
    const allowed = await listing(PROXMOX, '--vm', '107', '--allow-system-changes');
    expect(allowed).toMatch(/^ {2}qm monitor 107 info virtio-queue-status .*\n.*stopping the ring/m);
    expect(allowed).not.toContain('None of these changes anything.');
  });

  test('a packet filter is listed where its module is loaded, else left out', async () => {
    expect(await listing(PROXMOX)).toMatch(/^ {2}nft list ruleset$/m);
    const list = await listing({ ...PROXMOX, ls: 'printf "%s\\n" /proc/version /proc/modules; exit 2' });
    expect(list).not.toMatch(/^ {2}nft list ruleset$/m);
    expect(list).toMatch(/not run: .*linux-host\/packet-filter.*would load a kernel module \(nf_tables\)/);
    // A kernel without modules cannot load one.
    expect(await listing({ ...PROXMOX, ls: 'echo /proc/version; exit 2' })).toMatch(
      /^ {2}nft list ruleset$/m,
    );
  });
});

test('a machine with a virtio NIC is a guest; one with a guest agent alone runs no VMs', async () => {
  const ls =
    "echo 'lrwxrwxrwx 1 root root 0 Nov 27 eth0 -> ../../devices/pci0000:00/0000:00:12.0/virtio0/net/eth0'";
  const { err } = await run(['collect', '--list'], { env: environment(programs({ ...LINUX, ls })) });
  expect(err).toContain('\nguest: this machine, linux 6.8.12\n');
  const agent = { ...LINUX, pgrep: 'echo "800 /usr/sbin/qemu-ga"' };
  expect(await listing(agent)).toContain('host: this machine, linux 6.8.12\n');
});

describe('libvirt', () => {
  test('names that could be taken for options or commands are never run', async () => {
    const list = await listing(LIBVIRT);
    expect(list).toMatch(/^ {2}virsh dumpxml fw$/m);
    expect(list).not.toMatch(/--help|reboot/);
    expect(list).toMatch(/not run: 2 VMs: a name like that could be taken for an option or a command/);
  });

  test('a monitor is only spoken to when the mark on the VM was allowed; no daemon is started for it', async () => {
    expect(await listing(LIBVIRT, '--vm', 'fw')).toMatch(/not run: qemu\/info-pci.*marks a VM as tainted/);
    const file = join(scratch(), 'bundle.txt');
    const words = ['collect', '-y', '--as', 'host', '--vm', 'fw', '--interval', '1', '-o', file];
    const { code, err } = await run([...words, '--allow-system-changes'], {
      env: environment(programs(LIBVIRT)),
    });
    expect(code, err).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain(
      '#== through virsh qemu-monitor-command fw --hmp\nasked qemu-monitor-command fw --hmp info status, autostart 0\n',
    );
  });
});

describe('a QEMU of its own', () => {
  const QEMU = {
    ...LINUX,
    pgrep:
      'case $2 in ????????????????*) exit 1 ;; esac; echo "4711 qemu-system-x86_64 -name fw -netdev tap,id=n0,ifname=tap0,script=no -device virtio-net-pci,netdev=n0,mac=52:54:00:12:34:56"',
  };

  test('its monitor is named, or left out', async () => {
    expect(await listing(QEMU)).toMatch(/not run: .*qemu\/info-status.*--monitor names its socket/);
    const path = join(scratch(), 'monitor');
    const server = fakeMonitor(path);
    const file = join(scratch(), 'bundle.txt');
    const words = ['collect', '-y', '--as', 'host', '--interval', '1', '-o', file, '--monitor', path];
    const { code, err } = await run(words, { env: environment(programs(QEMU)) });
    server.close();
    expect(code, err).toBe(0);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(`#== through ${path}\nanswer to info status\n#== end `);
    expect(text).toMatch(/#== run info pci\n/);
  });
});

describe('vmd', () => {
  const VMD = {
    uname: "echo 'OpenBSD 7.8'",
    sysctl: 'echo Dell',
    vmctl:
      "printf '   ID   PID VCPUS  MAXMEM  CURMEM     TTY        OWNER    STATE NAME\\n    1  4711     1    1.0G    300M   ttyp0         root  running web01\\n'",
    ifconfig: `exec /bin/cat '${CASES}/vmd-vlan-taken/host/ifconfig.txt'`,
  };

  test('its taps are heard with the options of its own tcpdump', async () => {
    expect(await listing(VMD, '--tcpdump')).toMatch(/^ {2}tcpdump -l -n -e -s 1600 -c 200 -i tap0$/m);
    expect(await listing(VMD, '--tcpdump', '--pcap')).toMatch(
      /^ {2}tcpdump -w - -n -s 1600 -c 200 -i tap0$/m,
    );
  });
});

describe('bhyve', () => {
  const BHYVE = {
    uname: "echo 'FreeBSD 14.1-RELEASE'",
    sysctl: 'echo none',
    ls: 'case $1 in /dev/vmm) echo fw ;; *) exit 1 ;; esac',
    ifconfig: `exec /bin/cat '${CASES}/bhyve-tap-outside/host/ifconfig.txt'`,
  };

  test('vm-bhyve is asked where vmm.ko is loaded, for it would load that', async () => {
    expect(await listing(BHYVE)).toMatch(/^ {2}vm info$/m);
    const list = await listing({ ...BHYVE, ls: 'exit 1' });
    expect(list).not.toMatch(/^ {2}vm (?:info|list)$/m);
    expect(list).toMatch(/not run: .*bhyve-host\/vm-info.*would load a kernel module \(vmm\)/);
  });
});

describe('tcpdump on a host', () => {
  test('one command for each tap, in text or pcap, within the bounds', async () => {
    const list = await listing(PROXMOX, '--vm', '107', '--tcpdump', '--packets', '9');
    expect(list.match(/^ {2}tcpdump .*$/gm)).toEqual(
      ['tap107i0', 'tap107i1'].map((tap) => `  tcpdump -l -e -n -vv -c 9 -i ${tap}`),
    );
    const pcap = await listing(PROXMOX, '--vm', '107', '--tcpdump', '--pcap', '--tap', 'tap107i1');
    expect(pcap.match(/^ {2}tcpdump .*$/gm)).toEqual(['  tcpdump -U -w - -n -c 200 -i tap107i1']);
  });

  test('a tap that is none of these VMs is told', async () => {
    const { code, err } = await run(
      ['collect', '--list', '--as', 'host', '--vm', '107', '--tcpdump', '--tap', 'tap9i9'],
      { env: environment(programs(PROXMOX)) },
    );
    expect(code).toBe(66);
    expect(err).toContain('tap9i9: is no tap of a VM; there are tap107i0, tap107i1.');
  });

  test('another interface of the host is heard where it is named', async () => {
    const links =
      'printf "%s\\n" "2: port7: <BROADCAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default qlen 500" "    link/ether 52:54:00:12:34:56 brd ff:ff:ff:ff:ff:ff"';
    const bodies = { ...LINUX, ip: links };
    expect(await listing(bodies, '--tcpdump')).toMatch(
      /not run: .*tcpdump-tap.*: the tap of the VM was not found; --tap/,
    );
    const list = await listing(bodies, '--tcpdump', '--tap', 'port7');
    expect(list).toMatch(/^ {2}tcpdump -l -e -n -vv -c 200 -i port7$/m);
  });

  test('which tap is asked where there are several', async () => {
    const marker = join(scratch(), 'heard');
    const bodies = { ...PROXMOX, tcpdump: `echo "$@" >> '${marker}'` };
    const words = ['collect', '--as', 'host', '--vm', '107', '--tcpdump', '--interval', '1'];
    const file = join(scratch(), 'bundle.txt');
    const terminal = openTerminal(
      [...words, '-o', file],
      { columns: 100, rows: 50 },
      environment(programs(bodies)),
    );
    await terminal.see(/1 {2}tap107i0: .*\n.*2 {2}tap107i1: .*of VM 107[\s\S]*Listen on which tap\?/, 15_000);
    await terminal.press('2\r');
    await terminal.see(/Run these \d+ commands/);
    await terminal.press('y\r');
    expect(await terminal.exited).toBe(0);
    expect(readFileSync(marker, 'utf8')).toBe('-l -e -n -vv -c 200 -i tap107i1\n');
    expect(existsSync(file)).toBe(true);
  });
});
