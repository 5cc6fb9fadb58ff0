import type { Capture } from '../../model/capture.ts';
import { unpackBundle } from '../unpack-bundle.ts';
import { unpackEncoded } from './encoded-attachments.ts';
import { unpackMail } from './mail.ts';
import { unpackPvereport } from './pvereport.ts';
import { unpackSendbug } from './sendbug.ts';
import { unpackSupportconfig } from './supportconfig.ts';

/** A text that holds others becomes those: the parts of a mail, the outputs of a bundle or of another tool's report. */
export function unpack({ problems, ...given }: Capture): Capture[] {
  const [first, ...others] = unpackMail(given)
    .flatMap(unpackEncoded)
    .flatMap(unpackBundle)
    .flatMap(unpackReport);
  if (!first) return [];
  return [{ ...first, ...(problems && { problems: [...problems, ...(first.problems ?? [])] }) }, ...others];
}

/** An output whose command is known is none. */
function unpackReport(capture: Capture): Capture[] {
  if (capture.argv) return [capture];
  return unpackPvereport(capture) ?? unpackSupportconfig(capture) ?? unpackSendbug(capture) ?? [capture];
}
