const handed = new WeakMap<object, ArrayBuffer[]>();

/**
 * Marks the arrays of an answer that nothing in this worker keeps: their memory goes over to the page instead of being
 * copied. The answer itself is given back.
 */
export function handOver<Answer extends object>(
  answer: Answer,
  arrays: readonly (ArrayBufferView | undefined)[],
): Answer {
  const buffers = arrays.flatMap((array) =>
    array && array.buffer instanceof ArrayBuffer && array.byteLength === array.buffer.byteLength
      ? [array.buffer]
      : [],
  );
  handed.set(answer, [...new Set(buffers)]);
  return answer;
}

/** What of an answer goes over to the page. */
export function transferOf(answer: unknown): ArrayBuffer[] {
  return (typeof answer === "object" && answer !== null && handed.get(answer)) || [];
}
