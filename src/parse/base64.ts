/** The bytes of a text in base64 (RFC 4648), however it was broken into lines; what is no letter of it is passed over. */
export function decodeBase64(text: string): Uint8Array {
  const clean = text.replace(/[^A-Za-z0-9+/]/g, '');
  // A single letter at the end, of a copy that was cut, is not one octet.
  const whole = clean.length % 4 === 1 ? clean.slice(0, -1) : clean;
  return Uint8Array.from(atob(whole), (letter) => letter.charCodeAt(0));
}
