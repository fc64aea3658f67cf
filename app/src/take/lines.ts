/** Breaking text into lines of a width, for pictures: SVG does not do it by itself. */

/** Words with the space after them; Chinese characters one by one, with the signs that may not begin a line. */
const PIECES = /[“‘（《][\u2e80-\uffef]?[，。；：、！？）》”’…]*|[\u2e80-\uffef][，。；：、！？）》”’…]*|[^\s\u2e80-\uffef]+\s*|\s+/gu;

/** Return the lines of a text; `widthOf` measures. A piece wider than a line is cut. */
export function linesOf(text: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of text.match(PIECES)?.flatMap((one) => cut(one, width, widthOf)) ?? []) {
    if (line && widthOf((line + piece).trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += piece;
  }
  return line ? [...lines, line.trimEnd()] : lines;
}

function cut(piece: string, width: number, widthOf: (text: string) => number): string[] {
  if (widthOf(piece.trimEnd()) <= width) return [piece];
  const parts = [""];
  for (const sign of piece) {
    const grown = (parts.at(-1) ?? "") + sign;
    if (parts.at(-1) && widthOf(grown) > width) parts.push(sign);
    else parts[parts.length - 1] = grown;
  }
  return parts;
}
