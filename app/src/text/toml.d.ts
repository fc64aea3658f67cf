/** Texts as trees; those of rooms are imported section by section. */
declare module "*.toml" {
  const tree: import("./text").Tree;
  export default tree;
  export const phone: import("./text").Tree;
  export const room: import("./text").Tree;
  export const rule: import("./text").Tree;
}
