/** Which lessons there are: a folder each under app/lessons. */

const FOLDERS = import.meta.glob("../../lessons/*/lesson.toml");

export function lessonIds(): string[] {
  return Object.keys(FOLDERS).map((path) => path.split("/").at(-2) ?? "");
}


