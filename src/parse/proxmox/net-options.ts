// Reads: the value of a netN key of Proxmox VE: `virtio=BC:24:11:..,bridge=vmbr0,tag=40`, and `model=virtio,macaddr=..`.
// Grammar: qemu-server src/PVE/QemuServer/Network.pm as of 9.2; written after the grammar, no Proxmox VE was at hand.
// Fixtures: fixtures/outputs/proxmox-8.2/qm-conf*.txt and qm-set.txt, proxmox-7.4/typed-commands.txt.

const MODELS =
  'e1000e|e1000-82540em|e1000-82544gc|e1000-82545em|e1000|i82551|i82557b|i82559er|ne2k_isa|ne2k_pci|pcnet|rtl8139|virtio|vmxnet3';
const MODEL = new RegExp(`^(?:${MODELS})$`);
const MAC = /^(?:[\da-f]{2}:){5}[\da-f]{2}$/i;
const KEY = /^(?:bridge|firewall|host-tunnel|link_down|macaddr|model|mtu|queues|rate|tag|trunks)$/;

/** How a netN value begins. */
export const netOptionsBegin = `(?:(?:${MODELS})(?:[=,]|$)|model=(?:${MODELS})\\b|(?:bridge|macaddr|tag|firewall|link_down|queues|mtu|rate|trunks)=[^ ]{1,200}\\bmodel=)`;

export type NetOptions = {
  model?: string | undefined;
  mac?: string | undefined;
  bridge?: string | undefined;
  tag?: number | undefined;
  trunks?: string | undefined;
  firewall?: boolean | undefined;
  linkDown?: boolean | undefined;
  mtu?: number | undefined;
  queues?: number | undefined;
  /** Every part could be read: nothing was cut off or put as `...`, so what is absent is not set. */
  isWhole: boolean;
};

export function netOptions(value: string): NetOptions {
  const options = new Map<string, string>();
  let isWhole = true;
  for (const part of value.split(',').slice(0, 40)) {
    const [, key = '', text = ''] = /^([\w-]{1,20})=(.{1,400})$/.exec(part) ?? [];
    if (MODEL.test(key || part)) {
      options.set('model', key || part);
      if (key) options.set('macaddr', text);
    } else if (KEY.test(key)) options.set(key, text);
    else isWhole = false;
    if (/\.\.\.|…/.test(text) && key !== 'macaddr' && !MODEL.test(key)) isWhole = false;
  }
  const mac = options.get('macaddr');
  const mtu = numberOf(options.get('mtu'));
  return {
    model: options.get('model'),
    mac: mac !== undefined && MAC.test(mac) ? mac.toLowerCase() : undefined,
    bridge: options.get('bridge'),
    tag: numberOf(options.get('tag')),
    trunks: options.get('trunks'),
    firewall: switchOf(options.get('firewall')),
    linkDown: switchOf(options.get('link_down')),
    // 1 is no size: it stands for the MTU of the bridge.
    mtu: mtu === 1 ? undefined : mtu,
    queues: numberOf(options.get('queues')),
    isWhole: isWhole && options.has('model'),
  };
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : undefined;
}

/** 0 and 1 as Proxmox writes them, and the words that it takes for them. */
function switchOf(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (/^(?:1|on|yes|true)$/i.test(text)) return true;
  return /^(?:0|off|no|false)$/i.test(text) ? false : undefined;
}
