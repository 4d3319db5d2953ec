/** The addresses of the references that the tests compare with, by name: see `build/references.ts`. */
declare module 'virtual:references' {
  const addresses: Readonly<Record<string, string>>;
  export default addresses;
}
