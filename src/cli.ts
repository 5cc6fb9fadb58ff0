import { Command, CommanderError, Option } from 'commander';
import { diagnoseCommand } from './commands/diagnose.ts';
import { explain } from './commands/explain.ts';
import { openTerminalApp } from './commands/terminal-app.ts';
import { InputError } from './machine/input-error.ts';
import { complaints } from './model/words.ts';
import { formats } from './report/formats.ts';

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
      console.error(`vio-doctor: ${error.message}`);
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
    .action(async (unknown: string | undefined) => {
      if (unknown !== undefined)
        program.error(`error: unknown command ${unknown}; there are diagnose, explain and demo`);
      done(await openTerminalApp({ demo: false }));
    });

  program
    .command('diagnose')
    .description('diagnose captures: files, folders, or - for standard input')
    .argument('[path...]', 'text files and folders; - is standard input')
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
    .command('explain')
    .description('the knowledge base, offline: all faults, or one')
    .argument('[fault]')
    .option('--rules <dir>', 'further rules', (dir: string, all: string[]) => [...all, dir], [])
    .action(async (fault: string | undefined, options) => done(await explain(fault, options.rules)));

  program
    .command('demo')
    .description('the built-in case, in the terminal app; without a terminal, as text')
    .action(async () => done(await openTerminalApp({ demo: true })));
  return program;
}
