declare module "*.toml" {
  const tree: import("./text").Tree;
  export default tree;
}
