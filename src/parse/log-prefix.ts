// What logs put in front of a line, in all the ways dmesg, journalctl, syslog daemons, logread, containers and test runners have.

// `<7>` of /dev/kmsg and syslog; `kern  :warn  : ` of dmesg -x (util-linux sys-utils/dmesg.c).
const PRIORITY = /^<\d{1,3}>/;
const DECODED =
  /^(?:kern|user|daemon|syslog|auth) {0,4}:(?:emerg|alert|crit|err|warn|notice|info|debug) {0,4}: /;
/** As the locale has it: `Nov`, `Okt`, `févr.`, `11月`. */
const MONTH = '(?:[A-Za-z\\u00c0-\\u017f]{3,5}\\.?|\\d{1,2}\\u6708)';
const CLOCK = '\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?';
const ISO = `\\d{4}-\\d\\d-\\d\\d[T ]${CLOCK}(?:Z|[+-]\\d\\d:?\\d\\d)?`;
// Syslog, also where the host's name was taken out; OpenWrt's logread; ISO times; `Wed 2026-03-04 12:00:00 UTC` of journalctl -o short-full and epochs of -o short-unix.
const SYSLOG = new RegExp(
  `^(?:${MONTH} (?: \\d|\\d\\d) ${CLOCK}|[A-Z][a-z]{2} [A-Z][a-z]{2} (?: \\d|\\d\\d) ${CLOCK} \\d{4}|(?:[A-Z][a-z]{2} )?${ISO}(?: [A-Z]{3,5}(?= \\S{1,64} \\S{1,60}: ))?|\\d{10}\\.\\d{6}(?= \\S{1,64} (?:kernel|[\\w./-]{1,40}\\[\\d{1,10}\\]): )) {1,4}(?=\\S)`,
);
const KERNEL = /^(?:\S{1,64} )?(?:\/(?:net)?bsd|kernel|kern\.\w{1,8} kernel)(?:\[\d{1,10}\])?: /;
const DAEMON = /^\S{1,64} (?=[\w./-]{1,40}\[\d{1,10}\]: )/;
// `[   12.345678] `, with the caller `[    T1]` (CONFIG_PRINTK_CALLER) or the delta `<    0.000012>` (dmesg -d) behind it;
// `[Fri Nov 21 07:15:07 2026] ` of dmesg -T, `[Nov21 07:15] ` and `[  +0.000012] ` of dmesg -e.
const UPTIME = new RegExp(
  `^\\[(?: {0,9}\\+?\\d{1,10}\\.\\d{1,9}(?: <[ +]{0,9}\\d{1,9}\\.\\d{1,9}>)?|[A-Za-z\\u00c0-\\u017f]{2,5}\\.? ${MONTH} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\d{4}|[A-Z][a-z]{2}[ \\d]\\d \\d\\d:\\d\\d)\\](?:\\[ {0,8}[TC]\\d{1,7}\\])? ?`,
);
/** journalctl -o short-monotonic: host and program stand behind the uptime. */
const MONOTONIC = /^[\w.-]{1,64} (?:kernel: |(?=[\w./-]{1,40}\[\d{1,10}\]: ))/;
/** `vm-1  | ` of docker compose. */
const CONTAINER = /^[\w.-]{1,60}(?:[-_]\d{1,3} {1,40}| {2,40})\| /;
/** A table with the time in its first column, and up to four columns (host, level, program) before the text. */
const TABLE = new RegExp(
  `^\\|? {0,4}(?:${ISO}|${MONTH} [ \\d]\\d ${CLOCK}) {0,20}\\|(?: {0,20}[\\w.@-]{1,40} {0,40}\\|){0,4} {0,8}`,
);
// RFC 5424, which OPNsense's syslog-ng and syslogd -O rfc5424 write: app, process, message and structured data behind the host.
const RFC5424 =
  /^<\d{1,3}>1 \d{4}-\d\d-\d\dT\S{8,24} \S{1,64} ([\w./-]{1,48}) (\d{1,10}|-) \S{1,32} (?:-|(?:\[[^\]]{0,200}\]){1,4}) ?/;
/** The log tables of pfSense and OPNsense, copied from a browser: time, severity, process. */
const WEB_TABLE =
  /^(?:[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S{0,8})[\t ]{1,8}(?:(?:Emergency|Alert|Critical|Error|Warning|Notice|Informational|Debug)[\t ]{1,8})?kernel[\t ]{1,8}(?=\S)/;
/** syslogd -v of FreeBSD. */
const LEVEL = /^<[a-z\d]{2,10}\.[a-z]{3,8}> /;
/** FreeBSD with kern.msgbuf_show_timestamp=1. */
const SECONDS =
  /^\[\d{1,8}\] (?=[a-z_]{2,20}\d{1,4}[: ]|---<<BOOT|FreeBSD|DragonFly|Copyright|Hypervisor|Trying to|arp: |\d{3,10}\.\d{6} \[)/;
const STAMP = /^\[ {0,8}\d{1,7}\.\d{6}\](?:\[ {0,8}[TC]\d{1,7}\])? /;

export function withoutLogPrefix(given: string): string {
  const text = withoutColumns(withoutRunner(given));
  if (!mayHavePrefix(text)) return text;
  const [header, app = '', process] = RFC5424.exec(text) ?? [];
  if (header !== undefined) return withoutHeader(text.slice(header.length), app, process);
  const unranked = text.replace(PRIORITY, '').replace(DECODED, '');
  const cell = unranked.replace(WEB_TABLE, '');
  if (cell !== unranked) return cell.replace(PRIORITY, '');
  const untimed = unranked.replace(SYSLOG, '').replace(LEVEL, '');
  const isLog = untimed !== unranked;
  const bare = untimed.replace(KERNEL, '');
  if (isLog && bare === untimed) return untimed.replace(DAEMON, '');
  const plain = bare.replace(SECONDS, '').replace(UPTIME, '');
  return plain === bare ? plain : plain.replace(MONOTONIC, '');
}

/** The kernel's words bare, a daemon's behind its name as syslog writes it. */
function withoutHeader(message: string, app: string, process: string | undefined): string {
  if (app === 'kernel') return message.replace(PRIORITY, '');
  return `${app}${process === '-' ? '' : `[${process}]`}: ${message}`;
}

function mayHavePrefix(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first === 60 || first === 91 || (first >= 48 && first <= 57) || (first >= 65 && first <= 90))
    return true;
  return (
    text.startsWith('kernel: ') ||
    /^(?:kern|user|daemon|syslog|auth) {0,4}:|^\p{Ll}{3,5}\.? [ \d]\d \d\d:/u.test(text)
  );
}

/** A test runner's or a console server's name in front of the kernel's stamp: `machine # [    1.234567] `, `vm1> [ ... `. */
function withoutRunner(text: string): string {
  const at = text.indexOf('[', 1);
  if (at < 2 || at > 80 || !/[>#:|$] $/.test(text.slice(0, at))) return text;
  const rest = text.slice(at);
  return STAMP.test(rest) ? rest : text;
}

function withoutColumns(text: string): string {
  const bar = text.indexOf('| ');
  if (bar < 0 || bar > 100) return text;
  const inTable = text.replace(TABLE, '');
  return inTable === text ? text.replace(CONTAINER, '') : inTable.replace(/ {0,200}\|$/, '');
}
