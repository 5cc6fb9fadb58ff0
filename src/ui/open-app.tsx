export async function openApp(..._: unknown[]): Promise<void> { throw new Error('not yet'); }
