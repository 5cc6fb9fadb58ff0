/** The value of `netN:` in a Proxmox VM configuration, taken apart. PVE/QemuServer/Network.pm of qemu-server. */
export type NetOptions = {
  readonly model?: string;
  /** Lower case. */
  readonly mac?: string;
  readonly bridge?: string;
  readonly tag?: number;
  readonly trunks?: string;
  readonly firewall: boolean;
  readonly linkDown: boolean;
  readonly mtu?: number;
  readonly queues?: number;
};

const MODELS =
  /^(?:virtio|e1000(?:-825\d\d[a-z]{2}|e)?|i8255(?:1|7b|9er)|ne2k_(?:isa|pci)|pcnet|rtl8139|vmxnet3)$/;
const MAC = /^(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$/;

/** Both spellings: `virtio=MAC,bridge=...` and `model=virtio,macaddr=MAC,...`. Undefined when it names no model. */
export function readNetOptions(value: string): NetOptions | undefined {
  const keys = new Map<string, string>();
  for (const part of value.split(',')) {
    const at = part.indexOf('=');
    if (at > 0) keys.set(part.slice(0, at), part.slice(at + 1));
    else if (MODELS.test(part)) keys.set('model', part);
  }
  const named = [...keys.keys()].find((key) => MODELS.test(key));
  const model = named ?? keys.get('model');
  if (model === undefined) return undefined;
  const mac = named === undefined ? keys.get('macaddr') : keys.get(named);
  const number = (key: string) => (/^\d{1,5}$/.test(keys.get(key) ?? '') ? Number(keys.get(key)) : undefined);
  const bridge = keys.get('bridge');
  const trunks = keys.get('trunks');
  const [tag, mtu, queues] = [number('tag'), number('mtu'), number('queues')];
  return {
    model,
    ...(mac && MAC.test(mac) && { mac: mac.toLowerCase() }),
    ...(bridge && { bridge }),
    ...(tag !== undefined && { tag }),
    ...(trunks && { trunks }),
    firewall: keys.get('firewall') === '1',
    linkDown: keys.get('link_down') === '1',
    ...(mtu !== undefined && { mtu }),
    ...(queues !== undefined && { queues }),
  };
}
