// Texts by which QEMU, libvirt and Proxmox VE say why a NIC cannot be had, or what went wrong with it, and a code for each.
// Sources: QEMU net/tap-linux.c, net/tap.c, net/net.c, net/vhost-user.c, qemu-bridge-helper.c, hw/core/qdev-properties-system.c, hw/pci/pci.c,
// hw/net/virtio-net.c, hw/virtio/virtio.c; libvirt src/util/virnetdev*.c, src/network/bridge_driver*.c, src/conf/domain_addr.c;
// Proxmox VE PVE/Network.pm, PVE/QemuServer/Network.pm; xhyve src/pci_emul.c, pci_virtio_net_vmnet.c.

export type Refusal = {
  readonly code: string;
  /** Anchored; the group `on`, where there is one, holds what it is about: a tap, a bridge, a NIC. */
  readonly text: RegExp;
};

export const refusals: readonly Refusal[] = [
  // The tap.
  {
    code: 'tap-busy',
    text: /^could not configure \/dev\/net\/tun(?: \((?<on>[^)\s]{1,20})\))?: (?:Device or resource busy|File exists)$/,
  },
  {
    code: 'tap-busy',
    text: /^Unable to create tap device (?<on>\S{1,20}): (?:Device or resource busy|File exists)$/,
  },
  {
    code: 'tap-refused',
    text: /^could not configure \/dev\/net\/tun(?: \((?<on>[^)\s]{1,20})\))?: \w.{0,80}$/,
  },
  { code: 'tap-refused', text: /^Unable to create tap device (?<on>\S{1,20}): \w.{0,80}$/ },
  {
    code: 'tap-refused',
    text: /^(?:could not open \/dev\/net\/tun: |Unable to open \/dev\/net\/tun, is tun module loaded\?|failed to create tun device: ).{0,80}$/,
  },
  { code: 'tap-refused', text: /^multiqueue required, but no kernel support for IFF_MULTI_QUEUE available$/ },
  {
    code: 'script-failed',
    text: /^(?:network script \S{1,120} failed(?: with status \d{1,6}|: .{1,120})|could not launch network script \S{1,120}.{0,120}|\S{1,120}: could not launch network script)$/,
  },
  // The bridge.
  {
    code: 'bridge-missing',
    text: /^failed to get mtu of bridge [`'](?<on>[^']{1,20})': No such device.{0,40}$/,
  },
  { code: 'bridge-missing', text: /^Cannot get interface MTU on '(?<on>[^']{1,20})': No such device$/ },
  { code: 'bridge-missing', text: /^Unable to add bridge (?<on>\S{1,20}) port \S{1,20}: No such device$/ },
  { code: 'bridge-missing', text: /^bridge '(?<on>[^']{1,20})' does not exist$/ },
  {
    code: 'bridge-refused',
    text: /^(?:Unable to add bridge \S{1,20} port \S{1,20}: |failed to add interface [`']\S{1,20}' to bridge [`'](?<on>[^']{1,20})': ).{1,80}$/,
  },
  {
    code: 'bridge-refused',
    text: /^(?:access denied by acl file|failed to parse default acl file [`']\S{1,120}'|bridge helper failed|failed to launch bridge helper|failed to recv file descriptor)$/,
  },
  {
    code: 'bridge-refused',
    text: /^(?:no physical interface on bridge '(?<on>[^']{1,20})'|vlan aware feature need to be enabled to use trunks)$/,
  },
  // The virtual network.
  { code: 'network-inactive', text: /^[Nn]etwork '(?<on>[^']{1,60})' is not active\.?$/ },
  {
    code: 'network-missing',
    text: /^(?:Network not found: )?no network with matching name '(?<on>[^']{1,60})'$/,
  },
  { code: 'network-clash', text: /^Network is already in use by interface (?<on>\S{1,20})$/ },
  // A port that dnsmasq wants is taken.
  {
    code: 'dhcp-server-refused',
    text: /^dnsmasq: failed to (?:create listening socket|bind (?:DHCP server )?socket)\b.{0,120}$/,
  },
  // ebtables has a table nat of its own, for the filters of NICs; firewalld's COMMAND_FAILED of rules that were gone already means nothing.
  {
    code: 'nat-refused',
    text: /^Failed to apply firewall rules? (?!\S{0,120}ebtables ).{0,300}?(?:-t(?:able)? nat|POSTROUTING|MASQUERADE|masquerade|LIBVIRT_PRT|_nat\b).{0,400}$/,
  },
  {
    code: 'firewall-refused',
    text: /^(?:Failed to apply firewall (?:rules?|command) .{0,400}|Failed to initialize a valid firewall backend|firewall backend '\w{1,20}' (?:requested, but )?not available.{0,80}|COMMAND_FAILED: .{1,200})$/,
  },
  { code: 'nat-refused', text: /^(?<on>\S{1,20}): Could not enable IP masquerading.{0,120}$/ },
  // The slot and the device.
  {
    code: 'slot-occupied',
    text: /^PCI: slot \d{1,3} function \d not available for (?<on>[\w-]{1,40}),.{1,120}$/,
  },
  {
    code: 'slot-occupied',
    text: /^PCI: (?:no slot\/function available|slot \d{1,3} function 0 already occupied by).{1,160}$/,
  },
  {
    code: 'slot-occupied',
    text: /^(?:Attempted double use of PCI (?:slot|[Aa]ddress) .{1,120}|No more available PCI (?:slots|addresses)|PCI address \S{1,20} in use)$/,
  },
  { code: 'slot-occupied', text: /^pci slot \d{1,3}:\d(?::\d)? already occupied!$/ },
  {
    code: 'netdev-in-use',
    text: /^Property '[\w-]{1,40}\.netdev' can't take value '(?<on>[^']{1,60})', it's in use$/,
  },
  {
    code: 'netdev-missing',
    text: /^Property '[\w-]{1,40}\.netdev' (?:can't find value|doesn't take value) '(?<on>[^']{1,60})'$/,
  },
  { code: 'netdev-in-use', text: /^Duplicate (?:ID '(?<on>[^']{1,60})' for netdev|device ID '.{1,60}')$/ },
  {
    code: 'nic-not-created',
    text: /^(?:[Ww]arning: )?requested NIC \((?<on>[^,)]{1,40}), model [^)]{1,40}\) was not created.{0,80}$/,
  },
  { code: 'nic-without-peer', text: /^(?:[Ww]arning: )?(?:nic|netdev) (?<on>[\w.#-]{1,60}) has no peer$/ },
  {
    code: 'nic-without-peer',
    text: /^(?:[Ww]arning: )?(?:hub|vlan) \d{1,4} (?:is not connected to host network|with no nics)$/,
  },
  {
    code: 'nic-refused',
    text: /^'(?<on>(?:virtio-net|e1000|rtl8139|vmxnet3|igb)[\w-]{0,40})' is not a valid device model name$/,
  },
  { code: 'nic-refused', text: /^failed to find romfile "\S{1,60}"$/ },
  // The backend.
  {
    code: 'backend-refused',
    text: /^(?:network backend '\w{1,20}' is not compiled into this binary|Parameter 'type' expects a net(?:work )?(?:backend|dev backend) type.{0,80})$/,
  },
  {
    code: 'backend-refused',
    text: /^(?:virtio_net: )?[Cc](?:ould not|annot) create vmnet interface\b.{0,160}$/,
  },
  {
    code: 'backend-refused',
    text: /^(?:Failed to connect (?:to '(?<on>[^']{1,120})'|socket \S{1,120}): .{1,80}|failed to init vhost_net for queue \d{1,4}|vhost-user.{0,20}: .{0,60}fail.{1,80})$/,
  },
  { code: 'forward-refused', text: /^[Cc]ould not set up host forwarding rule '(?<on>[^']{1,120})'.{0,80}$/ },
  {
    code: 'vhost-refused',
    text: /^(?:tap: open vhost char device failed.{0,80}|vhost-net requested but could not be initialized)$/,
  },
  {
    code: 'vhost-fallback',
    text: /^unable to start vhost net: -?\d{1,4}: falling back on userspace virtio$/,
  },
  {
    code: 'mtu-invalid',
    text: /^netdev (?<on>net\d{1,2}): MTU '\d{1,6}' is bigger than the bridge MTU '\d{1,6}'$/,
  },
  // virtio_error(): the device is dead until the driver resets it. Only the first texts are a NIC's for sure.
  {
    code: 'device-broken',
    text: /^virtio-net (?:header not in first element|unexpected empty queue: .{1,160}|receive queue contains no in buffers|ctrl missing headers|header incorrect)$/,
  },
  {
    code: 'some-device-broken',
    text: /^(?:Guest says index \d{1,6} (?:is available|> \d.{0,40})|Virtqueue size exceeded|Looped descriptor|Guest moved (?:used|avail) index from .{1,60}|virtio: (?:zero sized buffers are not allowed|bogus descriptor or out of resources)|Desc(?:riptor)? (?:index|next) is .{1,60}|VQ \d{1,4} size 0x[\da-f]{1,6} Guest index 0x[\da-f]{1,6} inconsistent with Host index .{1,60})$/,
  },
];
