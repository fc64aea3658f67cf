/** Return a room's six digits in two groups, as they are read aloud. */
export function spaced(code: string): string {
  return code.replace(/^(\d{3})(\d{3})$/, "$1 $2");
}
