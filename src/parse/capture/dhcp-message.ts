import type { Things } from '../../model/sighting.ts';

type Message = Things['traffic']['dhcp'];

/** `DHCP-Message (53), length 1: Offer` among the details of -v; 4.9 writes `DHCP-Message Option 53, length 1: Offer`. */
export function dhcpMessageIn(text: string): Message | undefined {
  const message =
    /\bDHCP-Message (?:\(53\)|Option 53), length 1: (Discover|Offer|Request|Decline|ACK|NACK|Release|Inform)\b/.exec(
      text,
    )?.[1];
  return message?.toLowerCase() as Message | undefined;
}
