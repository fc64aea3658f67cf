/** A WebAssembly file as a data address, part of the page. */
declare module "*.wasm?url&inline" {
  const address: string;
  export default address;
}
