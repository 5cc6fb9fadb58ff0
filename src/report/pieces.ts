/** A part of a text; `isDone`: a stand-in already, not to be looked at again. */
export type Piece = { readonly text: string; readonly isDone: boolean };

/** Replaces what matches in the pieces that are not done. `change` returns nothing where it was no match after all. */
export function replaceInPieces(
  pieces: readonly Piece[],
  pattern: RegExp,
  change: (match: RegExpExecArray) => string | undefined,
): Piece[] {
  return pieces.flatMap((piece) => (piece.isDone ? [piece] : replaceInPiece(piece, pattern, change)));
}

function replaceInPiece(
  piece: Piece,
  pattern: RegExp,
  change: (match: RegExpExecArray) => string | undefined,
): Piece[] {
  const result: Piece[] = [];
  let from = 0;
  for (const match of piece.text.matchAll(pattern)) {
    const changed = change(match);
    if (changed === undefined) continue;
    result.push(
      { text: piece.text.slice(from, match.index), isDone: false },
      { text: changed, isDone: true },
    );
    from = match.index + match[0].length;
  }
  return from === 0 ? [piece] : [...result, { text: piece.text.slice(from), isDone: false }];
}
