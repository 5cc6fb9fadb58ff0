/** An input that cannot be read: the message is one clear sentence; exit code 66. */
export class InputError extends Error {}
