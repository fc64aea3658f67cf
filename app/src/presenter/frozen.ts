/** A still picture of a part of the page: a copy that nobody can act on, with what its canvases show. */

export function frozenCopy(part: HTMLElement): HTMLElement {
  const copy = part.cloneNode(true) as HTMLElement;
  const canvases = part.querySelectorAll("canvas");
  copy.querySelectorAll("canvas").forEach((canvas, place) => {
    const original = canvases[place];
    if (original) canvas.getContext("2d")?.drawImage(original, 0, 0);
  });
  const fields = part.querySelectorAll<HTMLSelectElement | HTMLInputElement>("select, input");
  copy.querySelectorAll<HTMLSelectElement | HTMLInputElement>("select, input").forEach((field, place) => {
    field.value = fields[place]?.value ?? "";
  });
  // What other things refer to by name stays the one that is alive.
  for (const named of copy.querySelectorAll("[id]:not(svg *)")) named.removeAttribute("id");
  copy.removeAttribute("tabindex");
  copy.inert = true;
  copy.setAttribute("aria-hidden", "true");
  return copy;
}
