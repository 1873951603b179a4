/** Arrays as numpy.savez keeps them, float64 or int64, in a zip that stores them. */
export function npz(
  arrays: Readonly<
    Record<
      string,
      { readonly shape: readonly number[]; readonly values: readonly number[]; readonly whole?: boolean }
    >
  >,
): Uint8Array {
  const files = Object.entries(arrays).map(([key, { shape, values, whole }]) => {
    const kind = `{'descr': '${whole ? "<i8" : "<f8"}', 'fortran_order': False, 'shape': (${shape.join(", ")}${shape.length === 1 ? "," : ""}), }`;
    const head = `${kind.padEnd(117)}\n`;
    const body = Buffer.alloc(8 * values.length);
    for (const [k, v] of values.entries()) {
      if (whole) body.writeBigInt64LE(BigInt(v), 8 * k);
      else body.writeDoubleLE(v, 8 * k);
    }
    const magic = Buffer.from([0x93, ...Buffer.from("NUMPY"), 1, 0, head.length & 255, head.length >> 8]);
    return [`${key}.npy`, Buffer.concat([magic, Buffer.from(head), body])] as const;
  });
  return zip(files);
}

function zip(files: readonly (readonly [string, Buffer])[]): Uint8Array {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [path, body] of files) {
    const [sum, encoded] = [crc32(body), Buffer.from(path)];
    const fields = (start: readonly number[]) => {
      const head = Buffer.alloc(26);
      head.writeUInt16LE(20, 0);
      head.writeUInt32LE(sum, 10);
      head.writeUInt32LE(body.length, 14);
      head.writeUInt32LE(body.length, 18);
      head.writeUInt16LE(encoded.length, 22);
      return Buffer.concat([Buffer.from(start), head]);
    };
    const local = Buffer.concat([fields([0x50, 0x4b, 3, 4]), encoded, body]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), fields([]), place, encoded]));
    locals.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(
    central.reduce((sum, part) => sum + part.length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...central, end]);
}

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ -1) >>> 0;
}
