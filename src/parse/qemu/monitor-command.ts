// How a line for QEMU's human monitor is typed: bare behind `(qemu)` or `qm>`, through `echo '...' | qm monitor 107`,
// or through `virsh qemu-monitor-command DOM --hmp '...'`. QMP commands stand in a JSON object.
// Sources: qemu hmp-commands-info.hx, PVE/CLI/qm.pm, virsh(1); fixtures/outputs/qemu-7.2/.

/** Matches a command line that gives these words (a regular expression) to the human monitor. */
export function monitorCommand(words: string): RegExp {
  return new RegExp(`^(?:(?:echo|virsh\\b.{0,200}\\bqemu-monitor-command\\b.{0,200}) )?["']?${words}`);
}

/** Matches a command line that sends one of these QMP commands (a regular expression). */
export function qmpCommand(names: string): RegExp {
  return new RegExp(`^[^|]{0,300}\\b(?:${names})\\b`);
}

/** The NIC that a QOM path is of: `/machine/peripheral/net1/virtio-backend` is net1's; devices without an id have no name. */
export function nicOfPath(path: string): string {
  return /^\/machine\/peripheral\/([^/]{1,80})\//.exec(path)?.[1] ?? '';
}

/** A path of a virtio device somewhere in a command line, and the queue number behind it. */
export function pathIn(command: string): { path: string; queue?: number } | undefined {
  const [, path, typed, sent] =
    /(\/machine\/[\w./[\]-]{1,200}\/virtio-backend)(?: (\d{1,5})\b|["']{1,2}, ?["']queue["']: ?(\d{1,5}))?/.exec(
      command,
    ) ?? [];
  if (path === undefined) return undefined;
  const queue = typed ?? sent;
  return { path, ...(queue !== undefined && { queue: Number(queue) }) };
}
