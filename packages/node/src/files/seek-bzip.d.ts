/** bzip2 in JavaScript; the package brings no types. */
declare module "seek-bzip" {
  const bzip: { decode(input: Uint8Array, output?: undefined, multistream?: boolean): Uint8Array };
  export default bzip;
}
