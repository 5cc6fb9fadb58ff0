import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { collectCommand } from './commands/collect.ts';
import { compareCommand } from './commands/compare.ts';
import { diagnoseCommand } from './commands/diagnose.ts';
import { explain } from './commands/explain.ts';
import { scanCommand } from './commands/scan.ts';
import { scriptCommand, scriptSystems } from './commands/script.ts';
import { openTerminalApp } from './commands/terminal-app.ts';
import { InputError } from './machine/input-error.ts';
import { complaints } from './model/words.ts';
import { formats } from './report/formats.ts';
import { sanitizeLine } from './report/sanitize.ts';

/** Frozen: scripts depend on them. */
export const EXIT = { healthy: 0, fault: 1, unclear: 2, usage: 64, noInput: 66, bug: 70 } as const;

declare const VERSION: string;

/** Runs one command line and returns the exit code; only what is our own fault throws further than here. */
export async function runCli(args: readonly string[]): Promise<number> {
  let code: number = EXIT.healthy;
  process.stdout.on('error', leaveQuietly);
  const program = describe((result) => {
    code = result;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.healthy : EXIT.usage;
    if (error instanceof InputError) {
      console.error(`vio-doctor: ${sanitizeLine(error.message)}`);
      return EXIT.noInput;
    }
    console.error(`vio-doctor: this is a bug in vio-doctor, please report it:\n${(error as Error).stack}`);
    return EXIT.bug;
  }
}

/** `... | head` has read enough: no error of anybody's. */
function leaveQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}

/** A whole number within its bounds. */
function bounded(least: number, most: number): (given: string) => number {
  return (given) => {
    const value = Number(given);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  };
}

type AppOptions = { plain?: boolean; resume?: boolean; mouse?: boolean };

function describe(done: (code: number) => void): Command {
  const program = new Command('vio-doctor')
    .description('Troubleshoots virtio NIC faults. It changes nothing: commands are printed, never run.')
    .version(typeof VERSION === 'undefined' ? 'dev' : VERSION)
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText(
      'after',
      `\nExit codes: 0 healthy, 1 a fault was found, 2 not enough evidence, 64 wrong usage, 66 input cannot be read, 70 our bug.`,
    )
    .argument('[command]')
    .usage('[command] [options]')
    .option('--plain', 'the app as numbered questions, line by line: for serial consoles and screen readers')
    .option('--resume', 'go on with the session that was left last')
    .option('--mouse', 'the wheel scrolls and a click chooses in the app; there M turns it on and off')
    .action(async (unknown: string | undefined, { plain, resume, mouse }: AppOptions) => {
      if (unknown !== undefined)
        program.error(
          `error: unknown command ${unknown}; there are diagnose, collect, script, scan, compare, explain and demo`,
        );
      done(await openTerminalApp({ demo: false, plain, resume, mouse }));
    });

  program
    .command('diagnose')
    .description('diagnose captures: files, folders, or - for standard input')
    .argument('[path...]', 'texts, packet captures, archives and folders; - is standard input')
    .addOption(
      new Option('-f, --format <name>', 'how to print')
        .choices(formats.map(({ name }) => name))
        .default('text'),
    )
    .option('--json', 'the same as --format json')
    .option('--nic <name>', 'only findings of this NIC')
    .addOption(new Option('--complaint <what>', 'what you see').choices(complaints))
    .option('--redact', 'replace addresses and names consistently; the map goes to --map')
    .option('--map <file>', 'with --redact: where to write which stand-in is which (stays with you)')
    .option(
      '--rules <dir>',
      'further rules; may be given more than once',
      (dir: string, all: string[]) => [...all, dir],
      [],
    )
    .option('-o, --output <file>', 'write to a file instead of standard output')
    .action(async (paths: string[], options) => done(await diagnoseCommand(paths, options)));

  program
    .command('collect')
    .description('run the read-only commands of this machine, or of others over ssh, into one bundle')
    .option('--guest <dest>', 'the guest, as ssh takes it (root@fw)')
    .option('--host <dest>', 'its host, as ssh takes it (root@pve)')
    .addOption(
      new Option('--as <end>', 'what this machine is, where it could be either').choices(['guest', 'host']),
    )
    .option('--vm <id>', 'on a host: the VM, by its id or name')
    .option('-o, --output <file>', 'the bundle to write')
    .option('-y, --yes', 'run the commands without asking')
    .option('--list', 'only show what would be run')
    .option('--interval <seconds>', 'between two readings of counters', bounded(1, 600), 10)
    .option('--tcpdump', "listen on the VM's tap too")
    .option('--seconds <n>', 'how long to listen', bounded(1, 60), 10)
    .option('--packets <n>', 'how many packets at most', bounded(1, 10_000), 200)
    .option('--pcap', 'keep what was heard as pcap instead of text')
    .option('--tap <name>', 'listen on this tap only')
    .option('--monitor <socket>', "on a host: the unix socket of the VM's QEMU monitor")
    .option('--ping [address]', 'let the host ping the guest meanwhile')
    .option('--allow-system-changes', 'also run commands that may load a module or disturb')
    .action(async (options) => done(await collectCommand(options)));

  program
    .command('script')
    .description('print a collector in POSIX sh, for a machine without Node')
    .addArgument(new Argument('<system>', 'what it is for').choices(scriptSystems))
    .option('-o, --output <file>', 'write to a file instead of standard output')
    .action(async (system: string, options) => done(await scriptCommand(system, options)));

  program
    .command('scan')
    .description('many bundles: one line each')
    .argument(
      '<path...>',
      'folders, searched through, and files; - is a list of paths on standard input, one a line',
    )
    .addOption(
      new Option('-f, --format <name>', 'table, for people; ndjson, one JSON object a line').choices([
        'ndjson',
        'table',
      ]),
    )
    .option('--each-file', 'texts in one folder do not belong together, whatever they are called')
    .option('--rules <dir>', 'further rules', (dir: string, all: string[]) => [...all, dir], [])
    .addHelpText(
      'after',
      `
On a terminal it prints a table, elsewhere NDJSON (schemas/scan.schema.json).
One line is: a bundle, an archive, an unpacked report, a folder with the folders guest or host, the texts of a folder
together where they are named after commands (dmesg.txt, guest-ifconfig.txt), or any other text by itself. A line is
printed as soon as it is known; what cannot be read has a line, too.

Exit codes: 0 all healthy, 1 a fault in any, 2 none faulty, but some undecided or unreadable, 66 nothing could be read.`,
    )
    .action(async (paths: string[], options) => done(await scanCommand(paths, options)));

  program
    .command('compare')
    .description('did the fix take? two bundles (or files, or folders), from before and after')
    .argument('<before>')
    .argument('<after>')
    .option('--json', 'for programs')
    .option('--rules <dir>', 'further rules', (dir: string, all: string[]) => [...all, dir], [])
    .action(async (before: string, after: string, options) =>
      done(await compareCommand(before, after, options)),
    );

  program
    .command('explain')
    .description('the knowledge base, offline: all faults, or one')
    .argument('[fault]')
    .option('--rules <dir>', 'further rules', (dir: string, all: string[]) => [...all, dir], [])
    .action(async (fault: string | undefined, options) => done(await explain(fault, options.rules)));

  program
    .command('demo')
    .description('the built-in case, in the terminal app; without a terminal, as text')
    .action(async () =>
      done(await openTerminalApp({ demo: true, ...program.opts<AppOptions>(), resume: false })),
    );
  return program;
}
