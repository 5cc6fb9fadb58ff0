/** Names that only a host of virtual machines has: of Proxmox VE, of libvirt, of a KubeVirt pod. */
const SURE =
  /^(?:tap\d+i\d+|fw(?:br|ln|pr)\d+[ipo]\d+|vmbr\d+|vnet\d+|virbr\d+|macvtap\d+|k6t-[\w.-]{1,12})\b/;
/** A tap may be a VPN's; but who shows nothing else (and perhaps its bridge) speaks of a virtual machine's. */
const TAP = /^tap\w{1,12}$/;
const BRIDGE = /^(?:br\w{0,12}|lo)$/;

/** 'host' where the names of the interfaces shown tell it. */
export function sideOfNames(names: Iterable<string>): 'host' | undefined {
  let hasTap = false;
  let isOnlyTaps = true;
  for (const name of names) {
    if (SURE.test(name)) return 'host';
    hasTap ||= TAP.test(name);
    isOnlyTaps &&= TAP.test(name) || BRIDGE.test(name);
  }
  return hasTap && isOnlyTaps ? 'host' : undefined;
}
