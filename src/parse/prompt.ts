import { hostName } from './host-name.ts';

/** `vm# ifconfig vio1`, `root@pve:~# qm config 107`, `$ dmesg | grep vio0`, `(qemu) info network`, `[root@host ~]# ip a`, `PS C:\\> Get-NetAdapter`, `[2.7.2-RELEASE][root@fw.lan]/root: ifconfig` (pfSense). */
const SURE =
  /^(?:\[?[\w.-]{1,64}@([\w.-]{1,64})[ :][^\s$#%>]{0,100}\]? ?[$#%>]|\((?:qemu|qm)\)|qm>|virsh #|(?:PS )?[A-Z]:\\[^<>|"]{0,100}>|([\w.-]{1,64})[$#%]|\[\d[\w.+-]{1,40}\]\[[\w.-]{1,64}@([\w.-]{1,64})\][^\s:]{1,100}:) {0,3}(\S.*)$/;
const LIKELY = /^[$#%>]>? {1,3}(\S.*)$/;
/** Every line of a long text is asked. */
const MAY_BE = /[$#%>)]|^\[\d[\w.+-]{1,40}\]\[/;
const PRIVILEGE = /^(?:sudo|doas) (?:-\w )?/;

/** A shell (or monitor) prompt and the command typed there; a remark behind ` # ` is cut off. */
export function readPrompt(
  text: string,
): { command: string; isSure: boolean; hostName: string | undefined } | undefined {
  if (!MAY_BE.test(text)) return undefined;
  const [, after, before, ofAppliance, sure] = SURE.exec(text) ?? [];
  const typed = sure ?? LIKELY.exec(text)?.[1];
  if (typed === undefined) return undefined;
  const command = typed
    .replace(PRIVILEGE, '')
    .replace(/ # .*$/, '')
    .trim();
  return { command, isSure: sure !== undefined, hostName: hostName(after ?? before ?? ofAppliance) };
}
