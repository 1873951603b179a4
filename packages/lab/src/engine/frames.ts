import { countFrames, isGzip } from "softfield/formats";

export interface FramesInput {
  readonly bytes: ArrayBuffer;
  readonly name: string;
}

/** How many frames a file has; its particles are passed over unread. */
export async function framesJob({ bytes, name }: FramesInput): Promise<number> {
  const head = new Uint8Array(bytes);
  if (!isGzip(head)) return countFrames([head], { source: name });
  const whole = await new Response(
    new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")),
  ).arrayBuffer();
  return countFrames([new Uint8Array(whole)], { source: name });
}
